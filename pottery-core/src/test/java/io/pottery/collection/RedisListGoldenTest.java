package io.pottery.collection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import io.pottery.codec.Golden;
import io.pottery.testing.TestRedis;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The lists that Python Pottery wrote, and the slices of Python's own list. */
class RedisListGoldenTest {

    /** What Python writes and Pottery for Java reads, but never writes: null, and numbers that are none. */
    private static final Set<String> READ_ONLY = Set.of("null", "NaN", "Infinity", "-Infinity");

    /** Objects whose keys were numbers in Python. Once read they are text and sort as text, in Python too. */
    private static final Map<String, String> RESORTED = Map.of(
            "{\"-1\": \"neg\", \"9\": \"nine\", \"10\": \"ten\"}",
                    "{\"-1\": \"neg\", \"10\": \"ten\", \"9\": \"nine\"}",
            "{\"true\": 1, \"2\": 2}", "{\"2\": 2, \"true\": 1}",
            "{\"false\": 0, \"0.5\": 1}", "{\"0.5\": 1, \"false\": 0}",
            "{\"1e-05\": 2, \"1e+16\": 1}", "{\"1e+16\": 1, \"1e-05\": 2}");

    private static final Comparator<Object> BY_NUMBER =
            Comparator.comparingDouble(number -> ((Number) number).doubleValue());

    private final RedisList<Object> list = TestRedis.pottery().list(TestRedis.freshKey(), Object.class);

    @Test
    void readsAndWritesWhatPythonWrote() {
        readsAndWrites(Golden.list("list_all"), list, list::addAll);
    }

    /** Reads {@code golden} from the key of {@code container}, which {@code writer} then fills with what was read. */
    static void readsAndWrites(List<String> golden, RedisList<Object> container, Consumer<List<Object>> writer) {
        assertThat(golden).hasSize(176);
        List<String> expected = new ArrayList<>();
        golden.forEach(element -> {
            TestRedis.server().execute("RPUSH", container.key(), element);
            if (!READ_ONLY.contains(element)) {
                expected.add(RESORTED.getOrDefault(element, element));
            }
        });
        List<Object> read = container.toList();
        assertThat(read).hasSize(176);
        assertThat(new ArrayList<>(container.subList(0, 176))).isEqualTo(read);
        for (int i = 0; i < read.size(); i++) {
            assertThat(container.get(i)).isEqualTo(read.get(i));
        }

        List<Object> writable =
                read.stream().filter(RedisListGoldenTest::isWritable).toList();
        container.clear();
        writer.accept(writable);

        assertThat(expected).hasSize(172);
        assertThat(stored(container.key())).isEqualTo(expected);
        assertThat(writable).allMatch(container::contains);
    }

    @Test
    void doesWhatTheOperationsOfPythonDid() {
        list.populate(List.of(1, 4, 9, 16, 25));
        list.add(36);
        list.addAll(List.of("x", "y"));
        list.set(0, "one");
        assertThat(list.remove("x")).isTrue();
        assertIsLike("list_ops");
    }

    @Test
    void sortsNumbersAsPythonDoes() {
        list.populate(List.of(3, 1.5, 20, -1, 1000.0, 2));
        list.sort(BY_NUMBER);
        assertIsLike("list_sort");
        list.sort(BY_NUMBER.reversed());
        assertIsLike("list_sort_desc");
    }

    @Test
    void reversesAsPythonDoes() {
        list.populate(List.of("a", "b", "c"));
        TestRedis.server().execute("RPUSH", list.key(), "null");
        list.reverse();
        assertIsLike("list_reverse");
    }

    @Test
    void removesASliceAsPythonDoes() {
        list.populate(IntStream.range(0, 10).boxed().toList());
        list.deleteSlice(Slice.of(1, 8).step(3));
        assertIsLike("list_del_slice");
    }

