package io.pottery.sketch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.within;

import io.pottery.PotteryFactory;
import io.pottery.error.KeyExistsException;
import io.pottery.error.PotteryException;
import io.pottery.error.UnencodableValueException;
import io.pottery.error.WrongTypeException;
import io.pottery.key.TemporaryKey;
import io.pottery.testing.TestRedis;
import io.pottery.testing.Threads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

class BloomFilterTest {

    private final String key = TestRedis.freshKey();
    private final BloomFilter<Integer> filter = open(1_000, 0.01);

    @Test
    void tellsWhatWasAddedFromWhatWasNot() {
        assertThat(filter.add(1)).isTrue();
        assertThat(filter.add(1)).isFalse();
        assertThat(filter.mightContain(1)).isTrue();
        assertThat(filter.mightContain(2)).isFalse();
        assertThat(filter.addAll(List.of(1, 2))).isTrue();
        assertThat(filter.addAll(List.of(2, 1))).isFalse();
        assertThat(filter.addMany(List.of(2, 3, 3, 1))).containsExactly(false, true, false, false);
        assertThat(filter.containsMany(List.of(7, 3, 3, 8, 1))).containsExactly(false, true, true, false, true);
        assertThat(filter.approximateSize()).isEqualTo(3);
        assertThat(filter.options()).isEqualTo(new BloomFilterOptions(1_000, 0.01));
        assertThat(filter).hasToString("BloomFilter '" + key + "'");
    }

    @Test
    void isEmptyWithoutAKey() {
        assertThat(filter.mightContain(1)).isFalse();
        assertThat(filter.containsMany(List.of(1, 2))).containsExactly(false, false);
        assertThat(filter.approximateSize()).isZero();
        assertThat(filter.expectedFalsePositiveRate()).isZero();
        assertThat(filter.isSaturated()).isFalse();
        assertThat(filter.addAll(List.of())).isFalse();
        assertThat(filter.addMany(List.of())).isEmpty();
        assertThat(filter.containsMany(List.of())).isEmpty();
        assertThat(filter.expire(Duration.ofHours(1))).isFalse();
        assertThat(filter.persist()).isFalse();
        filter.clear();
        assertThat(keys()).isEmpty();
    }

    @Test
    void nullIsNeverInItAndNeverComesIn() {
        filter.add(1);
        assertThat(filter.mightContain(null)).isFalse();
        assertThat(filter.containsMany(Arrays.asList(null, 1, null))).containsExactly(false, true, false);
        assertThatNullPointerException().isThrownBy(() -> filter.add(null));
        assertThatNullPointerException().isThrownBy(() -> filter.addAll(Arrays.asList(2, null)));
        assertThat(filter.mightContain(2)).isFalse();
    }

    @Test
    void whatCannotBeWrittenIsNotInIt() {
        BloomFilter<Double> doubles = TestRedis.pottery().bloomFilter(key, Double.class, 1_000, 0.01);
        assertThat(doubles.mightContain(Double.NaN)).isFalse();
        assertThat(doubles.containsMany(List.of(1.0, Double.NaN))).containsExactly(false, false);
        assertThatExceptionOfType(UnencodableValueException.class)
                .isThrownBy(() -> doubles.addAll(List.of(1.0, Double.NaN)))
                .withMessageContaining(key);
        assertThat(keys()).isEmpty();
    }

    /** Small filters are read as a whole, others bit by bit; few elements, and many in several chunks. */
    @ParameterizedTest
    @CsvSource({"3_000, 0.01", "60_000, 0.001", "1_000_000, 0.01"})
    void answersTheSameOneByOneAndTogether(String numElements, double falsePositives) {
        BloomFilter<Integer> some = open(Long.parseLong(numElements.replace("_", "")), falsePositives);
        List<Integer> added = numbers(0, 2_500);
        assertThat(some.addMany(added)).hasSize(2_500).contains(true);
        List<Integer> asked = numbers(1_000, 4_500);
        List<Boolean> answers = some.containsMany(asked);
        assertThat(answers).hasSize(3_500);
        assertThat(answers.subList(0, 1_500)).containsOnly(true);
        assertThat(answers)
                .containsExactlyElementsOf(
                        asked.stream().map(some::mightContain).toList());
    }

