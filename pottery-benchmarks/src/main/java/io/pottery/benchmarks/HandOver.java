package io.pottery.benchmarks;

import io.pottery.benchmarks.LockLatencies.Measurement;
import io.pottery.testredis.RedisServer;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** From the call that releases a lock in one process until another one, which waits, has it. */
final class HandOver implements Measurement {

    private static final int TURNS = 10;
    private static final int HAND_OVERS_A_TURN = 200;

    @Override
    public void run() throws Exception {
        try (RedisServer server = RedisServer.start();
                Pair pottery = Pair.start(Library.POTTERY, server);
                Pair redisson = Pair.start(Library.REDISSON, server)) {
            List<Pair> pairs = List.of(pottery, redisson);
            Latencies warmUp = new Latencies();
            for (Pair pair : pairs) {
                pair.alternate(HAND_OVERS_A_TURN, warmUp);
            }
            for (int turn = 0; turn < TURNS; turn++) {
                for (Pair pair : pairs) {
                    pair.alternate(HAND_OVERS_A_TURN, pair.latencies);
                }
            }
            pairs.forEach(pair -> LockLatencies.print(pair.library.name(), pair.latencies.done()));
        }
    }

    /** Two processes that use the same lock. */
    private record Pair(Library library, Latencies latencies, HolderProcess first, HolderProcess second)
            implements AutoCloseable {

        static Pair start(Library library, RedisServer server) throws IOException {
            String uri = LockLatencies.uris(List.of(server)).get(0);
            return new Pair(
                    library, new Latencies(), HolderProcess.start(library, uri), HolderProcess.start(library, uri));
        }

        /** Has the two take the lock from each other {@code times} times. */
        void alternate(int times, Latencies latencies) throws IOException, InterruptedException {
            HolderProcess holder = first;
            HolderProcess waiter = second;
            holder.tell();
            holder.time();
            for (int i = 0; i < times; i++) {
                waiter.tell();
                Thread.sleep(ThreadLocalRandom.current().nextInt(3, 8)); // until it waits
                holder.tell();
                long released = holder.time();
                latencies.add(waiter.time() - released);
                HolderProcess next = holder;
                holder = waiter;
                waiter = next;
            }
            holder.tell();
            holder.time();
        }

        @Override
        public void close() throws InterruptedException {
            first.close();
            second.close();
        }
    }
}
