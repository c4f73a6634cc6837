package io.pottery.benchmarks.collection;

import io.pottery.benchmarks.Clients;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RBatch;
import org.redisson.api.RDeque;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/** Redisson's deque, of strings. It has no greatest length: a batch adds and trims in one round trip. */
final class RedissonDeques implements Deques {

    private final RedissonClient redisson;
    private final RDeque<String> deque;
    private final RDeque<String> latest;

    RedissonDeques(String uri, String name, String latest) {
        this.redisson = Clients.redisson(uri);
        this.deque = redisson.getDeque(name, StringCodec.INSTANCE);
        this.latest = redisson.getDeque(latest, StringCodec.INSTANCE);
    }

    @Override
    public void addLast(String element) {
        deque.addLast(element);
    }

    @Override
    public @Nullable String pollFirst() {
        return deque.pollFirst();
    }

    @Override
    public void keep(String element) {
        RBatch batch = redisson.createBatch();
        batch.getDeque(latest.getName(), StringCodec.INSTANCE).addLastAsync(element);
        batch.getList(latest.getName(), StringCodec.INSTANCE).trimAsync(-MAX_LENGTH, -1);
        batch.execute();
    }

    @Override
    public int kept() {
        return latest.size();
    }

    @Override
    public void clear() {
        deque.delete();
        latest.delete();
    }

    @Override
    public void close() {
        Clients.close(redisson);
    }
}
