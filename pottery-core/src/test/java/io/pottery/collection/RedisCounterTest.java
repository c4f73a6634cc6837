package io.pottery.collection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.entry;

import io.pottery.PotteryFactory;
import io.pottery.error.KeyExistsException;
import io.pottery.error.PotteryException;
import io.pottery.error.UndecodableValueException;
import io.pottery.error.UnencodableValueException;
import io.pottery.error.WrongTypeException;
import io.pottery.key.InefficientAccessListener;
import io.pottery.testing.TestRedis;
import io.pottery.testredis.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;

class RedisCounterTest {

    private final PotteryFactory pottery = TestRedis.pottery();
    private final RedisServer redis = TestRedis.server();
    private final String key = TestRedis.freshKey();
    private final RedisCounter<String> counter = pottery.counter(key, String.class);

    @Test
    void doesWhatTheReadmeOfPythonShows() {
        RedisCounter<String> c = counter;
        c.populate(List.of("eggs", "ham"));
        assertThat(c.count("bacon")).isZero();
        c.set("sausage", 0L);
        assertThat(c.remove("sausage")).isZero();
        c.clear();

        c.populate(Map.of("a", 4L, "b", 2L, "c", 0L, "d", -2L));
        assertThat(c.elements()).containsExactlyInAnyOrder("a", "a", "a", "a", "b", "b");
        c.clear();

        c.populate(letters("abracadabra"));
        assertThat(c.mostCommon(3)).containsExactly(entry("a", 5L), entry("b", 2L), entry("r", 2L));
        c.clear();

        c.populate(Map.of("a", 4L, "b", 2L, "c", 0L, "d", -2L));
        c.subtract(Map.of("a", 1L, "b", 2L, "c", 3L, "d", 4L));
        assertThat(c).isEqualTo(Map.of("a", 3L, "b", 0L, "c", -3L, "d", -6L));
    }

    @Test
    void counts() {
        assertThat(counter.increment("a")).isEqualTo(1);
        assertThat(counter.increment("a", 4)).isEqualTo(5);
        assertThat(counter.decrement("a")).isEqualTo(4);
        assertThat(counter.decrement("a", 6)).isEqualTo(-2);
        assertThat(counter.increment("zero", 0)).isZero();
        assertThat(counter.count("a")).isEqualTo(-2);
        assertThat(counter.count(null)).isZero();
        assertThat(counter.count(5)).isZero();
        assertThat(TestRedis.hash(key)).isEqualTo(Map.of("\"a\"", "-2", "\"zero\"", "0"));
        assertThat(counter.get("b")).isNull();
    }

