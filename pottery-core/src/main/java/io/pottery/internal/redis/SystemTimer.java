package io.pottery.internal.redis;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** One daemon thread, {@code pottery-timer}, which runs only while there is something to run later. */
public final class SystemTimer implements Timer {

    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE / 4);

    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, work -> {
        Thread thread = new Thread(null, work, "pottery-timer", 0, false);
        thread.setDaemon(true);
        return thread;
    });

    /** Starts no thread yet. */
    public SystemTimer() {
        executor.setRemoveOnCancelPolicy(true);
        executor.setKeepAliveTime(IDLE.toNanos(), TimeUnit.NANOSECONDS);
        executor.allowCoreThreadTimeOut(true);
    }

    @Override
    public Task after(Duration delay, Runnable work) {
        Duration within = delay.compareTo(LONGEST) < 0 ? delay : LONGEST;
        Future<?> future = executor.schedule(work, within.toNanos(), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }
}
