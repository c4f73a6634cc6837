package io.pottery.linearizability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.ClientOptions;
import io.pottery.PotteryFactory;
import io.pottery.collection.RedisDict;
import io.pottery.collection.RedisSet;
import io.pottery.error.PotteryException;
import io.pottery.testing.TestRedis;
import io.pottery.testing.Threads;
import io.pottery.testredis.FaultProxy;
import io.pottery.testredis.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Calls that travel together while their connection breaks, where the application wants nothing sent twice: each takes
 * effect once at most, if it has failed perhaps later, or not at all.
 */
class GroupCommitFaultsTest {

    private static final int THREADS = 64;
    private static final int TIMES = 8;
    private static final int HISTORIES = 4;

    private final RedisServer server = RedisServer.start();
    private final FaultProxy network = FaultProxy.before(server);
    private final LettuceConnectionFactory connections = TestRedis.started(new LettuceConnectionFactory(
            new RedisStandaloneConfiguration(network.host(), network.port()),
            LettuceClientConfiguration.builder()
                    .commandTimeout(Duration.ofMillis(500))
                    .shutdownTimeout(Duration.ZERO)
                    .clientOptions(ClientOptions.builder()
                            .replayFilter(command -> true)
                            .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                            .build())
                    .build()));
    private final PotteryFactory pottery = PotteryFactory.create(connections);

    @AfterEach
    void end() {
        connections.destroy();
        network.close();
        server.close();
    }

    @Test
    void aDictIsLinearizable() {
        check(
                Model.<String, Integer>ofMap(),
                () -> pottery.dict(TestRedis.freshKey(), String.class, Integer.class),
                (k, n) -> List.of(
                        new Call<>(k, "get", dict -> dict.get(k), map -> map.get(k)),
                        new Call<RedisDict<String, Integer>, Map<String, Integer>>(
                                k,
                                "set " + n,
                                dict -> {
                                    dict.set(k, n);
                                    return null;
                                },
                                map -> {
                                    map.put(k, n);
                                    return null;
                                })));
    }

    @Test
    void aSetIsLinearizable() {
        check(
                Model.<String>ofSet(),
                () -> pottery.set(TestRedis.freshKey(), String.class),
                (e, n) -> List.of(
                        new Call<RedisSet<String>, Set<String>>(
                                e, "contains", set -> set.contains(e), model -> model.contains(e)),
                        new Call<>(e, "add", set -> set.add(e), model -> model.add(e)),
                        new Call<>(e, "remove", set -> set.remove(e), model -> model.remove(e))));
    }

    private <T, M> void check(Model<M> model, Supplier<T> fresh, BiFunction<String, Integer, List<Call<T, M>>> calls) {
        int unknown = 0;
        for (int round = 0; round < HISTORIES; round++) {
            int seed = round;
            History<T, M> history = new History<>(fresh.get(), PotteryException.class::isInstance);
            Threads.run(THREADS, thread -> {
                Random random = new Random(seed * 1_000L + thread);
                for (int i = 0; i < TIMES; i++) {
                    if (random.nextInt(240) == 0) {
                        network.dropConnections();
                    }
                    List<Call<T, M>> kinds = calls.apply("k" + random.nextInt(20), i * THREADS + thread);
                    int kind = random.nextInt(4) > 0 ? seed % kinds.size() : random.nextInt(kinds.size());
                    if (!history.make(kinds.get(kind))) {
                        await().ignoreExceptions().pollDelay(Duration.ZERO).until(this::isConnected);
                    }
                }
            });
            assertThat(Linearizability.violation(model, history.operations())).isEmpty();
            unknown += (int) history.operations().stream()
                    .filter(each -> !each.isKnown())
                    .count();
        }
        assertThat(unknown).isPositive();
    }

    private boolean isConnected() {
        try (RedisConnection connection = connections.getConnection()) {
            return connection.ping() != null;
        }
    }
}
