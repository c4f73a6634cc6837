package io.pottery.lock;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which locks each thread holds through {@link LockView}s. */
final class ThreadHolds {

    private final ThreadLocal<@Nullable Map<String, Hold>> holds = new ThreadLocal<>();

    /** A lease, and how often its thread has locked it. */
    static final class Hold {

        final HeldLease lease;
        int count = 1;

        Hold(HeldLease lease) {
            this.lease = lease;
        }
    }

    /** What this thread holds under {@code name}. */
    @Nullable
    Hold get(String name) {
        Map<String, Hold> mine = holds.get();
        return mine == null ? null : mine.get(name);
    }

    void put(String name, Hold hold) {
        Map<String, Hold> mine = holds.get();
        if (mine == null) {
            mine = new HashMap<>(2);
            holds.set(mine);
        }
        mine.put(name, hold);
    }

    void remove(String name) {
        Map<String, Hold> mine = holds.get();
        if (mine != null && mine.remove(name) != null && mine.isEmpty()) {
            holds.remove();
        }
    }
}
