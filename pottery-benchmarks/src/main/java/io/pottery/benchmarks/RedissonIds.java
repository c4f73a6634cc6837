package io.pottery.benchmarks;

import java.util.List;
import org.redisson.Redisson;
import org.redisson.api.RIdGenerator;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;

/** Redisson's ids, of the first server: it knows no others. */
final class RedissonIds implements Ids {

    private final RedissonClient redisson;
    private final RIdGenerator ids;

    RedissonIds(List<String> uris, String name, int block) {
        Config config = new Config();
        config.useSingleServer().setAddress(uris.get(0));
        this.redisson = Redisson.create(config);
        this.ids = redisson.getIdGenerator(name);
        ids.tryInit(1, block);
    }

    @Override
    public long next() {
        return ids.nextId();
    }

    @Override
    public void close() {
        redisson.shutdown();
    }
}
