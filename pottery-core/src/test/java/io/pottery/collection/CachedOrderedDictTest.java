package io.pottery.collection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.entry;

import io.pottery.PotteryFactory;
import io.pottery.error.UndecodableValueException;
import io.pottery.error.UnencodableValueException;
import io.pottery.error.WrongTypeException;
import io.pottery.testing.TestRedis;
import io.pottery.testing.Threads;
import io.pottery.testredis.RedisServer;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.core.ParameterizedTypeReference;

class CachedOrderedDictTest {

    private final PotteryFactory pottery = TestRedis.pottery();
    private final RedisServer redis = TestRedis.server();
    private final String key = TestRedis.freshKey();

    @Test
    void doesWhatTheReadmeOfPythonShows() {
        CachedOrderedDict<Integer, String> results1 = dict(1, 2, 3, 4, 5);
        assertThat(results1.misses()).containsExactly(1, 2, 3, 4, 5);
        results1.put(1, "one");
        results1.put(2, "two");
        results1.put(3, "three");
        results1.put(4, "four");
        results1.put(5, "five");
        assertThat(results1.misses()).isEmpty();
        assertThat(results1).hasToString("{1=one, 2=two, 3=three, 4=four, 5=five}");

        CachedOrderedDict<Integer, String> results2 = dict(2, 4, 6, 8, 10);
        assertThat(results2.misses()).containsExactly(6, 8, 10);
        assertThat(results2.get(2)).isEqualTo("two");
        results2.put(6, "six");
        results2.put(8, "eight");
        results2.put(10, "ten");
        assertThat(results2.misses()).isEmpty();
        assertThat(results2)
                .containsExactly(
                        entry(2, "two"), entry(4, "four"), entry(6, "six"), entry(8, "eight"), entry(10, "ten"));
    }

    @Test
    void keepsTheOrderAskedForThenThatOfLaterPuts() {
        CachedOrderedDict<Integer, String> dict = dict(9, 1, 5, 1, 9);
        dict.put(7, "seven");
        dict.put(5, "five");
        dict.put(3, "three");
        dict.put(9, "nine");
        assertThat(dict.keySet()).containsExactly(9, 5, 7, 3);
        assertThat(dict.misses()).containsExactly(1);
        dict.put(9, "again");
        dict.remove(5);
        dict.put(1, "one");
        dict.put(5, "five");
        assertThat(dict)
                .containsExactly(
                        entry(9, "again"), entry(1, "one"), entry(5, "five"), entry(7, "seven"), entry(3, "three"));
    }

