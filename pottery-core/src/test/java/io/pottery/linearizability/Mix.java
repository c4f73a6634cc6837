package io.pottery.linearizability;

import static org.assertj.core.api.Assertions.assertThat;

import io.pottery.testing.CountedRedis;
import io.pottery.testing.Threads;
import io.pottery.time.ContextTimer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Threads that make random calls on one object after the other, mostly of one kind, so that many of that are under way
 * at once.
 *
 * @param <T> the type of the objects
 * @param <M> the type of their model
 */
final class Mix<T, M> {

    private static final Duration BUDGET = Duration.ofMillis(700);
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** What a call does to an object, or to its model. */
    @FunctionalInterface
    interface Work<X> {

        /**
         * Does it to {@code part} of {@code target}, and returns what that returns; no other call has {@code number}.
         */
        @Nullable
        Object on(X target, String part, int number);
    }

    /**
     * Calls that can go together.
     *
     * @param command what is sent for one that goes alone; null if all go alone
     */
    private record Kind<T, M>(@Nullable String command, String name, Work<T> onObject, Work<M> onModel) {

        Call<T, M> call(String part, int number) {
            return new Call<>(
                    part,
                    "%s(%s, %d)".formatted(name, part, number),
                    object -> onObject.on(object, part, number),
                    model -> onModel.on(model, part, number));
        }
    }

    private final CountedRedis redis;
    private final int threads;
    private final int times;
    private final BiFunction<Integer, Random, String> parts;
    private final List<Kind<T, M>> kinds = new ArrayList<>();
    private UnaryOperator<T> other = object -> object;
    private final Map<String, Long> made = new ConcurrentHashMap<>();
    private final Map<String, Long> sentBefore = new TreeMap<>();

    /**
     * Has so many {@code threads} make so many calls each on an object.
     *
     * @param parts what a thread's next call is about, of which this many have been made
     */
    Mix(CountedRedis redis, int threads, int times, BiFunction<Integer, Random, String> parts) {
        this.parts = parts;
        this.redis = redis;
        this.threads = threads;
        this.times = times;
    }

    /** Makes calls called {@code name}, too, that always go alone. */
    Mix<T, M> of(String name, Work<T> onObject, Work<M> onModel) {
        kinds.add(new Kind<>(null, name, onObject, onModel));
        return this;
    }

    /** Makes calls called {@code name}, too, that go together, or alone as {@code command}. */
    Mix<T, M> of(String command, String name, Work<T> onObject, Work<M> onModel) {
        kinds.add(new Kind<>(command, name, onObject, onModel));
        sentBefore.put(command, redis.sent(command));
        return this;
    }

    /** Has every fourth thread use another handle of the object, which {@code other} makes, of another client. */
    Mix<T, M> by(UnaryOperator<T> other) {
        this.other = other;
        return this;
    }

    /**
     * Checks every object of {@code fresh} against {@code model}. In the end, a call of the first kind, which should
     * read, is made on each part.
     */
    void check(Supplier<T> fresh, Model<M> model) {
        check(fresh, history -> {
            history.operations().stream()
                    .map(each -> (String) each.call().part())
                    .distinct()
                    .forEach(part -> history.make(kinds.get(0).call(part, -1)));
            return Linearizability.violation(model, history.operations());
        });
    }

    /** Checks the history of every object of {@code fresh}, until calls of each kind have gone together. */
    void check(Supplier<T> fresh, Function<History<T, M>, Optional<String>> violation) {
        ContextTimer timer = ContextTimer.started();
        int rounds = 0;
        do {
            History<T, M> history = new History<>(fresh.get());
            make(history, rounds);
            assertThat(violation.apply(history)).isEmpty();
            rounds++;
        } while (timer.elapsed().compareTo(BUDGET) < 0
                || rounds < kinds.size()
                || !goneTogether() && timer.elapsed().compareTo(LIMIT) < 0);
        assertThat(goneTogether()).isTrue();
    }

    private void make(History<T, M> history, int round) {
        Kind<T, M> favourite = kinds.get(round % kinds.size());
        T otherHandle = other.apply(history.object());
        Threads.run(threads, thread -> {
            T handle = thread % 4 == 3 ? otherHandle : history.object();
            Random random = new Random(round * 1_000L + thread);
            for (int i = 0; i < times; i++) {
                Kind<T, M> kind = random.nextInt(4) > 0 ? favourite : kinds.get(random.nextInt(kinds.size()));
                if (kind.command != null && handle == history.object()) {
                    made.merge(kind.command, 1L, Long::sum);
                }
                history.make(kind.call(parts.apply(i, random), i * threads + thread), handle);
            }
        });
    }

    private boolean goneTogether() {
        return sentBefore.keySet().stream().allMatch(command -> sent(command) < made.getOrDefault(command, 0L));
    }

    private long sent(String command) {
        return redis.sent(command) - sentBefore.get(command);
    }
}
