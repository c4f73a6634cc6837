package io.pottery.benchmarks.queue;

import static java.util.Objects.requireNonNull;

import io.pottery.PotteryFactory;
import io.pottery.benchmarks.Clients;
import io.pottery.queue.RedisSimpleQueue;
import java.util.ArrayList;
import java.util.List;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Pottery's queue, which confirms what it has taken. */
final class PotteryQueues implements Queues {

    private final LettuceConnectionFactory connections;
    private final RedisSimpleQueue<String> queue;

    PotteryQueues(String uri, String name) {
        this.connections = Clients.spring(uri);
        this.queue = PotteryFactory.create(connections).queue(name, String.class);
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

    /** What is in the stream, and not in the queue, is not confirmed. */
    @Override
    public void awaitConfirmed() throws InterruptedException {
        while (requireNonNull(queue.redis().opsForStream().size(queue.key())) > queue.size()) {
            Thread.sleep(1);
        }
    }

    @Override
    public void close() {
        connections.destroy();
    }
}