    @Test
    void hydratesItsMissesWithOneCall() {
        cache(Map.of(2, "two"));
        CachedOrderedDict<Integer, String> dict = dict(1, 2, 3, 4, 5);
        List<Set<Integer>> asked = new ArrayList<>();
        Map<Integer, String> found = new HashMap<>(Map.of(5, "five", 1, "one", 2, "not asked for", 77, "nor this"));
        found.put(3, null);
        dict.hydrate(missing -> {
            asked.add(missing);
            assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(missing::clear);
            return found;
        });
        assertThat(asked).hasSize(1);
        assertThat(asked.get(0)).containsExactly(1, 3, 4, 5);
        assertThat(dict).containsExactly(entry(1, "one"), entry(2, "two"), entry(5, "five"));
        assertThat(dict.misses()).containsExactly(3, 4);
        assertThat(stored()).isEqualTo(Map.of("1", "\"one\"", "2", "\"two\"", "5", "\"five\""));
        assertThat(ttl()).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(60));
    }

    @Test
    void asksNoLoaderWhenNothingIsMissing() {
        cache(Map.of(1, "one"));
        dict(1).hydrate(missing -> {
            throw new AssertionError("called for " + missing);
        });
        dict().hydrate(missing -> {
            throw new AssertionError("called for " + missing);
        });
    }

    @Test
    void staysAsItIsWhenTheLoaderFindsNothingOrFails() {
        CachedOrderedDict<Integer, String> dict = dict(1, 2);
        dict.hydrate(missing -> Map.of());
        assertThatNullPointerException()
                .isThrownBy(() -> dict.hydrate(missing -> null))
                .withMessageContaining(key);
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> dict.hydrate(missing -> {
                    throw new IllegalStateException("database down");
                }))
                .withMessage("database down");
        assertThat(dict.misses()).containsExactly(1, 2);
        assertThat(stored()).isEmpty();
    }

    @Test
    void neverWritesBackWhatItOnlyRead() {
        cache(Map.of(1, "one", 2, "two"));
        redis.execute("PEXPIRE", key, "30000");
        CachedOrderedDict<Integer, String> dict = dict(1, 2, 3);
        cache(Map.of(1, "newer"));
        redis.execute("HDEL", key, "2");
        assertThat(ttl()).isLessThanOrEqualTo(Duration.ofSeconds(30));
        dict.hydrate(missing -> Map.of(3, "three"));
        dict.putIfAbsent(1, "x");
        dict.get(2);
        assertThat(dict).containsExactly(entry(1, "one"), entry(2, "two"), entry(3, "three"));
        assertThat(stored()).isEqualTo(Map.of("1", "\"newer\"", "3", "\"three\""));
    }

    @Test
    void putsAndLetsTheWholeHashEndLater() {
        cache(Map.of(7, "other"));
        CachedOrderedDict<Integer, String> dict = dict(Duration.ofMinutes(5), 1);
        assertThat(dict.timeout()).isEqualTo(Duration.ofMinutes(5));
        assertThat(dict.put(1, "one")).isNull();
        assertThat(ttl()).isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5));
        for (Runnable call : List.<Runnable>of(
                () -> assertThat(dict.put(1, "uno")).isEqualTo("one"),
                () -> dict.putAll(Map.of(1, "eins", 2, "zwei")),
                () -> dict.putIfAbsent(3, "three"),
                () -> dict.computeIfAbsent(4, k -> "four"),
                () -> dict.entrySet().iterator().next().setValue("un"),
                () -> dict.replaceAll((k, v) -> v + "!"),
                () -> dict.merge(1, "x", String::concat))) {
            redis.execute("PEXPIRE", key, "10000");
            call.run();
            assertThat(ttl()).isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5));
        }
        assertThat(stored())
                .isEqualTo(Map.of(
                        "1", "\"un!x\"", "2", "\"zwei!\"", "3", "\"three!\"", "4", "\"four!\"", "7", "\"other\""));
    }

    @Test
    void endsAfterTheTimeoutUnlessRedisCannotHoldIt() {
        CachedOrderedDict<Integer, String> dict = dict(ChronoUnit.FOREVER.getDuration(), 1);
        dict.put(1, "one");
        dict.putIfAbsent(2, "two");
        assertThat(dict.timeToLive()).isEmpty();
        redis.execute("PEXPIRE", key, "10000");
        dict.put(1, "one");
        assertThat(ttl()).isLessThanOrEqualTo(Duration.ofSeconds(10));

        dict(Duration.ofNanos(1), 1).put(1, "short");
        assertThat((Long) redis.execute("PTTL", key)).isLessThanOrEqualTo(1);
    }

    @Test
    void refusesATimeoutThatIsOverAtOnce() {
        for (Duration timeout : List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofSeconds(Long.MIN_VALUE))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> dict(timeout, 1))
                    .withMessageContainingAll(key, "more than zero");
        }
    }

    @Test
    void takesOverWhatAnotherProcessHasStoredMeanwhile() {
        CachedOrderedDict<Integer, String> dict = dict(1, 2, 3, 4);
        cache(Map.of(1, "theirs", 2, "theirs"));
        redis.execute("HSET", key, "3", "null", "4", " null ");
        redis.execute("PEXPIRE", key, "10000");

        assertThat(dict.putIfAbsent(1, "mine")).isEqualTo("theirs");
        assertThat(dict.computeIfAbsent(2, k -> "mine")).isEqualTo("theirs");
        assertThat(ttl()).isLessThanOrEqualTo(Duration.ofSeconds(10));
        assertThat(dict.putIfAbsent(3, "mine")).isNull();
        assertThat(ttl()).isGreaterThan(Duration.ofSeconds(50));
        assertThat(dict.computeIfAbsent(4, k -> "mine")).isEqualTo("mine");
        assertThat(dict.computeIfAbsent(5, k -> null)).isNull();
        assertThat(dict).containsExactly(entry(1, "theirs"), entry(2, "theirs"), entry(3, "mine"), entry(4, "mine"));
        assertThat(dict.putIfAbsent(3, "x")).isEqualTo("mine");
        assertThat(dict.computeIfAbsent(3, k -> {
                    throw new AssertionError("called");
                }))
                .isEqualTo("mine");
        assertThat(stored()).isEqualTo(Map.of("1", "\"theirs\"", "2", "\"theirs\"", "3", "\"mine\"", "4", "\"mine\""));
    }

    @Test
    void removesFromRedisToo() {
        cache(Map.of(1, "one", 2, "two", 3, "three", 4, "four", 99, "another's"));
        CachedOrderedDict<Integer, String> dict = dict(1, 2, 3, 4, 5);
        cache(Map.of(5, "unseen"));
        assertThat(dict.remove(1)).isEqualTo("one");
        assertThat(dict.remove(5)).isNull();
        assertThat(dict.remove("1")).isNull();
        assertThat(dict.remove(null)).isNull();
        var entries = dict.entrySet().iterator();
        entries.next();
        entries.remove();
        assertThat(dict.keySet().removeAll(List.of(3, 99))).isTrue();
        assertThat(dict).containsExactly(entry(4, "four"));
        assertThat(dict.misses()).containsExactly(1, 2, 3, 5);
        assertThat(stored()).isEqualTo(Map.of("4", "\"four\"", "99", "\"another's\""));
    }

    @Test
    void clearsTheValuesOfItsKeysOnly() {
        cache(Map.of(1, "one", 2, "two", 99, "another's"));
        CachedOrderedDict<Integer, String> dict = dict(2, 1);
        cache(Map.of(3, "unseen"));
        dict.put(7, "seven");
        dict.clear();
        assertThat(dict).isEmpty();
        assertThat(dict.misses()).containsExactly(2, 1, 7);
        assertThat(stored()).isEqualTo(Map.of("3", "\"unseen\"", "99", "\"another's\""));
        dict().clear();
    }

    @Test
    void takesNullOfOthersForAMiss() {
        redis.execute("HSET", key, "1", "null", "2", "\"two\"");
        assertThat(dict(1, 2)).containsExactly(entry(2, "two"));
        assertThat(dict(1, 2).misses()).containsExactly(1);
    }

    @Test
    void takesNoNullButAnswersForIt() {
        CachedOrderedDict<Integer, String> dict = dict(1);
        for (Runnable call : List.<Runnable>of(
                () -> dict(1, null),
                () -> dict.put(null, "x"),
                () -> dict.put(1, null),
                () -> dict.putIfAbsent(1, null),
                () -> dict.putAll(nullValue()))) {
            assertThatNullPointerException().isThrownBy(call::run).withMessageContaining(key);
        }
        assertThat(dict.get(null)).isNull();
        assertThat(dict.containsKey(null)).isFalse();
        assertThat(dict.containsValue(null)).isFalse();
        assertThat(dict.get("1")).isNull();
        assertThat(stored()).isEmpty();
    }

    @Test
    void putsManyInOneStepAndRefusesTooMuch() {
        Map<Integer, String> many = new HashMap<>();
        IntStream.range(0, 5_000).forEach(i -> many.put(i, "v" + i));
        CachedOrderedDict<Integer, String> dict = dict();
        dict.putAll(many);
        assertThat(stored()).hasSize(5_000);
        Integer[] all = many.keySet().toArray(Integer[]::new);
        assertThat(dict(all)).isEqualTo(many).hasSameHashCodeAs(many);
        Map<Integer, String> tooMuch = new HashMap<>();
        String mebibyte = "x".repeat(1 << 20);
        IntStream.range(0, 65).forEach(i -> tooMuch.put(-i - 1, mebibyte));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dict.putAll(tooMuch))
                .withMessageContainingAll(key, "67108864");
        assertThat(dict).isEqualTo(many);
        dict.values().removeIf(value -> !value.equals("v7"));
        assertThat(stored()).isEqualTo(Map.of("7", "\"v7\""));
    }

    @Test
    void storesNothingThatCannotBeWritten() {
        CachedOrderedDict<String, Object> objects =
                pottery.cachedOrderedDict(key, String.class, Object.class, List.of("a"));
        assertThatExceptionOfType(UnencodableValueException.class)
                .isThrownBy(() -> objects.put("a", Double.NaN))
                .withMessageContaining(key);
        assertThatExceptionOfType(UnencodableValueException.class)
                .isThrownBy(() -> objects.hydrate(missing -> Map.of("a", Double.NaN)));
        assertThat(objects).isEmpty();
        assertThat(objects.misses()).containsExactly("a");
        assertThat(stored()).isEmpty();
    }

    @Test
    void keepsWhatItKnewWhenRedisRefuses() {
        CachedOrderedDict<Integer, String> dict = dict(1, 2);
        dict.put(1, "one");
        redis.execute("DEL", key);
        redis.execute("RPUSH", key, "x");
        for (Runnable call : List.<Runnable>of(
                () -> dict.put(1, "uno"),
                () -> dict.putIfAbsent(2, "two"),
                () -> dict.remove(1),
                dict::clear,
                () -> dict(1))) {
            assertThatExceptionOfType(WrongTypeException.class)
                    .isThrownBy(call::run)
                    .withMessageContaining("Expected a hash at '" + key + "', found a list");
        }
        assertThat(dict).containsExactly(entry(1, "one"));
        assertThat(dict.misses()).containsExactly(2);
    }

    @Test
    void namesTheKeyOfWhatItCannotRead() {
        redis.execute("HSET", key, "1", "{\"secret-canary");
        assertThatExceptionOfType(UndecodableValueException.class)
                .isThrownBy(() -> dict(1))
                .withMessageContaining(key)
                .withMessageNotContaining("secret-canary");
    }

    @Test
    void holdsGenericTypes() {
        CachedOrderedDict<String, List<Integer>> lists = pottery.cachedOrderedDict(
                key,
                pottery.json(String.class),
                pottery.json(new ParameterizedTypeReference<List<Integer>>() {}),
                List.of("a"),
                Duration.ofSeconds(5));
        lists.put("a", List.of(1, 2));
        assertThat(stored()).isEqualTo(Map.of("\"a\"", "[1, 2]"));
    }

    @Test
    void isIteratedOverWhileItChanges() {
        CachedOrderedDict<Integer, String> dict = dict(1, 2, 3);
        dict.putAll(Map.of(1, "a", 2, "b"));
        for (Map.Entry<Integer, String> each : dict.entrySet()) {
            dict.put(each.getKey() + 10, each.getValue());
            dict.remove(each.getKey());
        }
        assertThat(dict).containsExactly(entry(11, "a"), entry(12, "b"));
        assertThat(dict.misses()).containsExactly(1, 2, 3);
    }

    @Test
    void oneOfManyProcessesPutsWhatWasAbsent() {
        for (int round = 0; round < 50; round++) {
            int id = round;
            AtomicInteger winners = new AtomicInteger();
            Set<String> seen = ConcurrentHashMap.newKeySet();
            Threads.run(4, thread -> {
                CachedOrderedDict<Integer, String> dict = dict(id);
                String sooner = dict.putIfAbsent(id, "by" + thread);
                if (sooner == null && dict(id).get(id).equals("by" + thread)) {
                    winners.incrementAndGet();
                }
                seen.add(dict.computeIfAbsent(id, k -> "nobody"));
            });
            assertThat(seen).hasSize(1);
            assertThat(winners.get()).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void isSafeForManyThreads() {
        CachedOrderedDict<Integer, String> dict = dict();
        Threads.run(8, thread -> {
            for (int i = 0; i < 200; i++) {
                int id = thread * 1_000 + i;
                dict.put(id, "v" + id);
                dict.putIfAbsent(-1 - i, "shared");
                if (i % 20 == 0) {
                    assertThat(dict.entrySet().stream().filter(e -> e.getKey() / 1_000 == thread && e.getKey() >= 0))
                            .hasSize(i + 1);
                    dict.misses();
                }
            }
        });
        assertThat(dict).hasSize(8 * 200 + 200);
        assertThat(stored()).hasSize(8 * 200 + 200);
        assertThat(dict.misses()).isEmpty();
    }

    private static Map<Integer, String> nullValue() {
        Map<Integer, String> entries = new HashMap<>(Map.of(1, "one"));
        entries.put(2, null);
        return entries;
    }

    private CachedOrderedDict<Integer, String> dict(Integer... keys) {
        return pottery.cachedOrderedDict(key, Integer.class, String.class, Arrays.asList(keys));
    }

    private CachedOrderedDict<Integer, String> dict(Duration timeout, Integer... keys) {
        return pottery.cachedOrderedDict(key, Integer.class, String.class, Arrays.asList(keys), timeout);
    }

    /** Stores as another process would, without an end. */
    private void cache(Map<Integer, String> entries) {
        pottery.dict(key, Integer.class, String.class).putAll(entries);
    }

    private Map<String, String> stored() {
        return TestRedis.hash(key);
    }

    private Duration ttl() {
        return Duration.ofMillis((Long) redis.execute("PTTL", key));
    }

    @Test
    void hydratingKeepsWhatWasStoredWhileItWasLoading() {
        String name = TestRedis.freshKey();
        CachedOrderedDict<Integer, String> dict =
                TestRedis.pottery().cachedOrderedDict(name, Integer.class, String.class, List.of(1, 2, 3, 4));
        dict.hydrate(misses -> {
            TestRedis.pottery()
                    .cachedOrderedDict(name, Integer.class, String.class, List.of())
                    .put(1, "newer, from elsewhere");
            dict.put(2, "newer, from here");
            TestRedis.server().execute("HSET", name, "3", "null");
            return Map.of(1, "stale", 2, "stale", 3, "three", 4, "four");
        });
        Map<Integer, String> expected =
                Map.of(1, "newer, from elsewhere", 2, "newer, from here", 3, "three", 4, "four");
        assertThat(dict).isEqualTo(expected);
        assertThat(TestRedis.pottery().dict(name, Integer.class, String.class)).isEqualTo(expected);
    }
}
