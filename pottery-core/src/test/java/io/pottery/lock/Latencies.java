package io.pottery.lock;

import io.pottery.time.ContextTimer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How long calls took. */
final class Latencies {

    /** A call that is timed. */
    interface Call {
        void run() throws Exception;
    }

    private final List<Duration> durations = new ArrayList<>();

    static Latencies of(int calls, Call call) throws Exception {
        Latencies latencies = new Latencies();
        for (int i = 0; i < calls; i++) {
            ContextTimer timer = ContextTimer.started();
            call.run();
            latencies.durations.add(timer.elapsed());
        }
        Collections.sort(latencies.durations);
        return latencies;
    }

    Duration percentile(int percent) {
        return durations.get((durations.size() - 1) * percent / 100);
    }

    Duration max() {
        return durations.get(durations.size() - 1);
    }
}
