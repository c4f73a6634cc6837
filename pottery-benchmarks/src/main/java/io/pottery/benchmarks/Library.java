package io.pottery.benchmarks;

import java.util.List;
import java.util.function.Function;

/** Who is compared. */
public enum Library {
    POTTERY(PotteryLocks::patient),
    REDISSON(RedissonLocks::new),
    /** Lettuce and the commands that a lock cannot do without: what there is to reach. */
    LETTUCE(LettuceLocks::new);

    private final Function<List<String>, Locks> locks;

    Library(Function<List<String>, Locks> locks) {
        this.locks = locks;
    }

    /** Opens the locks on the masters at {@code uris}. */
    Locks open(List<String> uris) {
        return locks.apply(uris);
    }
}
