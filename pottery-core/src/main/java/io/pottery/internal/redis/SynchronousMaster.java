package io.pottery.internal.redis;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * The application's Redis where it is not reached through Lettuce: asked by a thread that waits, and never heard of.
 */
public final class SynchronousMaster implements RedisMaster {

    private static final long IDLE_SECONDS = 1;

    private final Keyspace keyspace;
    private final ThreadPoolExecutor executor =
            new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                Thread thread = new Thread(null, work, "pottery-queue", 0, false);
                thread.setDaemon(true);
                return thread;
            });

    /** Asks the Redis of {@code keyspace}. */
    public SynchronousMaster(Keyspace keyspace) {
        this.keyspace = keyspace;
        executor.allowCoreThreadTimeOut(true);
    }

    @Override
    public CompletableFuture<Boolean> connected() {
        return CompletableFuture.completedFuture(true);
    }

    @Override
    public boolean isStalled() {
        return false;
    }

    @Override
    public CompletableFuture<List<Object>> run(RedisScript<List<Object>> script, List<String> keys, List<String> args) {
        return CompletableFuture.supplyAsync(() -> reply(script, keys, args), executor);
    }

    private List<Object> reply(RedisScript<List<Object>> script, List<String> keys, List<String> args) {
        List<RedisKey> all = keys.stream().map(keyspace::existing).toList();
        byte[][] bytes =
                args.stream().map(arg -> arg.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
        return all.get(0).reply(script, all.subList(1, all.size()), bytes).stream()
                .map(SynchronousMaster::text)
                .toList();
    }

    @Override
    public CompletableFuture<Boolean> listen(String channel, Runnable listener) {
        return CompletableFuture.completedFuture(false);
    }

    @Override
    public void unlisten(String channel, Runnable listener) {
        // nobody listens
    }

    @Override
    public void close() {
        // the application closes its connections
    }

    private static Object text(Object reply) {
        return reply instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : reply;
    }
}
