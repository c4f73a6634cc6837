package io.pottery.benchmarks.queue;

import io.pottery.benchmarks.Clients;
import java.util.ArrayList;
import java.util.List;
import org.redisson.api.RBlockingQueue;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/**
 * Redisson's blocking queue, a list. By default it has 64 connections, and each thread that waits takes one of them for
 * itself, so 64 threads that wait leave none to put anything.
 */
final class RedissonQueues implements Queues {

    private final RedissonClient redisson;
    private final RBlockingQueue<String> queue;

    RedissonQueues(String uri, String name) {
        this.redisson = Clients.redisson(uri);
        this.queue = redisson.getBlockingQueue(name, StringCodec.INSTANCE);
    }

    @Override
    public void put(String element) throws InterruptedException {
        queue.put(element);
    }

    @Override
    public void putAll(List<String> elements) {
        queue.addAll(elements);
    }

    @Override
    public String take() throws InterruptedException {
        return queue.take();
    }

    @Override
    public int drain(int most) {
        return queue.drainTo(new ArrayList<>(), most);
    }

    @Override
    public void close() {
        Clients.close(redisson);
    }
}
