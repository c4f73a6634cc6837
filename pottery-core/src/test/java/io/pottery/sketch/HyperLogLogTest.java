package io.pottery.sketch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.pottery.PotteryFactory;
import io.pottery.error.KeyExistsException;
import io.pottery.error.PotteryException;
import io.pottery.error.UnencodableValueException;
import io.pottery.error.WrongTypeException;
import io.pottery.testing.TestRedis;
import io.pottery.testing.Threads;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

class HyperLogLogTest {

    private final String key = TestRedis.freshKey();
    private final HyperLogLog<Integer> counted = open(key);
    private final HyperLogLog<Integer> other = open("{" + key + "}2");
    private final HyperLogLog<Integer> third = open("{" + key + "}3");

    @Test
    void countsDifferentElements() {
        assertThat(counted.add(1)).isTrue();
        assertThat(counted.add(1)).isFalse();
        assertThat(counted.count()).isEqualTo(1);
        assertThat(counted.addAll(List.of(2, 3, 2))).isTrue();
        assertThat(counted.addAll(List.of(3, 2, 1))).isFalse();
        assertThat(counted.count()).isEqualTo(3);
        assertThat(counted.mightContain(3)).isTrue();
        assertThat(counted.mightContain(4)).isFalse();
        assertThat(counted.containsMany(List.of(4, 3, 3, 5, 1))).containsExactly(false, true, true, false, true);
        assertThat(counted).hasToString("HyperLogLog '" + key + "'");
    }

    @Test
    void isEmptyWithoutAKey() {
        assertThat(counted.count()).isZero();
        assertThat(counted.mightContain(1)).isFalse();
        assertThat(counted.containsMany(List.of(1, 2))).containsExactly(false, false);
        assertThat(counted.containsMany(List.of())).isEmpty();
        assertThat(counted.addAll(List.of())).isFalse();
        assertThat(counted.mergeWith()).isZero();
        assertThat(counted.mergeWith(other, third)).isZero();
        assertThat(counted.countWith(other)).isZero();
        counted.clear();
        assertThat(exists(key)).isFalse();
    }

    @Test
    void nullIsNeverInItAndNeverComesIn() {
        counted.add(1);
        assertThat(counted.mightContain(null)).isFalse();
        assertThat(counted.containsMany(Arrays.asList(null, 1))).containsExactly(false, true);
        assertThatNullPointerException()
                .isThrownBy(() -> counted.add(null))
                .withMessage("An element of '%s' must not be null", key);
        assertThatNullPointerException().isThrownBy(() -> counted.addAll(Arrays.asList(2, null)));
        assertThat(counted.count()).isEqualTo(1);
    }

    @Test
    void whatCannotBeWrittenIsNotInIt() {
        HyperLogLog<Double> doubles = TestRedis.pottery().hyperLogLog(key, Double.class);
        assertThat(doubles.mightContain(Double.NaN)).isFalse();
        assertThatExceptionOfType(UnencodableValueException.class)
                .isThrownBy(() -> doubles.addAll(List.of(1.0, Double.NaN)))
                .withMessageContaining(key);
        assertThat(exists(key)).isFalse();
    }

    @Test
    void isRightWithinTwoPercent() {
        for (int from = 0; from < 1_000_000; from += 100_000) {
            counted.addAll(numbers(from, from + 100_000));
            int size = from + 100_000;
            assertThat((double) counted.count()).isBetween(0.98 * size, 1.02 * size);
        }
        assertThat((Long) TestRedis.server().execute("STRLEN", key)).isLessThanOrEqualTo(12_304);
    }

    /** Redis says of each of 100,000 elements whether adding it to a copy would change that. */
    @ParameterizedTest
    @CsvSource({
        "0, 1",
        "1, 1",
        "100, 1",
        "1200, 1",
        "2000, 0",
        "10000, 0",
        "30000, 0",
        "100000, 0",
        "300000, 0",
        "1000000, 0"
    })
    void decidesAsRedisDoes(int added, int encoding) {
        TestRedis.server().execute("PFADD", key);
        counted.addAll(numbers(0, added));
        assertThat(counted.redis().opsForValue().get(key)[4]).isEqualTo((byte) encoding);
        List<Integer> asked = numbers(995_000, 1_005_000);
        assertThat(counted.containsMany(asked)).isEqualTo(asRedisDecides(asked));
    }

    /** One bit after the other is set in few of the hashes. */
    @Test
    void decidesAsRedisDoesOnWhateverItHolds() {
        HyperLogLog<String> texts = TestRedis.pottery().hyperLogLog(key, String.class);
        for (int length = 0; length < 70; length++) {
            String text = "x".repeat(length);
            assertThat(texts.mightContain(text)).isFalse();
            assertThat(texts.add(text)).isTrue();
            assertThat(texts.mightContain(text)).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"100, 0.001, 0.005", "1000, 0.03, 0.05", "10000, 0.29, 0.33", "100000, 0.86, 0.90", "1000000, 0.98, 1"})
    void isAsOftenWrongAsIsTold(int added, double least, double most) {
        counted.addAll(numbers(0, added));
        int asked = 50_000;
        long wrong = counted.containsMany(numbers(added, added + asked)).stream()
                .filter(found -> found)
                .count();
        assertThat(wrong / (double) asked).isBetween(least, most);
        assertThat(counted.containsMany(numbers(0, added))).containsOnly(true);
    }

