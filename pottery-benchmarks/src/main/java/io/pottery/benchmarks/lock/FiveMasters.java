package io.pottery.benchmarks.lock;

import io.pottery.benchmarks.Experiment;
import io.pottery.benchmarks.Latencies;
import io.pottery.benchmarks.Library;
import io.pottery.benchmarks.Servers;
import io.pottery.benchmarks.Turns;
import io.pottery.benchmarks.report.Figures;
import io.pottery.benchmarks.report.Line;
import io.pottery.benchmarks.report.Unit;
import io.pottery.testredis.FaultProxy;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Taking a lock on five masters, and then with two of them that are there but do not answer. Redisson asks one master
 * after the other and waits for those that are silent: with its defaults, for 24 seconds until it has the lock, and
 * more until it is given back. So it is left out there.
 */
public final class FiveMasters implements Experiment {

    private static final Line HEALTHY = new Line("lock", 12, "acquire on five masters, p50", Unit.MILLIS);
    private static final Line SILENT =
            new Line("lock", 13, "acquire on five masters, two black-holed, p50", Unit.MILLIS);

    private static final Turns TURNS = new Turns(400, 1);

    @Override
    public void run(Figures figures) throws Exception {
        List<String> uris = Servers.uris();
        compare(figures, HEALTHY, List.of(Library.POTTERY, Library.REDISSON, Library.LETTUCE), uris, () -> {});
        List<FaultProxy> networks =
                uris.subList(0, 2).stream().map(FiveMasters::networkBefore).toList();
        try {
            List<String> troubled = Stream.concat(
                            networks.stream().map(network -> Servers.uri(network.host(), network.port())),
                            uris.stream().skip(networks.size()))
                    .toList();
            compare(
                    figures,
                    SILENT,
                    List.of(Library.POTTERY, Library.LETTUCE),
                    troubled,
                    () -> networks.forEach(FaultProxy::blackHole));
        } finally {
            networks.forEach(FaultProxy::close);
        }
    }

    private static FaultProxy networkBefore(String uri) {
        URI server = URI.create(uri);
        return FaultProxy.before(server.getHost(), server.getPort());
    }

    /** Lets {@code trouble} begin when all have connected. */
    private static void compare(
            Figures figures, Line line, List<Library> libraries, List<String> uris, Runnable trouble) throws Exception {
        List<Taker> takers = new ArrayList<>();
        try {
            for (Library library : libraries) {
                Taker taker = new Taker(library, Locks.open(library, uris));
                takers.add(taker);
                taker.time(1, new Latencies());
            }
            trouble.run();
            TURNS.compare(figures, takers, Map.of(line, 0.5));
        } finally {
            takers.forEach(taker -> taker.locks.close());
        }
    }

    /** Takes a lock of its own; giving it back is not measured. */
    private record Taker(Library library, Locks locks) implements Turns.Contender {

        @Override
        public void time(int times, Latencies latencies) throws InterruptedException {
            for (int i = 0; i < times; i++) {
                long begun = System.nanoTime();
                Locks.Held held = locks.acquire("five-masters-" + library);
                latencies.add(System.nanoTime() - begun);
                held.release();
            }
        }
    }
}
