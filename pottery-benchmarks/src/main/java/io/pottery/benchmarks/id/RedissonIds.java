package io.pottery.benchmarks.id;

import io.pottery.benchmarks.Clients;
import java.util.List;
import org.redisson.api.RIdGenerator;
import org.redisson.api.RedissonClient;

/** Redisson's ids, of the first server: it knows no others. */
final class RedissonIds implements Ids {

    private final RedissonClient redisson;
    private final RIdGenerator ids;

    RedissonIds(List<String> uris, String name, int block) {
        this.redisson = Clients.redisson(uris.get(0));
        this.ids = redisson.getIdGenerator(name);
        ids.tryInit(1, block);
    }

    @Override
    public long next() {
        return ids.nextId();
    }

    @Override
    public void close() {
        Clients.close(redisson);
    }
}
