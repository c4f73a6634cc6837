package io.pottery.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pottery.simulation.Conformance;
import io.pottery.simulation.Conformance.Step;
import io.pottery.testing.TestRedis;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The model of a master in the simulation of locks answers what a real one answers. */
class LockMasterConformanceTest {

    private static final Offset<Long> FENCE_TOLERANCE = Offset.offset(Conformance.TOLERANCE_MILLIS * 1000);

    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final String FENCE_MILLIS = Long.toString(24 * HOUR);

    private static final String[] FENCES = {
        "0", "1", "41", "9999999999999998", "12345678901234567", "-7", "12.5", " 42 ", "0x1F", "1e3", "1e", "abc", ""
    };

    private final AtomicInteger published = new AtomicInteger();
    private final AtomicInteger heard = new AtomicInteger();
    private final LockMaster model =
            new LockMaster(() -> System.currentTimeMillis() * 1000, channel -> published.incrementAndGet());
    private final Conformance conformance = new Conformance(model, LockMasterConformanceTest::isTime);
    private final Random random = conformance.random();

    private final List<LockKeys> locks = IntStream.range(0, 3)
            .mapToObj(i -> LockKeys.of(TestRedis.freshKey()))
            .toList();

    @Test
    void answersAsARealMaster() {
        conformance.server().connected().join();
        locks.forEach(lock ->
                conformance.server().listen(lock.lock(), heard::incrementAndGet).join());
        conformance.check(
                Stream.of(LockScript.values()).map(LockScript::script),
                () -> next(locks.get(random.nextInt(locks.size()))));
        await().untilAsserted(() -> assertThat(heard).hasValue(published.get()));
        assertThat(published).hasPositiveValue();
    }

    private Step next(LockKeys lock) {
        List<String> keys = List.of(lock.lock(), lock.fence(), lock.mark());
        String key = keys.get(random.nextInt(3));
        String token = "token-" + random.nextInt(3);
        int kind = random.nextInt(100);
        if (kind < 35) {
            return acquire(keys, List.of(token, lease(), FENCE_MILLIS, conformance.oneOf("0", FENCE_MILLIS)));
        } else if (kind < 50) {
            return run(LockScript.CONFIRM, keys.subList(0, 2), token, fence(lock), FENCE_MILLIS);
        } else if (kind < 60) {
            return run(LockScript.EXTEND, keys.subList(0, 1), token, conformance.oneOf("0", lease(), lease()));
        } else if (kind < 80) {
            return run(LockScript.RELEASE, keys, token, conformance.oneOf("0", fence(lock)), FENCE_MILLIS);
        } else if (kind < 85) {
            return run(LockScript.HOLDER, keys.subList(0, 1));
        } else if (kind < 93) {
            return conformance.look(key);
        } else if (kind < 97) {
            return conformance.expire(key);
        } else if (kind < 98) {
            return conformance.putList(key);
        }
        return conformance.put(key, key.equals(lock.lock()) ? token : conformance.oneOf(FENCES));
    }

    private Step run(LockScript script, List<String> keys, String... args) {
        return conformance.run(script.script(), keys, args);
    }

    /** Has the model take over the fence that the server's clock began with. */
    private Step acquire(List<String> keys, List<String> args) {
        return conformance.run(LockScript.ACQUIRE.script(), keys, args, expected -> {
            boolean begins = conformance.isFree(keys.get(0)) && conformance.isFree(keys.get(1));
            List<Object> answer = model.run(LockScript.ACQUIRE.script(), keys, args);
            if (!begins || !expected.get(0).equals(1L)) {
                return answer;
            }
            assertThat((Long) answer.get(1)).isCloseTo((Long) expected.get(1), FENCE_TOLERANCE);
            model.set(keys.get(1), expected.get(1).toString(), Long.parseLong(FENCE_MILLIS));
            return expected;
        });
    }

    private String lease() {
        return Long.toString(HOUR + random.nextInt(1_000_000));
    }

    /** A fence near that which the lock had when the batch began. */
    private String fence(LockKeys lock) {
        String stored = conformance.text(lock.fence());
        return stored.matches("\\d{1,16}") ? Long.toString(Long.parseLong(stored) + random.nextInt(-2, 4)) : "42";
    }

    /** Whether a number is what is left of a lease, a mark or a fence, and not the number of a lease. */
    private static boolean isTime(long number) {
        return number > HOUR / 2 && number < 48 * HOUR;
    }
}
