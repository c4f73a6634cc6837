package io.pottery.benchmarks;

import java.util.List;
import java.util.function.Function;

/** Who is compared. */
public enum Library {
    POTTERY(PotteryLocks::patient, PotteryIds::new),
    REDISSON(RedissonLocks::new, RedissonIds::new),
    /** Lettuce and the commands that one cannot do without: what there is to reach. */
    LETTUCE(LettuceLocks::new, (uris, name, block) -> new LettuceIds(uris, name));

    private final Function<List<String>, Locks> locks;
    private final Sequences ids;

    Library(Function<List<String>, Locks> locks, Sequences ids) {
        this.locks = locks;
        this.ids = ids;
    }

    /** Opens the locks on the masters at {@code uris}. */
    Locks open(List<String> uris) {
        return locks.apply(uris);
    }

    /**
     * Opens the sequence {@code name} on the masters at {@code uris}, from which {@code block} ids are taken at once.
     */
    Ids open(List<String> uris, String name, int block) {
        return ids.open(uris, name, block);
    }

    /** Where ids come from. */
    private interface Sequences {
        Ids open(List<String> uris, String name, int block);
    }
}
