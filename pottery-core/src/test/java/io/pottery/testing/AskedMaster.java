package io.pottery.testing;

import io.pottery.internal.redis.MasterException;
import io.pottery.internal.redis.RedisMaster;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.springframework.data.redis.core.script.RedisScript;

/** A master whose requests wait for the test to answer them, in their order. */
public final class AskedMaster implements RedisMaster {

    public final Queue<CompletableFuture<List<Object>>> asked = new ArrayDeque<>();
    private List<String> lastArguments = List.of();
    private boolean closed;

    public void answer(Object... reply) {
        asked.remove().complete(List.of(reply));
    }

    public void fail(Throwable failure) {
        asked.remove().completeExceptionally(failure);
    }

    /** The arguments of the last script. */
    public List<String> lastArguments() {
        return lastArguments;
    }

    @Override
    public CompletableFuture<Boolean> connected() {
        return closed
                ? CompletableFuture.failedFuture(MasterException.notSent("it has been closed", null))
                : CompletableFuture.completedFuture(true);
    }

    @Override
    public boolean isStalled() {
        return false;
    }

    @Override
    public CompletableFuture<List<Object>> run(RedisScript<List<Object>> script, List<String> keys, List<String> args) {
        CompletableFuture<List<Object>> reply = new CompletableFuture<>();
        lastArguments = args;
        asked.add(reply);
        return reply;
    }

    @Override
    public CompletableFuture<Boolean> listen(String channel, Runnable listener) {
        return CompletableFuture.completedFuture(true);
    }

    @Override
    public void unlisten(String channel, Runnable listener) {}

    /** Has it fail at once from now on. */
    @Override
    public void close() {
        closed = true;
    }
}
