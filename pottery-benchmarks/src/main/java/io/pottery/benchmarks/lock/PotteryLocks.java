package io.pottery.benchmarks.lock;

import io.pottery.PotteryFactory;
import io.pottery.RedisMasters;
import io.pottery.lock.Redlock;
import io.pottery.lock.RedlockOptions;
import java.time.Duration;
import java.util.List;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Pottery's locks. */
final class PotteryLocks implements Locks {

    private final RedlockOptions options;
    private final RedisMasters masters;
    private final PotteryFactory pottery;

    /** Locks with the defaults, but more patience: a machine that is busy is no failure of the master. */
    static PotteryLocks patient(List<String> uris) {
        return new PotteryLocks(uris, RedlockOptions.defaults().withMasterTimeout(Duration.ofSeconds(1)));
    }

    PotteryLocks(List<String> uris, RedlockOptions options) {
        this.options = options;
        this.masters = RedisMasters.of(uris.toArray(String[]::new));
        this.pottery = PotteryFactory.builder(new LettuceConnectionFactory()) // which locks on masters do not use
                .masters(masters)
                .build();
    }

    @Override
    public Held acquire(String name) throws InterruptedException {
        return redlock(name).acquire()::close;
    }

    Redlock redlock(String name) {
        return pottery.redlock(name, options);
    }

    Redlock redlock(String name, RedlockOptions options) {
        return pottery.redlock(name, options);
    }

    @Override
    public void close() {
        masters.close();
    }
}