    @Test
    void aServerThatHasForgottenTheScriptsIsTold() {
        filter.add(-1);
        TestRedis.server().execute("SCRIPT", "FLUSH");
        assertThat(filter.addMany(numbers(0, 5_000))).hasSize(5_000);
        TestRedis.server().execute("SCRIPT", "FLUSH");
        assertThat(filter.containsMany(numbers(-1, 5_000))).hasSize(5_001).containsOnly(true);
    }

    @Test
    void hasMoreBitsThanAnIntegerCounts() {
        BloomFilter<Integer> vast = open(300_000_000, 0.01);
        assertThat(vast.options().bits()).isGreaterThan((1L << 31) / 3 * 4);
        List<Integer> added = numbers(0, 20);
        assertThat(vast.addMany(added)).containsOnly(true);
        assertThat(vast.addMany(added)).containsOnly(false);
        assertThat(vast.containsMany(added)).containsOnly(true);
        assertThat(vast.containsMany(numbers(20, 500))).containsOnly(false);
        assertThat(vast.approximateSize()).isEqualTo(20);
        vast.clear();
    }

    /** As many as Lua can pass to a command. */
    @Test
    void hasAnyNumberOfHashes() {
        BloomFilter<Integer> sure = open(10, Double.MIN_VALUE);
        assertThat(sure.options().hashes()).isGreaterThan(1_000);
        assertThat(sure.addAll(numbers(0, 300))).isTrue();
        assertThat(sure.containsMany(numbers(0, 300))).containsOnly(true);
    }

    @ParameterizedTest
    @CsvSource({"20000, 0.01", "20000, 0.001", "5000, 0.1"})
    void isWrongAsOftenAsWasAskedFor(int numElements, double falsePositives) {
        BloomFilter<Integer> full = open(numElements, falsePositives);
        full.addAll(numbers(0, numElements));
        int asked = 100_000;
        long wrong = full.containsMany(numbers(numElements, numElements + asked)).stream()
                .filter(found -> found)
                .count();
        assertThat(wrong / (double) asked).isBetween(0.6 * falsePositives, 1.2 * falsePositives);
        assertThat(full.expectedFalsePositiveRate()).isBetween(0.8 * falsePositives, 1.2 * falsePositives);
        assertThat((double) full.approximateSize()).isBetween(0.98 * numElements, 1.02 * numElements);
    }

    @Test
    void saturates() {
        BloomFilter<Integer> tiny = open(5, 0.5);
        tiny.addAll(numbers(0, 500));
        assertThat(tiny.isSaturated()).isTrue();
        assertThat(tiny.approximateSize()).isEqualTo(Long.MAX_VALUE);
        assertThat(tiny.expectedFalsePositiveRate()).isEqualTo(1);
        assertThat(tiny.mightContain(-1)).isTrue();
        assertThat(tiny.add(-1)).isFalse();
    }

    @Test
    void isClearedWithItsParameters() {
        filter.add(1);
        assertThat(keys()).containsExactly(key, parameters());
        filter.clear();
        assertThat(keys()).isEmpty();
        assertThat(open(5, 0.5).add(1)).isTrue();
    }

    @Test
    void keepsWhatItWasMadeWith() {
        filter.add(1);
        assertThat(stored(parameters())).isEqualTo("{\"falsePositives\": 0.01, \"numElements\": 1000}");
        filter.addAll(List.of(2, 3));
        assertThat(open(1_000, 0.01).containsMany(List.of(1, 2, 3))).containsOnly(true);
    }

