package io.pottery.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pottery.error.WrongTypeException;
import io.pottery.internal.redis.Completion;
import io.pottery.internal.redis.LettuceMaster;
import io.pottery.internal.redis.RedisMaster;
import io.pottery.lock.ModelMaster.Refusal;
import io.pottery.testing.TestRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * The model of a master in the simulation answers what a real one answers, to 100,000 commands at random. The failure
 * names the seed; {@code -Dsim.seed=} takes another one.
 */
class ModelMasterConformanceTest {

    private static final int COMMANDS = 100_000;
    private static final int BATCH = 1_000;

    /** What two answers about time may differ by: the model gives its own when those of a batch are there. */
    private static final long TOLERANCE_MILLIS = 60_000;

    private static final Offset<Long> FENCE_TOLERANCE = Offset.offset(TOLERANCE_MILLIS * 1000);

    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final String FENCE_MILLIS = Long.toString(24 * HOUR);

    private static final List<String> FENCES = List.of(
            "0",
            "1",
            "41",
            "9999999999999998",
            "12345678901234567",
            "-7",
            "12.5",
            " 42 ",
            "0x1F",
            "1e3",
            "1e",
            "abc",
            "");

    /** Puts a string at a key, or what is none. */
    private static final RedisScript<List<Object>> PUT = script("""
            redis.call('DEL', KEYS[1])
            redis.call(ARGV[1], KEYS[1], ARGV[2])
            return {}""");

    private static final RedisScript<List<Object>> EXPIRE = script("return {redis.call('PEXPIRE', KEYS[1], -1)}");

    private static final RedisScript<List<Object>> LOOK = script("""
            local type = redis.call('TYPE', KEYS[1]).ok
            return {redis.call('PTTL', KEYS[1]), type == 'string' and redis.call('GET', KEYS[1]) or type}""");

    private final long seed = Long.getLong("sim.seed", 1);
    private final Random random = new Random(seed);
    private final RedisMaster server = LettuceMaster.only(TestRedis.connections());
    private final AtomicInteger published = new AtomicInteger();
    private final AtomicInteger heard = new AtomicInteger();
    private final ModelMaster model =
            new ModelMaster(() -> System.currentTimeMillis() * 1000, channel -> published.incrementAndGet());

    private final List<LockKeys> locks = IntStream.range(0, 3)
            .mapToObj(i -> LockKeys.of(TestRedis.freshKey()))
            .toList();

    /** A command that the server has been sent, and that the model is still to run. */
    private record Step(
            RedisScript<List<Object>> script,
            List<String> keys,
            List<String> args,
            CompletableFuture<List<Object>> reply,
            Supplier<List<Object>> model) {

        boolean acquires() {
            return script == LockScript.ACQUIRE.script();
        }
    }

    @SuppressWarnings("unchecked") // a list of whatever the script returns
    private static RedisScript<List<Object>> script(String text) {
        return (RedisScript<List<Object>>) (RedisScript<?>) RedisScript.of(text, List.class);
    }

    @Test
    void answersAsARealMaster() {
        server.connected().join();
        Stream.concat(Stream.of(LockScript.values()).map(LockScript::script), Stream.of(PUT, EXPIRE, LOOK))
                .forEach(this::load);
        locks.forEach(lock -> server.listen(lock.lock(), heard::incrementAndGet).join());
        for (int done = 0; done < COMMANDS; done += BATCH) {
            List<Step> batch = new ArrayList<>();
            while (batch.size() < BATCH) {
                batch.add(next(locks.get(random.nextInt(locks.size()))));
            }
            batch.forEach(this::compare);
        }
        await().untilAsserted(() -> assertThat(heard).hasValue(published.get()));
        assertThat(published).hasPositiveValue();
    }

    /** Has the server know a script by its digest, so that no command is sent twice. */
    private void load(RedisScript<List<Object>> script) {
        List<String> keys =
                IntStream.range(0, 3).mapToObj(i -> TestRedis.freshKey()).toList();
        server.run(script, keys, List.of("SET", "1", "1", "1"))
                .handle((reply, failure) -> reply)
                .join();
    }

