package io.pottery;

import static org.assertj.core.api.Assertions.assertThat;

import io.pottery.id.NextId;
import io.pottery.id.NextIdOptions;
import io.pottery.lock.Lease;
import io.pottery.lock.Redlock;
import io.pottery.testing.CountedRedis;
import io.pottery.testing.CountedRedis.Traffic;
import io.pottery.testing.TestRedis;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The round trips of ids on one Redis that docs/guarantees.md promises; over several masters each has as many. */
class NextIdRoundTripsTest {

    @RegisterExtension
    static final CountedRedis redis = new CountedRedis();

    /** Opens both connections of the master, so that nothing of that is counted. */
    @BeforeAll
    static void connect() throws Exception {
        Redlock lock = redis.pottery().redlock(TestRedis.freshKey());
        try (Lease lease = lock.acquire()) {
            assertThat(lease.isValid()).isTrue();
            assertThat(lock.tryAcquire(Duration.ofMillis(20))).isEmpty(); // which listens
        }
    }

    private final NextId ids = redis.pottery().nextId(TestRedis.freshKey());

    @Test
    void oneIdOrAThousandAreOneRoundTrip() {
        ids.nextLong(); // connects
        assertThat(redis.count(ids::nextLong)).isEqualTo(new Traffic(1, 1 + 2));
        assertThat(redis.count(() -> ids.next(1_000))).isEqualTo(new Traffic(1, 1 + 2));
    }

    @Test
    void thoseWhoWaitShareARoundTrip() {
        ids.nextLong();
        Traffic traffic = redis.count(() -> {
            List<CompletableFuture<Long>> calls =
                    Stream.generate(ids.async()::next).limit(500).toList();
            calls.forEach(CompletableFuture::join);
        });
        assertThat(traffic.messages()).isLessThan(250);
    }

    @Test
    void whatIsInStockCostsNothing() {
        NextId blocks = redis.pottery()
                .nextId(TestRedis.freshKey(), NextIdOptions.defaults().withBlock(100));
        blocks.nextLong();
        assertThat(redis.count(() -> Stream.generate(blocks::nextLong).limit(99).forEach(id -> {}))
                        .messages())
                .isZero();
    }

    @Test
    void aResetIsTwo() {
        ids.nextLong();
        ids.reset();
        assertThat(redis.count(ids::reset)).isEqualTo(new Traffic(2, 2 + 5));
    }
}