    static Stream<Consumer<BloomFilter<Integer>>> calls() {
        return Stream.of(
                filter -> filter.add(2),
                filter -> filter.addAll(List.of(2, 3)),
                filter -> filter.addMany(List.of(2, 3)),
                filter -> filter.addAll(numbers(0, 2_000)),
                filter -> filter.mightContain(1),
                filter -> filter.containsMany(List.of(1, 2)),
                BloomFilter::approximateSize,
                BloomFilter::isSaturated,
                BloomFilter::expectedFalsePositiveRate,
                filter -> filter.uniteWith(filter),
                filter -> filter.intersectWith(filter));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void refusesOtherParameters(Consumer<BloomFilter<Integer>> call) {
        filter.add(1);
        Object before = stored(key);
        assertThatExceptionOfType(PotteryException.class)
                .isThrownBy(() -> call.accept(open(1_000_000, 0.05)))
                .withMessage(
                        "'%s' was made with numElements=1000 and falsePositives=0.01, as '%s' says, and is opened"
                                + " with numElements=1000000 and falsePositives=0.05: open it with what it was made"
                                + " with, or use another name",
                        key, parameters());
        assertThat(stored(key)).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("calls")
    void refusesAFilterThatIsTooLong(Consumer<BloomFilter<Integer>> call) {
        TestRedis.server().execute("SETBIT", key, "10000", "1");
        assertThatExceptionOfType(PotteryException.class)
                .isThrownBy(() -> call.accept(filter))
                .withMessage(
                        "'%s' has 1251 bytes, and a Bloom filter with numElements=1000 and falsePositives=0.01 has"
                                + " at most 1199: open it with what it was made with, or use another name",
                        key);
    }

    @ParameterizedTest
    @MethodSource("calls")
    void refusesAHyperLogLog(Consumer<BloomFilter<Integer>> call) {
        TestRedis.server().execute("PFADD", key, "1");
        Object before = stored(key);
        assertThatExceptionOfType(WrongTypeException.class)
                .isThrownBy(() -> call.accept(filter))
                .withMessage(
                        "Expected a Bloom filter at '%s', found a HyperLogLog: use another name, or the container"
                                + " that fits",
                        key);
        assertThat(stored(key)).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("calls")
    void refusesAnotherType(Consumer<BloomFilter<Integer>> call) {
        TestRedis.server().execute("RPUSH", key, "1");
        assertThatExceptionOfType(WrongTypeException.class)
                .isThrownBy(() -> call.accept(filter))
                .withMessageContaining("Expected a string at '%s', found a list", key);
        assertThatExceptionOfType(WrongTypeException.class).isThrownBy(filter::clear);
    }

    @Test
    void refusesParametersOfAnotherType() {
        TestRedis.server().execute("RPUSH", parameters(), "1");
        for (Runnable call : List.<Runnable>of(
                () -> filter.add(1), () -> filter.populate(List.of(1)), () -> filter.mightContain(1), filter::clear)) {
            assertThatExceptionOfType(WrongTypeException.class)
                    .isThrownBy(call::run)
                    .withMessageContaining("Expected a string at '%s', found a list", parameters());
        }
        assertThat(keys()).containsExactly(parameters());
    }

    @Test
    void refusesParametersThatCannotBeRead() {
        filter.add(1);
        for (String garbage : List.of("x", "{}", "null", "{\"falsePositives\": 7, \"numElements\": 1000}")) {
            TestRedis.server().execute("SET", parameters(), garbage);
            assertThatExceptionOfType(PotteryException.class)
                    .isThrownBy(() -> filter.add(2))
                    .withMessageStartingWith("'%s' was made with parameters that ", key);
        }
    }

    @Test
    void acceptsAFilterWithoutParametersAsTold() {
        filter.add(1);
        TestRedis.server().execute("DEL", parameters());
        assertThat(filter.mightContain(1)).isTrue();
        assertThat(filter.add(2)).isTrue();
        assertThat(keys()).containsExactly(key);
    }

    static Stream<Consumer<BloomFilter<Integer>>> beginnings() {
        return Stream.of(filter -> filter.add(1), filter -> filter.populate(List.of(1)), filter -> {
            BloomFilter<Integer> other = TestRedis.pottery()
                    .bloomFilter("{" + filter.key() + "}2", TestRedis.pottery().json(Integer.class), filter.options());
            other.add(1);
            filter.uniteWith(other);
        });
    }

    @ParameterizedTest
    @MethodSource("beginnings")
    void parametersOfAFilterThatIsGoneCountForNothing(Consumer<BloomFilter<Integer>> begin) {
        filter.add(1);
        filter.expire(Duration.ofHours(1));
        TestRedis.server().execute("DEL", key);
        BloomFilter<Integer> other = open(50, 0.1);
        assertThat(other.mightContain(1)).isFalse();
        assertThat(other.approximateSize()).isZero();
        begin.accept(other);
        assertThat(other.mightContain(1)).isTrue();
        assertThat(stored(parameters())).isEqualTo("{\"falsePositives\": 0.1, \"numElements\": 50}");
        assertThat(TestRedis.server().execute("PTTL", parameters())).isEqualTo(-1L);
    }

    @Test
    void aHyperLogLogBesideParametersIsNoFilter() {
        filter.add(1);
        TestRedis.server().execute("DEL", key);
        refusesAHyperLogLog(each -> each.add(2));
    }

    @Test
    void aFilterThatWasRenamedByHandHasNoParameters() {
        filter.add(1);
        String renamed = TestRedis.freshKey();
        TestRedis.server().execute("RENAME", key, renamed);
        assertThat(TestRedis.pottery()
                        .bloomFilter(renamed, Integer.class, 1_001, 0.01)
                        .approximateSize())
                .isEqualTo(1);
    }

    @Test
    void endsWithItsParameters() {
        filter.add(1);
        assertThat(filter.expire(Duration.ofHours(1))).isTrue();
        assertThat(filter.timeToLive())
                .hasValueSatisfying(left -> assertThat(left).isGreaterThan(Duration.ofMinutes(59)));
        assertThat((Long) TestRedis.server().execute("PTTL", parameters())).isGreaterThan(3_500_000);
        assertThat(filter.persist()).isTrue();
        assertThat(filter.timeToLive()).isEmpty();
        assertThat(TestRedis.server().execute("PTTL", parameters())).isEqualTo(-1L);
        assertThatIllegalArgumentException().isThrownBy(() -> filter.expire(Duration.ZERO));
    }

    @Test
    void changesKeepItsTimeToLive() {
        filter.add(1);
        filter.expire(Duration.ofHours(1));
        BloomFilter<Integer> other = beside(1_000, 0.01);
        other.addAll(List.of(2, 3));
        long end = end();
        filter.add(4);
        filter.addAll(numbers(10, 2_000));
        filter.uniteWith(other);
        filter.intersectWith(other);
        assertThat(end()).isCloseTo(end, within(20L));
        assertThat(other.timeToLive()).isEmpty();
    }

    /** A union of such filters takes the server a while, which does not prolong their lives. */
    @Test
    void unitingTakesNoTimeOfItsLife() {
        BloomFilter<Integer> large = open(30_000_000, 0.01);
        BloomFilter<Integer> other = beside(30_000_000, 0.01);
        large.addAll(numbers(0, 100));
        other.addAll(numbers(0, 100));
        large.expire(Duration.ofHours(1));
        long end = end();
        for (int i = 0; i < 5; i++) {
            large.uniteWith(other);
        }
        assertThat(end()).isCloseTo(end, within(20L));
        large.clear();
        other.clear();
    }

    /** When the filter ends, in milliseconds since 1970 by the server's clock. */
    private long end() {
        String script = """
                local life, now = redis.call('PTTL', KEYS[1]), redis.call('TIME')
                return now[1] * 1000 + math.floor(now[2] / 1000) + life
                """;
        return (Long) TestRedis.server().execute("EVAL", script, "1", key);
    }

    @Test
    void unites() {
        BloomFilter<Integer> other = beside(1_000, 0.01);
        filter.addAll(numbers(0, 100));
        other.addAll(numbers(50, 150));
        filter.uniteWith(other);
        assertThat(filter.containsMany(numbers(0, 150))).containsOnly(true);
        assertThat(filter.approximateSize()).isBetween(147L, 153L);
        assertThat(other.approximateSize()).isBetween(98L, 102L);
    }

    @Test
    void intersects() {
        BloomFilter<Integer> other = beside(1_000, 0.01);
        filter.addAll(numbers(0, 100));
        other.addAll(numbers(50, 150));
        filter.intersectWith(other);
        assertThat(filter.containsMany(numbers(50, 100))).containsOnly(true);
        assertThat(filter.containsMany(numbers(200, 1_200))).containsOnly(false);
        assertThat(filter.approximateSize()).isBetween(48L, 60L);
    }

    @Test
    void unitesAndIntersectsWithNothing() {
        BloomFilter<Integer> nothing = beside(1_000, 0.01);
        filter.add(1);
        filter.uniteWith(nothing);
        assertThat(filter.mightContain(1)).isTrue();
        nothing.uniteWith(filter);
        assertThat(nothing.mightContain(1)).isTrue();
        assertThat(stored("parameters:" + nothing.key())).isEqualTo(stored(parameters()));
        nothing.clear();
        filter.intersectWith(nothing);
        assertThat(keys()).isEmpty();
        filter.intersectWith(nothing);
        filter.uniteWith(nothing);
        assertThat(keys()).isEmpty();
    }

    @Test
    void combinesNoFiltersOfOtherShape() {
        BloomFilter<Integer> other = beside(1_001, 0.01);
        other.add(2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> filter.uniteWith(other))
                .withMessageContainingAll(filter.key(), other.key(), "numElements=1000 ", "numElements=1001 ");
        assertThatIllegalArgumentException().isThrownBy(() -> filter.intersectWith(other));
        assertThat(keys()).isEmpty();
        BloomFilter<Integer> mistaken = beside(1_000, 0.01);
        assertThatExceptionOfType(PotteryException.class)
                .isThrownBy(() -> filter.uniteWith(mistaken))
                .withMessageContainingAll("'" + mistaken.key() + "' was made with numElements=1001");
    }

    @Test
    void combinesNoFiltersOfAnotherServer() {
        LettuceConnectionFactory elsewhere = TestRedis.connect(TestRedis.server());
        try {
            BloomFilter<Integer> other =
                    PotteryFactory.create(elsewhere).bloomFilter(key + "x", Integer.class, 1_000, 0.01);
            assertThatExceptionOfType(PotteryException.class)
                    .isThrownBy(() -> filter.uniteWith(other))
                    .withMessageContainingAll("'" + key + "'", "'" + key + "x'", "{hash tag}");
        } finally {
            elsewhere.destroy();
        }
    }

    @Test
    void populatesWhatDoesNotExist() {
        filter.populate(numbers(0, 1_500));
        BloomFilter<Integer> added = beside(1_000, 0.01);
        added.addAll(numbers(0, 1_500));
        assertThat(stored(key)).isEqualTo(stored(added.key()));
        assertThat(stored(parameters())).isEqualTo(stored("parameters:" + added.key()));
        assertThatExceptionOfType(KeyExistsException.class)
                .isThrownBy(() -> filter.populate(List.of(-1)))
                .withMessage("'%s' exists already: open it without populating it, or clear() it before", key);
        assertThat(stored(key)).isEqualTo(stored(added.key()));
    }

    @Test
    void populatesNoKeyOfAnotherType() {
        TestRedis.server().execute("RPUSH", key, "1");
        assertThatExceptionOfType(KeyExistsException.class)
                .isThrownBy(() -> filter.populate(List.of(1)))
                .withMessage("'%s' exists already, and holds a list: use another name", key);
    }

    @Test
    void isNoValue() {
        filter.add(1);
        assertThatExceptionOfType(UnencodableValueException.class)
                .isThrownBy(() -> TestRedis.pottery().json(BloomFilter.class).encode(filter));
    }

    @Test
    void populatesWithNothing() {
        filter.populate(List.of());
        assertThat(keys()).isEmpty();
    }

    @Test
    void populatesNothingThatIsTooMuchForOneStep() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> open(100_000_000, 0.01).populate(List.of(1)))
                .withMessage(
                        "'%s' has 119813230 bytes and cannot be populated with 1 elements, because one step takes at"
                                + " most 67108864 and 1000000: use addAll",
                        key);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> filter.populate(numbers(0, 1_000_001)))
                .withMessageContaining("cannot be populated with 1000001 elements");
        assertThat(keys()).isEmpty();
    }

