package io.pottery.benchmarks.id;

import io.pottery.PotteryFactory;
import io.pottery.RedisMasters;
import io.pottery.id.NextId;
import io.pottery.id.NextIdOptions;
import java.util.List;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Pottery's ids, of all five servers. */
final class PotteryIds implements Ids {

    private final RedisMasters masters;
    private final NextId ids;

    PotteryIds(List<String> uris, String name, int block) {
        this.masters = RedisMasters.of(uris.toArray(String[]::new));
        this.ids = PotteryFactory.builder(new LettuceConnectionFactory()) // which ids of masters do not use
                .masters(masters)
                .build()
                .nextId(name, NextIdOptions.defaults().withBlock(block));
    }

    @Override
    public long next() {
        return ids.nextLong();
    }

    @Override
    public void close() {
        masters.close();
    }
}
