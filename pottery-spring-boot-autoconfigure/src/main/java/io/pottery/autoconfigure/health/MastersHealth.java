package io.pottery.autoconfigure.health;

import io.pottery.MastersInfo;
import io.pottery.PotteryFactory;
import io.pottery.RedisMasters;
import io.pottery.error.PotteryException;
import io.pottery.time.ContextTimer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * The health of masters. The quorum alone decides: a status that Spring Boot does not know, as that of a master which
 * cannot be reached, is no reason for it to call the application unhealthy. The parts of one answer come from one round
 * of questions.
 */
final class MastersHealth {

    private static final Status UNREACHABLE = new Status("UNREACHABLE");

    /** For how long what was found out is the present. */
    private static final Duration PRESENT = Duration.ofSeconds(1);

    private final RedisMasters masters;
    private final Lock asking = new ReentrantLock();
    private @Nullable MastersInfo info;
    private @Nullable ContextTimer since;

    private MastersHealth(RedisMasters masters) {
        this.masters = masters;
    }

    /** The parts of the health of {@code pottery}; sends nothing yet. */
    static Map<String, HealthIndicator> of(PotteryFactory pottery) {
        Map<String, HealthIndicator> parts = new LinkedHashMap<>();
        try {
            RedisMasters masters = pottery.masters();
            new MastersHealth(masters).add(parts, "quorum", "master");
            if (pottery.idMasters() != masters) {
                new MastersHealth(pottery.idMasters()).add(parts, "idQuorum", "idMaster");
            }
        } catch (PotteryException e) { // there are none without Lettuce
            Health unknown = Health.unknown().withDetail("reason", reason(e)).build();
            parts.putIfAbsent("quorum", () -> unknown);
        }
        return parts;
    }

    private void add(Map<String, HealthIndicator> parts, String quorum, String master) {
        parts.put(quorum, this::quorum);
        for (int i = 0; i < masters.size(); i++) {
            int index = i;
            parts.put(master + i, () -> master(index));
        }
    }

    private Health quorum() {
        MastersInfo present = info();
        long reachable = present.masters().stream()
                .filter(MastersInfo.Master::isReachable)
                .count();
        return (present.quorum() ? Health.up() : Health.down())
                .withDetail("masters", present.masters().size())
                .withDetail("reachable", reachable)
                .build();
    }

    private Health master(int index) {
        MastersInfo.Master master = info().masters().get(index);
        Health.Builder health = new Health.Builder().withDetail("name", master.name());
        if (master.failure() != null) {
            return health.status(UNREACHABLE)
                    .withDetail("reason", master.failure())
                    .build();
        }
        return (master.latency() == null ? health : health.withDetail("latency", master.latency()))
                .up()
                .build();
    }

    private MastersInfo info() {
        asking.lock();
        try {
            if (info == null || since == null || since.elapsed().compareTo(PRESENT) > 0) {
                info = masters.info();
                since = ContextTimer.started();
            }
            return info;
        } finally {
            asking.unlock();
        }
    }

    private static String reason(PotteryException failure) {
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }
}