    @Test
    void replacesASliceAsPythonDoes() {
        list.populate(IntStream.range(0, 10).boxed().toList());
        list.setSlice(Slice.of(1, 4), List.of("a", "b", "c"));
        assertIsLike("list_set_slice_same_len");
    }

    private void assertIsLike(String golden) {
        assertThat(stored(list.key())).isEqualTo(Golden.list(golden));
    }

    /** A slice, and what Python takes from the list of 0 to 6 with it. */
    record Taken(Slice slice, List<Integer> elements) {}

    static List<Taken> slices() {
        List<Taken> slices = new ArrayList<>();
        for (JsonNode golden : Golden.file("containers.json").get("slices_of_range7")) {
            Integer step = number(golden.get("slice").get(2));
            List<Integer> elements = new ArrayList<>();
            golden.get("python_list").forEach(element -> elements.add(element.asInt()));
            slices.add(new Taken(
                    new Slice(
                            number(golden.get("slice").get(0)),
                            number(golden.get("slice").get(1)),
                            step == null ? 1 : step),
                    elements));
        }
        return slices;
    }

    @Test
    void takesEverySliceAsPythonDoes() {
        RedisList<Integer> seven = listOf(0, 1, 2, 3, 4, 5, 6);
        assertThat(slices()).hasSize(660);
        for (Taken taken : slices()) {
            assertThat(seven.slice(taken.slice()))
                    .as(taken.slice().toString())
                    .isEqualTo(taken.elements())
                    .isEqualTo(Python.slice(range(7), taken.slice()));
        }
    }

    @Test
    void takesEverySliceOfListsOfAnyLengthAsPythonDoes() {
        for (int length = 0; length < 4; length++) {
            RedisList<Integer> few = listOf(range(length).toArray(Integer[]::new));
            for (Taken taken : slices()) {
                assertThat(few.slice(taken.slice()))
                        .as("%s of %d", taken.slice(), length)
                        .isEqualTo(Python.slice(range(length), taken.slice()));
            }
        }
    }

    @Test
    void takesSlicesWithExtremeNumbers() {
        RedisList<Integer> seven = listOf(0, 1, 2, 3, 4, 5, 6);
        for (Slice slice : extremes()) {
            assertThat(seven.slice(slice)).as(slice.toString()).isEqualTo(Python.slice(range(7), slice));
            RedisList<Integer> other = listOf(0, 1, 2, 3, 4, 5, 6);
            other.deleteSlice(slice);
            assertThat(other.toList()).as(slice.toString()).isEqualTo(Python.deleted(range(7), slice));
        }
    }

    private static List<Slice> extremes() {
        List<Integer> numbers = new ArrayList<>(
                List.of(Integer.MIN_VALUE, Integer.MIN_VALUE + 1, -1, 0, 1, Integer.MAX_VALUE - 1, Integer.MAX_VALUE));
        numbers.add(null);
        List<Slice> slices = new ArrayList<>();
        for (Integer start : numbers) {
            for (Integer stop : numbers) {
                Stream.of(Integer.MIN_VALUE, -2, -1, 1, 2, Integer.MAX_VALUE)
                        .forEach(step -> slices.add(new Slice(start, stop, step)));
            }
        }
        return slices;
    }