    @Test
    void countsTheWholeRangeOfALongExactly() {
        counter.put("a", Long.MAX_VALUE - 1);
        assertThat(counter.increment("a")).isEqualTo(Long.MAX_VALUE);
        counter.put("b", -1L);
        assertThat(counter.increment("b", Long.MIN_VALUE + 1)).isEqualTo(Long.MIN_VALUE);
        counter.put("c", 9_007_199_254_740_993L);
        counter.addAll(List.of("c", "d"));
        assertThat(counter.count("c")).isEqualTo(9_007_199_254_740_994L);
        counter.subtract(Map.of("c", Long.MAX_VALUE, "d", -(Long.MAX_VALUE - 1)));
        assertThat(counter.count("c")).isEqualTo(9_007_199_254_740_994L - Long.MAX_VALUE);
        assertThat(counter.count("d")).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void changesNothingThatWouldOverflow() {
        counter.populate(Map.of("max", Long.MAX_VALUE, "min", Long.MIN_VALUE, "a", 1L));
        Map<String, String> before = TestRedis.hash(key);
        Map<String, Long> rest = new HashMap<>(numbered(2_500));
        rest.put("a", 5L);
        rest.put("max", 1L);
        for (Runnable call : List.<Runnable>of(
                () -> counter.increment("max"),
                () -> counter.decrement("min"),
                () -> counter.decrement("absent", Long.MIN_VALUE),
                () -> counter.addAll(rest),
                () -> counter.subtract(List.of("new", "a", "min")),
                () -> counter.subtract(Map.of("a", Long.MIN_VALUE)),
                () -> counter.plusInPlace(Map.of("max", 1L, "new", 1L)),
                () -> counter.minusInPlace(Map.of("min", 1L)),
                () -> counter.plus(Map.of("max", 1L)),
                counter::negative)) {
            assertThatExceptionOfType(ArithmeticException.class)
                    .isThrownBy(call::run)
                    .withMessageContainingAll(key, "64 bits", "RedisDict<E, BigInteger>");
            assertThat(TestRedis.hash(key)).isEqualTo(before);
        }
    }

    @Test
    void readsWholeFloatsExactly() {
        redis.execute("HSET", key, "\"a\"", "3.0", "\"b\"", "1e+16", "\"c\"", " 3 ", "\"d\"", "null", "\"e\"", "-0.0");
        assertThat(counter.toMap()).containsEntry("a", 3L).containsEntry("b", 10_000_000_000_000_000L);
        assertThat(counter.total()).isEqualTo(10_000_000_000_000_006L);
        assertThat(counter.increment("a")).isEqualTo(4);
        assertThat(counter.increment("b")).isEqualTo(10_000_000_000_000_001L);
        assertThat(counter.decrement("c", 4)).isEqualTo(-1);
        assertThat(counter.increment("d")).isEqualTo(1);
        assertThat(counter.increment("e")).isEqualTo(1);
        assertThat(TestRedis.hash(key))
                .isEqualTo(
                        Map.of("\"a\"", "4", "\"b\"", "10000000000000001", "\"c\"", "-1", "\"d\"", "1", "\"e\"", "1"));
    }

    @Test
    void addsToWholeFloatsAndNullsInOneStep() {
        redis.execute("HSET", key, "\"a\"", "3.0", "\"b\"", " 7", "\"c\"", "null", "\"d\"", "1");
        counter.addAll(Map.of("a", 1L, "b", 2L, "c", 3L, "d", 4L, "e", 5L));
        assertThat(TestRedis.hash(key))
                .isEqualTo(Map.of("\"a\"", "4", "\"b\"", "9", "\"c\"", "3", "\"d\"", "5", "\"e\"", "5"));
        redis.execute("HSET", key, "\"a\"", "9.223372036854774784e18");
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> counter.addAll(Map.of("d", 1L, "new", 1L, "a", 2_000L)))
                .withMessageContaining(key);
        assertThat(TestRedis.hash(key)).containsEntry("\"d\"", "5").doesNotContainKey("\"new\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2.5",
                "\"secret-canary\"",
                "9223372036854775808",
                "-9223372036854775809",
                "9.223372036854775808e18",
                "1e+400",
                "NaN",
                "Infinity",
                "true",
                "[1.0]",
                "x"
            })
    void refusesWhatIsNoCount(String stored) {
        redis.execute("HSET", key, "\"bad\"", stored, "\"good\"", "1");
        Map<String, String> before = TestRedis.hash(key);
        for (Runnable call : List.<Runnable>of(
                () -> counter.count("bad"),
                () -> counter.increment("bad"),
                () -> counter.addAll(Map.of("good", 1L, "new", 1L, "bad", 1L)),
                () -> counter.subtract(List.of("new", "bad", "good")),
                () -> counter.plusInPlace(Map.of("good", 1L)),
                counter::mostCommon,
                counter::total)) {
            assertThatExceptionOfType(UndecodableValueException.class)
                    .isThrownBy(call::run)
                    .withMessageContaining(key)
                    .withMessageNotContaining("secret-canary");
            assertThat(TestRedis.hash(key)).isEqualTo(before);
        }
    }