    @Test
    void askingWritesNothing() {
        counted.addAll(numbers(0, 100));
        Object before = TestRedis.server().execute("DUMP", key);
        counted.containsMany(numbers(0, 1_000));
        assertThat(TestRedis.server().execute("DUMP", key)).isEqualTo(before);
        assertThat(TestRedis.server().execute("KEYS", "*" + key + "*")).isEqualTo(List.of(key));
    }

    @Test
    void mergesOthers() {
        counted.addAll(numbers(0, 100));
        other.addAll(numbers(50, 200));
        third.addAll(numbers(200, 250));
        counted.expire(Duration.ofHours(1));
        assertThat(counted.countWith(other, third)).isBetween(245L, 255L);
        assertThat(counted.count()).isBetween(98L, 102L);
        assertThat(counted.mergeWith(other, third)).isBetween(245L, 255L).isEqualTo(counted.count());
        assertThat(counted.containsMany(numbers(0, 250))).containsOnly(true);
        assertThat(other.count()).isBetween(147L, 153L);
        assertThat(counted.timeToLive()).isPresent();
        assertThat(other.timeToLive()).isEmpty();
    }

    @Test
    void storesUnions() {
        counted.addAll(numbers(0, 100));
        other.addAll(numbers(100, 200));
        third.addAll(numbers(1_000, 2_000));
        third.expire(Duration.ofHours(1));
        assertThat(counted.unionInto(third, other)).isBetween(196L, 204L).isEqualTo(third.count());
        assertThat(third.containsMany(numbers(0, 200))).containsOnly(true);
        assertThat(third.containsMany(numbers(1_000, 2_000))).contains(false);
        assertThat(third.timeToLive()).as("stays").isPresent();
        assertThat(counted.unionInto(other, other)).isBetween(196L, 204L);
        assertThat(counted.unionInto(third)).isEqualTo(counted.count()).isEqualTo(third.count());
    }

    @Test
    void storesNoEmptyUnion() {
        third.add(1);
        assertThat(counted.unionInto(third, other)).isZero();
        assertThat(exists(third.key())).isFalse();
    }

