package io.pottery.benchmarks.lock;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/**
 * The least that a lock on a majority takes: one SET and one script for each master, over one connection. There is no
 * waiting for others, no fencing and no look at failures.
 */
final class LettuceLocks implements Locks {

    private static final String RELEASE = script("release.lua");

    private final RedisClient client = RedisClient.create();
    private final List<RedisAsyncCommands<String, String>> masters;
    private final String release;

    LettuceLocks(List<String> uris) {
        this.masters = uris.stream()
                .map(uri -> client.connect(RedisURI.create(uri)).async())
                .toList();
        this.release = masters.get(0).digest(RELEASE);
        masters.forEach(
                master -> master.scriptLoad(RELEASE).toCompletableFuture().join());
    }

    @Override
    public Held acquire(String name) throws InterruptedException {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        String token = new UUID(random.nextLong(), random.nextLong()).toString();
        awaitMajority(master ->
                master.set(name, token, SetArgs.Builder.nx().px(10_000)).thenApply("OK"::equals));
        return () -> {
            try {
                awaitMajority(
                        master -> master.<Long>evalsha(release, ScriptOutputType.INTEGER, new String[] {name}, token)
                                .thenApply(released -> released == 1));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while releasing " + name, e);
            }
        };
    }

    private void awaitMajority(Function<RedisAsyncCommands<String, String>, CompletionStage<Boolean>> question)
            throws InterruptedException {
        CountDownLatch missing = new CountDownLatch(masters.size() / 2 + 1);
        masters.forEach(master -> question.apply(master).thenAccept(yes -> {
            if (yes) {
                missing.countDown();
            }
        }));
        missing.await();
    }

    @Override
    public void close() {
        client.shutdown();
    }

    private static String script(String name) {
        try (InputStream in = Objects.requireNonNull(LettuceLocks.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + name, e);
        }
    }
}