    @Test
    void removesEverySliceAsPythonDoes() {
        for (Taken taken : slices()) {
            for (int length : List.of(0, 1, 7)) {
                RedisList<Integer> some = listOf(range(length).toArray(Integer[]::new));
                some.deleteSlice(taken.slice());
                assertThat(some.toList())
                        .as("%s of %d", taken.slice(), length)
                        .isEqualTo(Python.deleted(range(length), taken.slice()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("replacements")
    void replacesEverySliceAsPythonDoes(List<Integer> replacement) {
        for (Taken taken : slices()) {
            RedisList<Integer> some = listOf(0, 0, 2, 3, 3, 5, 0);
            List<Integer> before = some.toList();
            List<Integer> after = Python.replaced(before, taken.slice(), replacement);
            if (after == null) {
                assertThatIllegalArgumentException()
                        .as(taken.slice().toString())
                        .isThrownBy(() -> some.setSlice(taken.slice(), replacement))
                        .withMessageContainingAll(
                                some.key(),
                                taken.slice().toString(),
                                "has " + taken.elements().size() + " elements",
                                "by " + replacement.size());
            } else {
                some.setSlice(taken.slice(), replacement);
            }
            assertThat(some.toList()).as(taken.slice().toString()).isEqualTo(after == null ? before : after);
        }
    }

    static List<List<Integer>> replacements() {
        return List.of(
                List.of(),
                List.of(0),
                List.of(0, 0),
                List.of(7, 0, 3),
                List.of(5, 5, 0, 0),
                List.of(6, 5, 4, 3, 2, 1, 0),
                List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9));
    }

    @Test
    void replacesEveryExtendedSliceByAsManyElements() {
        for (Taken taken : slices()) {
            RedisList<Integer> some = listOf(0, 1, 2, 3, 4, 5, 6);
            List<Integer> replacement =
                    taken.elements().stream().map(element -> 100 - element).toList();
            some.setSlice(taken.slice(), replacement);
            assertThat(some.toList())
                    .as(taken.slice().toString())
                    .isEqualTo(Python.replaced(range(7), taken.slice(), replacement));
        }
    }

    /** What Python's list does, element by element. */
    private static final class Python {

        static List<Integer> slice(List<Integer> list, Slice slice) {
            return indexes(list.size(), slice).stream().map(list::get).toList();
        }

        static List<Integer> deleted(List<Integer> list, Slice slice) {
            List<Integer> removed = indexes(list.size(), slice);
            return IntStream.range(0, list.size())
                    .filter(index -> !removed.contains(index))
                    .mapToObj(list::get)
                    .toList();
        }

        /** Null where Python raises ValueError. */
        static @Nullable List<Integer> replaced(List<Integer> list, Slice slice, List<Integer> replacement) {
            List<Integer> indexes = indexes(list.size(), slice);
            List<Integer> replaced = new ArrayList<>(list);
            if (slice.step() == 1) {
                int start = bound(slice.start(), 0, 0, list.size(), list.size());
                for (int i = 0; i < indexes.size(); i++) {
                    replaced.remove(start);
                }
                replaced.addAll(start, replacement);
            } else if (indexes.size() != replacement.size()) {
                return null;
            } else {
                for (int i = 0; i < indexes.size(); i++) {
                    replaced.set(indexes.get(i), replacement.get(i));
                }
            }
            return replaced;
        }

        private static List<Integer> indexes(int length, Slice slice) {
            boolean up = slice.step() > 0;
            int low = up ? 0 : -1;
            int high = up ? length : length - 1;
            int start = bound(slice.start(), up ? low : high, low, high, length);
            int stop = bound(slice.stop(), up ? high : low, low, high, length);
            List<Integer> indexes = new ArrayList<>();
            for (long i = start; up ? i < stop : i > stop; i += slice.step()) {
                indexes.add((int) i);
            }
            return indexes;
        }

        private static int bound(@Nullable Integer index, int otherwise, int low, int high, int length) {
            if (index == null) {
                return otherwise;
            }
            return index < 0 ? Math.max(index + length, low) : Math.min(index, high);
        }
    }

    static boolean isWritable(@Nullable Object value) {
        return value != null && !(value instanceof Double number && !Double.isFinite(number));
    }

    static Object stored(String key) {
        return TestRedis.server().execute("LRANGE", key, "0", "-1");
    }

    private static @Nullable Integer number(JsonNode number) {
        return number.isNull() ? null : number.asInt();
    }

    private static List<Integer> range(int length) {
        return IntStream.range(0, length).boxed().toList();
    }

    private static RedisList<Integer> listOf(Integer... elements) {
        RedisList<Integer> list = TestRedis.pottery().list(TestRedis.freshKey(), Integer.class);
        list.addAll(List.of(elements));
        return list;
    }
}