    static Stream<Consumer<HyperLogLog<Integer>>> calls() {
        return Stream.of(
                counted -> counted.add(1),
                counted -> counted.addAll(List.of(1, 2)),
                HyperLogLog::count,
                counted -> counted.mightContain(1),
                counted -> counted.containsMany(List.of(1, 2)),
                counted -> counted.countWith(counted),
                HyperLogLog::mergeWith,
                counted -> counted.unionInto(counted));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void refusesAnotherType(Consumer<HyperLogLog<Integer>> call) {
        TestRedis.server().execute("RPUSH", key, "1");
        assertThatExceptionOfType(WrongTypeException.class)
                .isThrownBy(() -> call.accept(counted))
                .withMessageContaining("Expected a string at '%s', found a list", key);
        assertThatExceptionOfType(WrongTypeException.class).isThrownBy(counted::clear);
    }

    @ParameterizedTest
    @MethodSource("calls")
    void refusesAStringThatIsNone(Consumer<HyperLogLog<Integer>> call) {
        TestRedis.server().execute("SET", key, "secret");
        assertThatExceptionOfType(WrongTypeException.class)
                .isThrownBy(() -> call.accept(counted))
                .withMessageStartingWith("Expected a HyperLogLog at '%s', found a string that is none", key)
                .withMessageNotContaining("secret");
        assertThat(TestRedis.server().execute("GET", key)).isEqualTo("secret");
    }

    @Test
    void refusesADamagedOne() {
        damage(counted);
        String message = "Expected a HyperLogLog at %s, found a string that is none, or a damaged one";
        assertThatExceptionOfType(WrongTypeException.class)
                .isThrownBy(() -> counted.mightContain(1))
                .withMessage(
                        message + " (its runs of registers have no end): use another name, or clear() it",
                        "'" + key + "'");
        assertThatExceptionOfType(WrongTypeException.class)
                .isThrownBy(() -> counted.countWith(counted))
                .withMessageStartingWith(message, "'" + key + "'");
        other.add(1);
        assertThatExceptionOfType(WrongTypeException.class)
                .isThrownBy(() -> other.mergeWith(counted))
                .withMessageStartingWith(message, "'" + other.key() + "' or '" + key + "'");
        assertThat(other.count()).isEqualTo(1);
        counted.clear();
        assertThat(counted.add(1)).isTrue();
    }

    /** Of one, Redis tells the count that it remembers, and does not look. */
    @Test
    void aDamagedOneThatWasCountedBeforeTakesNothingAway() {
        damage(counted);
        assertThat(counted.count()).isPositive();
        third.addAll(numbers(0, 10));
        assertThatExceptionOfType(WrongTypeException.class).isThrownBy(() -> counted.unionInto(third));
        assertThat(third.count()).isEqualTo(10);
    }

    /** It need not come here to be refused. */
    @Test
    void readsNoMoreThanAHyperLogLogCanHave() {
        TestRedis.server().execute("SETRANGE", key, "100000000", "x");
        assertThatExceptionOfType(WrongTypeException.class).isThrownBy(() -> counted.mightContain(1));
        TestRedis.server().execute("SETRANGE", key, "0", "HYLL");
        assertThatExceptionOfType(WrongTypeException.class)
                .isThrownBy(() -> counted.mightContain(1))
                .withMessageContaining("it has not as many registers as it should");
        counted.clear();
    }

    private static void damage(HyperLogLog<Integer> whole) {
        whole.addAll(numbers(0, 100));
        whole.count();
        byte[] stored = whole.redis().opsForValue().get(whole.key());
        whole.redis().opsForValue().set(whole.key(), Arrays.copyOf(stored, stored.length - 1));
    }

    @Test
    void aUnionThatFailsChangesNothing() {
        counted.add(1);
        TestRedis.server().execute("SET", other.key(), "none");
        third.add(3);
        third.count(); // which the server remembers
        Object before = TestRedis.server().execute("DUMP", third.key());
        assertThatExceptionOfType(WrongTypeException.class)
                .isThrownBy(() -> counted.unionInto(third, other))
                .withMessageContainingAll(key, other.key());
        assertThat(TestRedis.server().execute("DUMP", third.key())).isEqualTo(before);
        assertThatExceptionOfType(WrongTypeException.class).isThrownBy(() -> counted.unionInto(other));
        assertThat(TestRedis.server().execute("GET", other.key())).isEqualTo("none");
    }

    @Test
    void countsNothingTogetherThatLiesElsewhere() {
        LettuceConnectionFactory elsewhere = TestRedis.connect(TestRedis.server());
        try {
            HyperLogLog<Integer> far = PotteryFactory.create(elsewhere).hyperLogLog(key + "x", Integer.class);
            for (Consumer<HyperLogLog<Integer>> call : List.<Consumer<HyperLogLog<Integer>>>of(
                    counted::mergeWith, counted::countWith, counted::unionInto)) {
                assertThatExceptionOfType(PotteryException.class)
                        .isThrownBy(() -> call.accept(far))
                        .withMessageContainingAll("'" + key + "'", "'" + key + "x'", "{hash tag}");
            }
        } finally {
            elsewhere.destroy();
        }
    }

    @Test
    void populatesWhatDoesNotExist() {
        counted.populate(numbers(0, 2_500));
        assertThat((double) counted.count()).isBetween(2_450.0, 2_550.0);
        assertThatExceptionOfType(KeyExistsException.class)
                .isThrownBy(() -> counted.populate(List.of(1)))
                .withMessageContaining(key);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> other.populate(numbers(0, 1_000_001)))
                .withMessageContaining("1000001 elements");
        other.populate(List.of());
        assertThat(exists(other.key())).isFalse();
    }

    @Test
    void losesNothingThatManyThreadsAdd() {
        Threads.run(8, thread -> {
            for (int from = 0; from < 3_000; from += 500) {
                int start = thread * 3_000 + from;
                counted.addAll(numbers(start, start + 490));
                numbers(start + 490, start + 500).forEach(counted::add);
            }
        });
        assertThat(counted.containsMany(numbers(0, 24_000))).containsOnly(true);
        other.addAll(numbers(0, 24_000));
        assertThat(counted.count()).isEqualTo(other.count());
    }

    private List<Boolean> asRedisDecides(List<Integer> asked) {
        String script = """
                local copy = KEYS[1] .. ':copy'
                redis.call('COPY', KEYS[1], copy)
                local decided = {}
                for i = 1, #ARGV do
                    decided[i] = '1'
                    if redis.call('PFADD', copy, ARGV[i]) == 1 then
                        decided[i] = '0'
                        redis.call('COPY', KEYS[1], copy, 'REPLACE')
                    end
                end
                redis.call('UNLINK', copy)
                return table.concat(decided)
                """;
        StringBuilder decided = new StringBuilder();
        for (int from = 0; from < asked.size(); from += 1_000) {
            decided.append(TestRedis.server()
                    .execute(Stream.concat(
                                    Stream.of("EVAL", script, "1", key),
                                    asked.subList(from, from + 1_000).stream().map(String::valueOf))
                            .toArray(String[]::new)));
        }
        return decided.chars().mapToObj(digit -> digit == '1').toList();
    }

    private static HyperLogLog<Integer> open(String name) {
        return TestRedis.pottery().hyperLogLog(name, Integer.class);
    }

    private static boolean exists(String key) {
        return TestRedis.server().execute("EXISTS", key).equals(1L);
    }

    private static List<Integer> numbers(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }
}