    @Test
    void readsMinus2To63AsAFloat() {
        redis.execute("HSET", key, "\"min\"", "-9.223372036854775808e18");
        assertThat(counter.count("min")).isEqualTo(Long.MIN_VALUE);
        assertThat(counter.increment("min")).isEqualTo(Long.MIN_VALUE + 1);
    }

    @Test
    void addsEachElementAsOftenAsItComes() {
        counter.populate(letters("abracadabra"));
        counter.addAll(letters("aab"));
        assertThat(counter).isEqualTo(Map.of("a", 7L, "b", 3L, "c", 1L, "d", 1L, "r", 2L));
        counter.subtract(letters("aaaaaaaarz"));
        assertThat(counter).isEqualTo(Map.of("a", -1L, "b", 3L, "c", 1L, "d", 1L, "r", 1L, "z", -1L));
    }

    @Test
    void addsElementsWithTheSameBytesTogether() {
        RedisCounter<Object> objects = pottery.counter(key, Object.class);
        objects.addAll(List.of(1, 1L, "1"));
        assertThat(TestRedis.hash(key)).isEqualTo(Map.of("1", "2", "\"1\"", "1"));
    }

    @Test
    void addsManyInOneStep() {
        counter.put("n7", 100L);
        counter.addAll(numbered(25_000));
        assertThat(counter).hasSize(25_000);
        assertThat(counter.count("n7")).isEqualTo(107);
        assertThat(counter.count("n24999")).isEqualTo(24_999);
    }

    @Test
    void refusesToAddMoreThanOneStepTakes() {
        List<String> tooMuch =
                IntStream.range(0, 65).mapToObj(i -> i + "x".repeat(1 << 20)).toList();
        Map<String, Long> counts = new HashMap<>();
        tooMuch.forEach(element -> counts.put(element, 1L));
        for (Runnable call : List.<Runnable>of(
                () -> counter.addAll(tooMuch), () -> counter.populate(tooMuch), () -> counter.plusInPlace(counts))) {
            assertThatIllegalArgumentException().isThrownBy(call::run).withMessageContainingAll(key, "67108864");
        }
        assertThat(counter).isEmpty();
    }

    @Test
    void doesNothingForNothing() {
        redis.execute("RPUSH", key, "not even asked");
        counter.addAll(List.of());
        counter.addAll(Map.of());
        counter.subtract(List.of());
        counter.subtract(Map.of());
    }

    @Test
    void takesCountersAndItselfAsArguments() {
        RedisCounter<String> other = pottery.counter(TestRedis.freshKey(), String.class);
        other.populate(Map.of("b", 2L, "c", 3L));
        redis.execute("HSET", other.key(), "\"null\"", "null");
        RedisDict<String, Long> dict = pottery.dict(other.key(), String.class, Long.class);
        counter.populate(Map.of("a", 1L));
        counter.addAll(other);
        counter.addAll(dict);
        assertThat(counter).isEqualTo(Map.of("a", 1L, "b", 4L, "c", 6L));
        counter.addAll(counter);
        assertThat(counter).isEqualTo(Map.of("a", 2L, "b", 8L, "c", 12L));
        counter.addAll(counter.keySet());
        counter.plusInPlace(counter);
        assertThat(counter).isEqualTo(Map.of("a", 6L, "b", 18L, "c", 26L));
        assertThat(counter.isSubsetOf(counter)).isTrue();
        assertThat(counter.minus(counter)).isEmpty();
        assertThat(counter.intersection(dict)).isEqualTo(Map.of("b", 2L, "c", 3L));
        counter.minusInPlace(other);
        assertThat(counter).isEqualTo(Map.of("a", 6L, "b", 16L, "c", 23L));
        counter.subtract(counter);
        assertThat(counter).isEqualTo(Map.of("a", 0L, "b", 0L, "c", 0L));
        counter.minusInPlace(counter);
        assertThat(counter).isEmpty();
    }