    @Test
    void ofManyThreadsThatAddAnElementOneIsTold() {
        int threads = 8;
        int elements = 600;
        AtomicIntegerArray told = new AtomicIntegerArray(elements);
        BloomFilter<Integer> contended = open(100_000, 0.0001);
        Threads.run(threads, thread -> {
            for (int from = 0; from < elements; from += 200) {
                List<Integer> batch = numbers(from, from + 100);
                List<Boolean> news = contended.addMany(batch);
                for (int i = 0; i < batch.size(); i++) {
                    told.addAndGet(batch.get(i), news.get(i) ? 1 : 0);
                }
                for (int i = from + 100; i < from + 200; i++) {
                    told.addAndGet(i, contended.add(i) ? 1 : 0);
                }
            }
        });
        List<Integer> counts = new ArrayList<>();
        for (int i = 0; i < elements; i++) {
            counts.add(told.get(i));
        }
        assertThat(counts).containsOnly(1);
        assertThat(contended.containsMany(numbers(0, elements))).containsOnly(true);
    }

    @Test
    void atATemporaryKeyItsParametersAreTemporaryToo() {
        try (TemporaryKey temporary = TestRedis.pottery().temporaryKey()) {
            BloomFilter<Integer> brief = TestRedis.pottery().bloomFilter(temporary.name(), Integer.class, 100, 0.01);
            String parameters = "{" + temporary.name() + "}:parameters";
            brief.addAll(numbers(0, 2_500));
            assertThat((Long) TestRedis.server().execute("PTTL", parameters)).isBetween(1L, 60_000L);
            assertThat((Long) TestRedis.server().execute("PTTL", temporary.name()))
                    .isBetween(1L, 60_000L);
            temporary.close();
            assertThat(TestRedis.server().execute("EXISTS", temporary.name(), parameters))
                    .isEqualTo(0L);
            assertThatExceptionOfType(PotteryException.class)
                    .isThrownBy(() -> brief.mightContain(1))
                    .withMessageContaining("was temporary and has been closed");
        }
    }

    private BloomFilter<Integer> open(long numElements, double falsePositives) {
        return TestRedis.pottery().bloomFilter(key, Integer.class, numElements, falsePositives);
    }

    /** Another filter in the same slot, if there were slots. */
    private BloomFilter<Integer> beside(long numElements, double falsePositives) {
        return TestRedis.pottery().bloomFilter("{" + key + "}2", Integer.class, numElements, falsePositives);
    }

    private String parameters() {
        return "{" + key + "}:parameters";
    }

    private static Object stored(String key) {
        return TestRedis.server().execute("GET", key);
    }

    /** Which of the two keys of the filter exist. */
    private List<String> keys() {
        return Stream.of(key, parameters())
                .filter(each -> TestRedis.server().execute("EXISTS", each).equals(1L))
                .toList();
    }

    private static List<Integer> numbers(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }
}
