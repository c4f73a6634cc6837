package io.pottery.lock;

import static org.assertj.core.api.Assertions.assertThat;

import io.pottery.PotteryFactory;
import io.pottery.RedisMasters;
import io.pottery.testing.TestRedis;
import io.pottery.testing.Threads;
import io.pottery.testredis.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a lock does on real servers, one or five of them. */
class RedlockTest {

    private static final List<RedisServer> SERVERS = RedisServer.start(5);
    private static final RedisMasters MASTERS = RedisMasters.of(SERVERS.stream()
            .map(server -> "redis://" + server.host() + ":" + server.port())
            .toArray(String[]::new));
    private static final PotteryFactory FIVE =
            PotteryFactory.builder(TestRedis.connections()).masters(MASTERS).build();

    private final String name = TestRedis.freshKey();

    @AfterAll
    static void close() {
        MASTERS.close();
        SERVERS.forEach(RedisServer::close);
    }

    static Stream<Named<PotteryFactory>> factories() {
        return Stream.of(Named.of("the application's Redis", TestRedis.pottery()), Named.of("five masters", FIVE));
    }

    @ParameterizedTest
    @MethodSource("factories")
    void oneHoldsItAtATime(PotteryFactory pottery) throws Exception {
        Redlock lock = pottery.redlock(name);
        assertThat(lock.isLocked()).isFalse();
        try (Lease lease = lock.acquire()) {
            assertThat(lease.isValid()).isTrue();
            assertThat(lease.remaining()).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(10));
            assertThat(lock.isLocked()).isTrue();
            assertThat(lock.tryAcquire()).isEmpty();
            assertThat(lock.tryAcquire(Duration.ZERO)).isEmpty();
            assertThat(lock.tryAcquire(Duration.ofMillis(50))).isEmpty();
        }
        assertThat(lock.isLocked()).isFalse();
        Optional<Lease> next = lock.tryAcquire(Duration.ZERO);
        assertThat(next).isPresent();
        next.orElseThrow().close();
    }

    @ParameterizedTest
    @MethodSource("factories")
    void whoeverWaitsGetsItWhenItIsReleased(PotteryFactory pottery) throws Exception {
        Redlock lock = pottery.redlock(name);
        Lease first = lock.acquire();
        CompletableFuture<AsyncLease> second = lock.async().acquire();
        CompletableFuture<AsyncLease> third = lock.async().acquire();
        assertThat(second).isNotDone();
        first.close();
        second.get(5, TimeUnit.SECONDS).close().get(5, TimeUnit.SECONDS);
        third.get(5, TimeUnit.SECONDS).close().get(5, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @MethodSource("factories")
    void manyThreadsTakeTurns(PotteryFactory pottery) throws Exception {
        Redlock lock = pottery.redlock(name);
        AtomicInteger inside = new AtomicInteger();
        int[] counter = {0};
        Threads.run(8, thread -> {
            for (int i = 0; i < 50; i++) {
                try (Lease lease = lock.acquire()) {
                    assertThat(inside.incrementAndGet()).isOne();
                    counter[0]++;
                    inside.decrementAndGet();
                }
            }
        });
        assertThat(counter[0]).isEqualTo(400);
    }
}
