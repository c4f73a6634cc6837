package io.pottery.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.pottery.error.WrongTypeException;
import io.pottery.internal.redis.Completion;
import io.pottery.internal.redis.LettuceMaster;
import io.pottery.internal.redis.RedisMaster;
import io.pottery.simulation.ModelMaster.Refusal;
import io.pottery.testing.TestRedis;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * Whether a model of a master answers what a real one answers, to 100,000 commands at random. The failure names the
 * seed; {@code -Dsim.seed=} takes another one.
 */
public final class Conformance {

    /** What two answers about time may differ by: the model gives its own when those of a batch are there. */
    public static final long TOLERANCE_MILLIS = 60_000;

    private static final int COMMANDS = 100_000;
    private static final int BATCH = 1_000;

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
    private final ModelMaster model;
    private final LongPredicate isTime;

    /** A command that the server has been sent, and that the model is still to run, knowing the server's answer. */
    public record Step(
            RedisScript<List<Object>> script,
            List<String> keys,
            List<String> args,
            CompletableFuture<List<Object>> reply,
            UnaryOperator<List<Object>> model) {}

    /** Checks {@code model}, whose answers are about time if {@code isTime} says so. */
    public Conformance(ModelMaster model, LongPredicate isTime) {
        this.model = model;
        this.isTime = isTime;
    }

    @SuppressWarnings("unchecked") // a list of whatever the script returns
    private static RedisScript<List<Object>> script(String text) {
        return (RedisScript<List<Object>>) (RedisScript<?>) RedisScript.of(text, List.class);
    }

    /** The real master. */
    public RedisMaster server() {
        return server;
    }

    /** Where all decisions come from. */
    public Random random() {
        return random;
    }

    /** One of {@code choices}. */
    public String oneOf(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** Runs what {@code next} says, here and there, for as long as answers agree. */
    public void check(Stream<RedisScript<List<Object>>> scripts, Supplier<Step> next) {
        server.connected().join();
        Stream.concat(scripts, Stream.of(PUT, EXPIRE, LOOK)).forEach(this::load);
        for (int done = 0; done < COMMANDS; done += BATCH) {
            List<Step> batch = new ArrayList<>();
            while (batch.size() < BATCH) {
                batch.add(next.get());
            }
            batch.forEach(this::compare);
        }
    }

    /** Has the server know a script by its digest, so that no command is sent twice. */
    private void load(RedisScript<List<Object>> script) {
        List<String> keys =
                IntStream.range(0, 3).mapToObj(i -> TestRedis.freshKey()).toList();
        server.run(script, keys, List.of("SET", "1", "1", "1"))
                .handle((reply, failure) -> reply)
                .join();
    }

    /** Runs a script of the feature. */
    public Step run(RedisScript<List<Object>> script, List<String> keys, String... args) {
        return run(script, keys, List.of(args), expected -> model.run(script, keys, List.of(args)));
    }

    /** Runs a script of the feature, on the model in a way of its own. */
    public Step run(
            RedisScript<List<Object>> script,
            List<String> keys,
            List<String> args,
            UnaryOperator<List<Object>> answer) {
        return new Step(script, keys, args, server.run(script, keys, args), answer);
    }

    /** Puts a string at {@code key}. */
    public Step put(String key, String value) {
        return put(key, "SET", value, value);
    }

    /** Puts at {@code key} what is no string. */
    public Step putList(String key) {
        return put(key, "RPUSH", "item", null);
    }

    private Step put(String key, String command, String value, String stored) {
        return run(PUT, List.of(key), List.of(command, value), expected -> {
            model.put(key, stored);
            return List.of();
        });
    }

    /** Lets the time of {@code key} be over. */
    public Step expire(String key) {
        return run(EXPIRE, List.of(key), List.of(), expected -> model.delete(key) ? ModelMaster.YES : ModelMaster.NO);
    }

    /** Looks at what lies at {@code key}. */
    public Step look(String key) {
        return run(LOOK, List.of(key), List.of(), expected -> List.of(model.millisLeft(key), text(key)));
    }

    /** The string at {@code key} in the model, or what there is instead. */
    public String text(String key) {
        try {
            return isFree(key) ? "none" : model.get(key);
        } catch (Refusal wrongType) {
            return "list";
        }
    }

    /** Whether there is nothing at {@code key} in the model. */
    public boolean isFree(String key) {
        return model.millisLeft(key) == -2;
    }

    private void compare(Step step) {
        List<Object> expected = answer(step.reply::join);
        List<Object> answer = answer(() -> step.model.apply(expected));
        if (!agree(answer, expected)) {
            assertThat(answer)
                    .as("seed %d: %s %s", seed, step.script.getScriptAsString(), step.args)
                    .isEqualTo(expected);
        }
    }

    private static List<Object> answer(Supplier<List<Object>> reply) {
        try {
            return reply.get();
        } catch (RuntimeException e) {
            return List.of(Completion.causeOf(e));
        }
    }

    private boolean agree(List<Object> one, List<Object> other) {
        return one.size() == other.size()
                && IntStream.range(0, one.size()).allMatch(i -> agree(one.get(i), other.get(i)));
    }

    private boolean agree(Object one, Object other) {
        if (one instanceof Long left && other instanceof Long right && isTime.test(left) && isTime.test(right)) {
            return Math.abs(left - right) < TOLERANCE_MILLIS;
        }
        return one instanceof Refusal refusal && other instanceof Exception failure
                ? agree(refusal, failure)
                : one.equals(other);
    }

    private static boolean agree(Refusal refusal, Exception failure) {
        String reply = refusal.getMessage();
        return reply.equals("WRONGTYPE")
                ? failure instanceof WrongTypeException || failure.getMessage().startsWith(reply)
                : failure.getMessage().contains(reply.substring(reply.indexOf(' ') + 1));
    }
}