    @Test
    void populatesByCountingOnlyAKeyThatDoesNotExist() {
        counter.populate(letters("aab"));
        assertThatExceptionOfType(KeyExistsException.class)
                .isThrownBy(() -> counter.populate(letters("c")))
                .withMessageContaining(key);
        assertThat(counter).isEqualTo(Map.of("a", 2L, "b", 1L));
    }

    @Test
    void combinesCounts() {
        counter.populate(Map.of("a", 3L, "b", -2L, "c", 0L, "d", 7L));
        redis.execute("HSET", key, "\"null\"", "null");
        Map<String, Long> other = Map.of("a", 1L, "b", 4L, "d", 9L, "e", 2L, "f", -5L);
        assertThat(counter.plus(other)).isEqualTo(Map.of("a", 4L, "b", 2L, "d", 16L, "e", 2L));
        assertThat(counter.minus(other)).isEqualTo(Map.of("a", 2L, "f", 5L));
        assertThat(counter.union(other)).isEqualTo(Map.of("a", 3L, "b", 4L, "d", 9L, "e", 2L));
        assertThat(counter.intersection(other)).isEqualTo(Map.of("a", 1L, "d", 7L));
        assertThat(counter.positive()).isEqualTo(Map.of("a", 3L, "d", 7L));
        assertThat(counter.negative()).isEqualTo(Map.of("b", 2L));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> counter.plus(other).put("x", 1L));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> counter.mostCommon().remove(0));
        assertThat(counter).hasSize(5);
    }

    @Test
    void comparesAsMultisets() {
        counter.populate(Map.of("a", 3L, "b", -2L));
        assertThat(counter.isSubsetOf(Map.of("a", 3L))).isTrue();
        assertThat(counter.isSubsetOf(Map.of("a", 2L))).isFalse();
        assertThat(counter.isSubsetOf(Map.of("a", 4L, "c", -1L))).isFalse();
        assertThat(counter.isSupersetOf(Map.of("a", 3L, "b", -2L))).isTrue();
        assertThat(counter.isSupersetOf(Map.of("a", 3L))).isFalse();
        assertThat(counter.isSupersetOf(Map.of("b", -3L))).isTrue();
        assertThat(counter.isSupersetOf(Map.of("b", -3L, "c", 1L))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"plus, a=4 b=2 d=16 e=2", "minus, a=2 f=5", "union, a=3 b=4 d=9 e=2", "intersection, a=1 d=7"})
    void combinesInPlaceAndTakesAwayWhatIsNotPositive(String operation, String expected) {
        counter.populate(Map.of("a", 3L, "b", -2L, "c", 0L, "d", 7L));
        redis.execute("HSET", key, "\"null\"", "null");
        Map<String, Long> other = Map.of("a", 1L, "b", 4L, "d", 9L, "e", 2L, "f", -5L);
        switch (operation) {
            case "plus" -> counter.plusInPlace(other);
            case "minus" -> counter.minusInPlace(other);
            case "union" -> counter.unionInPlace(other);
            default -> counter.intersectionInPlace(other);
        }
        Map<String, Long> counts = new HashMap<>();
        Arrays.stream(expected.split(" "))
                .map(pair -> pair.split("="))
                .forEach(pair -> counts.put(pair[0], Long.parseLong(pair[1])));
        assertThat(counter).isEqualTo(counts);
    }

    @Test
    void combinesInPlaceWithNothing() {
        counter.plusInPlace(Map.of());
        counter.intersectionInPlace(Map.of("a", 1L));
        assertThat(counter).isEmpty();
        counter.plusInPlace(Map.of("a", 1L, "b", -1L));
        assertThat(counter).isEqualTo(Map.of("a", 1L));
        counter.intersectionInPlace(Map.of());
        assertThat(counter).isEmpty();
    }

    @Test
    void findsTheMostCommon() {
        counter.populate(Map.of("a", 3L, "b", -2L, "c", 0L, "d", 7L));
        assertThat(counter.mostCommon())
                .containsExactly(entry("d", 7L), entry("a", 3L), entry("c", 0L), entry("b", -2L));
        assertThat(counter.mostCommon(0)).isEmpty();
        assertThat(counter.mostCommon(2)).containsExactly(entry("d", 7L), entry("a", 3L));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> counter.mostCommon(-1))
                .withMessageContaining(key);
    }

    @Test
    void keepsTheOrderOfEqualCounts() {
        RedisCounter<String> same = pottery.counter(TestRedis.freshKey(), String.class);
        IntStream.range(0, 100).forEach(i -> same.set("n" + i, 1L));
        assertThat(same.mostCommon().stream().map(Map.Entry::getKey)).containsExactlyElementsOf(same.keySet());
    }

    @Test
    void repeatsElementsLazilyFromOneMoment() {
        counter.populate(Map.of("a", Long.MAX_VALUE));
        var elements = counter.elements();
        counter.put("a", 1L);
        assertThat(elements.limit(3)).containsExactly("a", "a", "a");
        counter.put("a", Long.MAX_VALUE);
        assertThat(counter.elements().iterator().next()).isEqualTo("a");
    }

    @Test
    void addsUpItsTotalExactly() {
        assertThat(counter.total()).isZero();
        counter.populate(Map.of("a", Long.MAX_VALUE, "b", 5L, "c", -5L));
        assertThat(counter.total()).isEqualTo(Long.MAX_VALUE);
        counter.increment("b");
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(counter::total)
                .withMessageContaining(key);
        counter.putAll(Map.of("a", Long.MIN_VALUE, "b", 0L, "c", 0L));
        assertThat(counter.total()).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void keepsItsTimeToLiveThroughEveryChange() {
        counter.populate(Map.of("a", 4L, "b", 5L, "max", Long.MAX_VALUE));
        redis.execute("HSET", key, "\"f\"", "3.0");
        counter.expire(Duration.ofHours(1));
        counter.increment("a");
        counter.increment("f");
        redis.execute("HSET", key, "\"f\"", "3.0");
        counter.decrement("a", 2);
        counter.addAll(List.of("a", "f", "x"));
        counter.subtract(Map.of("a", 1L));
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> counter.addAll(Map.of("new", 1L, "max", 1L)));
        counter.unionInPlace(Map.of("b", 9L));
        counter.intersectionInPlace(Map.of("a", 9L, "b", 9L));
        counter.plusInPlace(Map.of("a", 9L));
        counter.minusInPlace(Map.of("b", 1L));
        assertThat(counter).isEqualTo(Map.of("a", 12L, "b", 8L));
        assertThat(counter.timeToLive())
                .get()
                .satisfies(ttl -> assertThat(ttl).isBetween(Duration.ofMinutes(50), Duration.ofHours(1)));
    }

    @Test
    void tellsOfAnotherTypeAtItsKey() {
        redis.execute("RPUSH", key, "x");
        for (Runnable call : List.<Runnable>of(
                () -> counter.increment("a"),
                () -> counter.addAll(List.of("a")),
                () -> counter.subtract(Map.of("a", 1L)),
                () -> counter.plusInPlace(Map.of("a", 1L)),
                counter::total)) {
            assertThatExceptionOfType(WrongTypeException.class)
                    .isThrownBy(call::run)
                    .withMessageContaining("Expected a hash at '" + key + "', found a list");
        }
        assertThat(redis.execute("LRANGE", key, "0", "-1")).isEqualTo(List.of("x"));
    }

    @Test
    void takesNoNull() {
        counter.put("a", 1L);
        Map<String, Long> withNull = Collections.singletonMap("a", null);
        for (Runnable call : List.<Runnable>of(
                () -> counter.increment(null),
                () -> counter.addAll(Arrays.asList("a", null)),
                () -> counter.addAll(withNull),
                () -> counter.subtract(withNull),
                () -> counter.plus(withNull),
                () -> counter.plusInPlace(withNull),
                () -> counter.isSubsetOf(withNull),
                () -> counter.populate(Arrays.asList("a", null)))) {
            assertThatNullPointerException().isThrownBy(call::run).withMessageContaining(key);
        }
        assertThat(counter).isEqualTo(Map.of("a", 1L));
    }

    @Test
    void countsNothingThatCannotBeWritten() {
        RedisCounter<Object> objects = pottery.counter(key, Object.class);
        for (Runnable call : List.<Runnable>of(
                () -> objects.increment(Double.NaN),
                () -> objects.addAll(List.of("a", Double.NaN)),
                () -> objects.unionInPlace(Map.of("a", 1L, Double.NaN, 1L)))) {
            assertThatExceptionOfType(UnencodableValueException.class)
                    .isThrownBy(call::run)
                    .withMessageContaining(key);
        }
        assertThat(objects).isEmpty();
    }

    @Test
    void isAnotherHandleOfTheSameCounter() {
        List<String> told = new ArrayList<>();
        PotteryFactory listening = PotteryFactory.builder(TestRedis.connections())
                .inefficientAccess((call, on) -> told.add(call))
                .build();
        assertThat(listening.counter(key, String.class)).isEqualTo(counter);
        assertThat(told).isEmpty();
        RedisCounter<String> same = listening.counter(key, String.class);
        same.elements();
        same.total();
        same.mostCommon();
        same.plus(Map.of());
        same.minusInPlace(Map.of());
        same.isSubsetOf(Map.of());
        same.toMap();
        assertThat(told)
                .containsExactly(
                        "RedisCounter.elements",
                        "RedisCounter.total",
                        "RedisCounter.mostCommon",
                        "RedisCounter.plus",
                        "RedisCounter.minusInPlace",
                        "RedisCounter.isSubsetOf",
                        "RedisCounter.toMap");
    }

    @Test
    void canBeRefusedToReadEverything() {
        RedisCounter<String> refusing = PotteryFactory.builder(TestRedis.connections())
                .inefficientAccess(InefficientAccessListener.refuse())
                .build()
                .counter(key, String.class);
        refusing.addAll(List.of("a"));
        assertThat(refusing.increment("a")).isEqualTo(2);
        assertThatExceptionOfType(PotteryException.class)
                .isThrownBy(() -> refusing.plusInPlace(Map.of("a", 1L)))
                .withMessageContaining("RedisCounter.plusInPlace");
        assertThat(counter).isEqualTo(Map.of("a", 2L));
    }

    @Test
    void countsOnJedisToo() {
        JedisConnectionFactory jedis =
                new JedisConnectionFactory(new RedisStandaloneConfiguration(redis.host(), redis.port()));
        jedis.afterPropertiesSet();
        jedis.start();
        try {
            RedisCounter<String> c = PotteryFactory.create(jedis).counter(key, String.class);
            redis.execute("HSET", key, "\"f\"", "3.0", "\"max\"", Long.toString(Long.MAX_VALUE), "\"bad\"", "2.5");
            assertThat(c.increment("a", 2)).isEqualTo(2);
            assertThat(c.increment("f")).isEqualTo(4);
            assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> c.increment("max"));
            assertThatExceptionOfType(UndecodableValueException.class).isThrownBy(() -> c.increment("bad"));
            assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> c.addAll(Map.of("a", 1L, "max", 1L)));
            c.keySet().remove("bad");
            c.addAll(Map.of("a", 1L, "b", 1L));
            c.intersectionInPlace(Map.of("a", 2L, "b", 5L));
            assertThat(c).isEqualTo(Map.of("a", 2L, "b", 1L));
        } finally {
            jedis.destroy();
        }
    }

    private static List<String> letters(String text) {
        return text.chars().mapToObj(Character::toString).toList();
    }

    private static Map<String, Long> numbered(int count) {
        Map<String, Long> counts = new HashMap<>();
        IntStream.range(0, count).forEach(i -> counts.put("n" + i, (long) i));
        return counts;
    }
}
