package io.pottery.internal.redis;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * One Redis master, asked without blocking the caller. What is asked arrives in the order of the calls, and never
 * twice. Failures are {@link MasterException}s. Its {@code toString} is how messages call it.
 */
public interface RedisMaster {

    /** Connects unless it is connected; completes with true, or fails if that does not succeed in time. */
    CompletableFuture<Boolean> connected();

    /** Connects unless it is connected, and completes with true when it has answered; fails if it does not soon. */
    default CompletableFuture<Boolean> ping() {
        return connected();
    }

    /** Whether it has owed an answer for so long that another one is not to be expected soon. */
    boolean isStalled();

    /** Runs {@code script}, if it is connected. */
    CompletableFuture<List<Object>> run(RedisScript<List<Object>> script, List<String> keys, List<String> args);

    /**
     * Has {@code listener} run at every message on {@code channel}, in place of who listened there before. Completes
     * when no message can be missed any more; does nothing if that is so already.
     */
    CompletableFuture<Boolean> listen(String channel, Runnable listener);

    /** Ends that, unless another one listens there by now. */
    void unlisten(String channel, Runnable listener);

    /** Ends the wait of another client on it, as if its time were over; false if that does not wait, or it cannot. */
    default CompletableFuture<Boolean> unblock(long client) {
        return CompletableFuture.completedFuture(false);
    }

    /** Refuses whatever comes from now on; its client closes the connections. */
    void close();
}