    private Step next(LockKeys lock) {
        List<String> keys = List.of(lock.lock(), lock.fence(), lock.mark());
        String key = keys.get(random.nextInt(3));
        String token = "token-" + random.nextInt(3);
        int kind = random.nextInt(100);
        if (kind < 35) {
            return run(LockScript.ACQUIRE, keys, token, lease(), FENCE_MILLIS, oneOf("0", FENCE_MILLIS));
        } else if (kind < 50) {
            return run(LockScript.CONFIRM, keys.subList(0, 2), token, fence(lock), FENCE_MILLIS);
        } else if (kind < 60) {
            return run(LockScript.EXTEND, keys.subList(0, 1), token, oneOf("0", lease(), lease()));
        } else if (kind < 80) {
            return run(LockScript.RELEASE, keys, token, oneOf("0", fence(lock)), FENCE_MILLIS);
        } else if (kind < 85) {
            return run(LockScript.HOLDER, keys.subList(0, 1));
        } else if (kind < 93) {
            return send(LOOK, List.of(key), List.of(), () -> look(key));
        } else if (kind < 97) {
            return send(EXPIRE, List.of(key), List.of(), () -> model.delete(key) ? ModelMaster.YES : ModelMaster.NO);
        } else if (kind < 98) {
            return put(key, "RPUSH", "item");
        }
        return key.equals(lock.lock()) ? put(key, "SET", token) : put(key, "SET", oneOf(FENCES.toArray(String[]::new)));
    }

    private Step run(LockScript script, List<String> keys, String... args) {
        List<String> arguments = List.of(args);
        return send(script.script(), keys, arguments, () -> model.run(script.script(), keys, arguments));
    }

    private Step put(String key, String command, String value) {
        return send(PUT, List.of(key), List.of(command, value), () -> {
            model.put(key, command.equals("SET") ? value : null);
            return List.of();
        });
    }

    private Step send(
            RedisScript<List<Object>> script, List<String> keys, List<String> args, Supplier<List<Object>> answer) {
        return new Step(script, keys, args, server.run(script, keys, args), answer);
    }

    private List<Object> look(String key) {
        long left = model.millisLeft(key);
        return List.of(left, text(key));
    }

    private String text(String key) {
        try {
            return isFree(key) ? "none" : model.get(key);
        } catch (Refusal wrongType) {
            return "list";
        }
    }

    private String lease() {
        return Long.toString(HOUR + random.nextInt(1_000_000));
    }

    /** A fence near that which the lock had when the batch began. */
    private String fence(LockKeys lock) {
        String stored = text(lock.fence());
        return stored.matches("\\d{1,16}") ? Long.toString(Long.parseLong(stored) + random.nextInt(-2, 4)) : "42";
    }

    private String oneOf(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private void compare(Step step) {
        boolean begins = step.acquires() && isFree(step.keys.get(0)) && isFree(step.keys.get(1));
        List<Object> expected = answer(step.reply::join);
        List<Object> answer = answer(step.model);
        if (begins && answer.get(0).equals(1L) && expected.get(0).equals(1L)) {
            assertThat((Long) answer.get(1)).as(toString(step)).isCloseTo((Long) expected.get(1), FENCE_TOLERANCE);
            model.set(step.keys.get(1), expected.get(1).toString(), Long.parseLong(FENCE_MILLIS));
        } else if (!agree(answer, expected)) {
            assertThat(answer).as(toString(step)).isEqualTo(expected);
        }
    }

    private boolean isFree(String key) {
        return model.millisLeft(key) == -2;
    }

    private String toString(Step step) {
        return "seed %d: %s %s".formatted(seed, step.script.getScriptAsString(), step.args);
    }

    private static List<Object> answer(Supplier<List<Object>> reply) {
        try {
            return reply.get();
        } catch (RuntimeException e) {
            return List.of(errorIn(Completion.causeOf(e)));
        }
    }

    private static String errorIn(Throwable failure) {
        if (failure instanceof WrongTypeException || failure.getMessage().startsWith("WRONGTYPE")) {
            return "WRONGTYPE";
        }
        return failure.getMessage().contains("not a number") ? "BADFENCE" : "ERR";
    }

    private static boolean agree(List<Object> one, List<Object> other) {
        return one.size() == other.size()
                && IntStream.range(0, one.size()).allMatch(i -> agree(one.get(i), other.get(i)));
    }

    private static boolean agree(Object one, Object other) {
        return one.equals(other)
                || one instanceof Long left
                        && other instanceof Long right
                        && isTime(left)
                        && isTime(right)
                        && Math.abs(left - right) < TOLERANCE_MILLIS;
    }

    /** Whether a number is what is left of a lease, a mark or a fence, and not the number of a lease. */
    private static boolean isTime(long number) {
        return number > HOUR / 2 && number < 48 * HOUR;
    }
}
