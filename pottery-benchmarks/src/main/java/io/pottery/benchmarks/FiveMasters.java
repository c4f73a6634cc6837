package io.pottery.benchmarks;

import io.pottery.benchmarks.LockLatencies.Measurement;
import io.pottery.lock.Lease;
import io.pottery.lock.Redlock;
import io.pottery.lock.RedlockOptions;
import io.pottery.testredis.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Taking a lock on five masters, of which two stop to answer: against one master, and against what there is to reach.
 */
final class FiveMasters implements Measurement {

    private static final int WARM_UP = 5_000;
    private static final int TIMES = 5_000;

    @Override
    public void run() throws InterruptedException {
        List<RedisServer> servers = RedisServer.start(5);
        List<String> uris = LockLatencies.uris(servers);
        try (PotteryLocks pottery = PotteryLocks.patient(uris);
                LettuceLocks lettuce = new LettuceLocks(uris);
                PotteryLocks potteryOnOne = PotteryLocks.patient(uris.subList(4, 5));
                LettuceLocks lettuceOnOne = new LettuceLocks(uris.subList(4, 5))) {
            Redlock held =
                    pottery.redlock("held", RedlockOptions.defaults().withAutoReleaseTime(Duration.ofMinutes(10)));
            try (Lease lease = held.acquire()) {
                compare(WARM_UP, contenders(pottery, lettuce, potteryOnOne, lettuceOnOne));
                LockLatencies.print("try in vain, warm-up", tries(WARM_UP, pottery));

                List<Contender> all = contenders(pottery, lettuce, potteryOnOne, lettuceOnOne);
                compare(TIMES, all);
                all.forEach(contender -> LockLatencies.print(contender.name(), contender.latencies()));
                LockLatencies.print("POTTERY, five to one", ratio(all.get(0), all.get(2)));
                LockLatencies.print("POTTERY to LETTUCE, five", ratio(all.get(0), all.get(1)));
                LockLatencies.print("try in vain", tries(TIMES, pottery));

                servers.subList(0, 2).forEach(RedisServer::pause);
                List<Contender> stopped =
                        contenders(pottery, lettuce, potteryOnOne, lettuceOnOne).subList(0, 2);
                compare(TIMES, stopped);
                stopped.forEach(
                        contender -> LockLatencies.print(contender.name() + ", two stopped", contender.latencies()));
                LockLatencies.print("POTTERY to LETTUCE, two stopped", ratio(stopped.get(0), stopped.get(1)));
                LockLatencies.print("try in vain, two stopped", tries(TIMES, pottery));
                lease.extend();
            }
        } finally {
            servers.forEach(RedisServer::close);
        }
    }

    private static List<Contender> contenders(
            PotteryLocks pottery, LettuceLocks lettuce, PotteryLocks potteryOnOne, LettuceLocks lettuceOnOne) {
        return List.of(
                new Contender("POTTERY, five masters", pottery, new Latencies()),
                new Contender("LETTUCE, five masters", lettuce, new Latencies()),
                new Contender("POTTERY, one master", potteryOnOne, new Latencies()),
                new Contender("LETTUCE, one master", lettuceOnOne, new Latencies()));
    }

    /** Has each take a lock by turns, with a name of its own; giving it back is not measured. */
    private static void compare(int times, List<Contender> contenders) throws InterruptedException {
        List<Contender> order = new ArrayList<>(contenders);
        for (int i = 0; i < times; i++) {
            Collections.rotate(order, 1);
            for (Contender contender : order) {
                long begun = System.nanoTime();
                Locks.Held held = contender.locks().acquire(contender.name());
                contender.latencies().add(System.nanoTime() - begun);
                held.release();
            }
        }
        contenders.forEach(contender -> contender.latencies().done());
    }

    /** Tries to take a lock that another one holds. */
    private static Latencies tries(int times, PotteryLocks pottery) throws InterruptedException {
        Redlock lock = pottery.redlock("held");
        Latencies latencies = new Latencies();
        for (int i = 0; i < times; i++) {
            long begun = System.nanoTime();
            boolean taken = lock.tryAcquire().isPresent();
            latencies.add(System.nanoTime() - begun);
            if (taken) {
                throw new IllegalStateException("Two leases on " + lock);
            }
        }
        return latencies.done();
    }

    private static String ratio(Contender one, Contender other) {
        return "p50 %.2f".formatted(one.latencies().median() / other.latencies().median());
    }

    private record Contender(String name, Locks locks, Latencies latencies) {}
}
