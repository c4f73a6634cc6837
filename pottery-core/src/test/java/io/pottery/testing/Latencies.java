package io.pottery.testing;

import io.pottery.time.ContextTimer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How long calls took. */
public final class Latencies {

    /** A call that is timed. */
    public interface Call {
        void run() throws Exception;
    }

    private final List<Duration> durations = new ArrayList<>();

    public static Latencies of(int calls, Call call) throws Exception {
        Latencies latencies = new Latencies();
        for (int i = 0; i < calls; i++) {
            ContextTimer timer = ContextTimer.started();
            call.run();
            latencies.durations.add(timer.elapsed());
        }
        Collections.sort(latencies.durations);
        return latencies;
    }

    public Duration percentile(int percent) {
        return durations.get((durations.size() - 1) * percent / 100);
    }

    public Duration max() {
        return durations.get(durations.size() - 1);
    }
}
