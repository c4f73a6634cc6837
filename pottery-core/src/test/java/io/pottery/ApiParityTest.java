package io.pottery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The last table of docs/guarantees.md: every name of Pottery for Python has a counterpart that exists, or a reason.
 */
class ApiParityTest {

    private static final Pattern ROW = Pattern.compile("\\| (.*?) +(?<!\\\\)\\| (.*) \\|");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern MEMBER = Pattern.compile("([A-Z]\\w+)\\.([a-z]\\w+)");
    private static final List<String> PACKAGES = List.of(
            "io.pottery.",
            "io.pottery.collection.",
            "io.pottery.key.",
            "io.pottery.lock.",
            "io.pottery.id.",
            "io.pottery.cache.",
            "io.pottery.queue.",
            "io.pottery.sketch.",
            "io.pottery.error.");

    private record Row(String python, String java) {}

    @TestFactory
    Stream<DynamicTest> whatIsNamedExists() throws IOException {
        List<Row> rows = rows();
        assertThat(rows).hasSizeGreaterThan(30);
        return rows.stream()
                .map(row -> DynamicTest.dynamicTest(row.python(), () -> {
                    List<String> spans = spans(row.java());
                    spans.stream()
                            .filter(span -> MEMBER.matcher(span).matches())
                            .forEach(ApiParityTest::assertExists);
                    assertThat(row.java().startsWith("- ")
                                    || !spans.isEmpty()
                                    || row.java().contains("](wire-format.md)"))
                            .as("a counterpart, or a reason why there is none")
                            .isTrue();
                }));
    }

    @Test
    void whatDoesNotExistIsNoticed() {
        assertThat(typeOf("RedisSet")).isNotNull();
        assertThat(hasMethod("RedisSet", "noSuchMethod")).isFalse();
        assertThat(hasMethod("RedisSet", "isEmpty")).isTrue();
    }

    static Stream<Arguments> names() {
        return Stream.of(
                arguments(
                        "RedisDict",
                        "d[k], d[k] = v, del, pop, popitem, in, len, setdefault, update, get, iter, keys, values, items, ==,"
                                + " repr, to_dict"),
                arguments(
                        "RedisSet",
                        "add, discard, remove, in, len, pop, contains_many, iter, ==, repr, to_set, union, intersection,"
                                + " difference, symmetric_difference, |, &, -, ^, update, difference_update,"
                                + " intersection_update, symmetric_difference_update, |=, -=, &=, ^=, isdisjoint, issubset,"
                                + " issuperset, <=, >=, <, >"),
                arguments(
                        "RedisList",
                        "l[i], l[i] = v, del l[i], l[a:b:c], append, extend, +=, insert, pop, remove, iter, reversed, in,"
                                + " index, count, len, sort, reverse, ==, repr, to_list, +"),
                arguments(
                        "RedisDeque",
                        "maxlen, append, appendleft, extend, extendleft, pop, popleft, rotate, d[i], remove, in, iter,"
                                + " reversed, len, ==, repr, insert, index, count, reverse, sort, <, <=, >, >=, *, copy"),
                arguments(
                        "RedisCounter",
                        "c[k], c[k] = v, del c[k], update, subtract, elements, total, most_common, +, -, |, &, +=, -=, |=,"
                                + " &=, +c, -c, to_counter, <=, >=, <, >, copy, fromkeys, ==, repr"),
                arguments(
                        "CachedOrderedDict",
                        "dict_keys, timeout, num_tries, misses, d[k], d[k] = v, update, setdefault, del, pop, popitem, clear,"
                                + " move_to_end"),
                arguments("RedisSimpleQueue", "put, put_nowait, get, get_nowait, qsize, empty"),
                arguments("BloomFilter", "size, num_hashes, add, update, in, contains_many, len, ==, repr"),
                arguments("HyperLogLog", "add, update, union, len, in, contains_many, ==, repr"),
                arguments(
                        "redis_cache",
                        "redis, key, timeout, f(*args), __wrapped__, __bypass__, cache_info, cache_clear"),
                arguments(
                        "Redlock",
                        "key, masters, auto_release_time, num_extensions, raise_on_redis_errors, context_manager_blocking,"
                                + " context_manager_timeout, acquire, with, locked, extend, release"),
                arguments("synchronize", "auto_release_time, blocking, timeout, raise_on_redis_errors"),
                arguments("NextID", "key, masters, num_tries, raise_on_redis_errors, iter, next, reset"),
                arguments(
                        "",
                        "AIORedlock, AIONextID, QuorumNotAchieved, QuorumIsImpossible, TooManyExtensions, ExtendUnlockedLock,"
                                + " ReleaseUnlockedLock, PrimitiveError"),
                arguments(
                        "",
                        "redis, key, clear, json.dumps, _watch, KeyExistsError, QueueEmptyError, RandomKeyError, InefficientAccessWarning,"
                                + " __del__"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void everyNameHasARow(String type, String names) throws IOException {
        List<String> known = rows().stream()
                .map(row -> spans(row.python().replace("\\|", "|")))
                .filter(spans -> type.isEmpty() || spans.get(0).equals(type))
                .flatMap(List::stream)
                .toList();
        assertThat(known).contains(names.split(", "));
    }

    private static List<String> spans(String cell) {
        return CODE.matcher(cell).results().map(span -> span.group(1)).toList();
    }

    private static void assertExists(String member) {
        String[] parts = member.split("\\.");
        assertThat(hasMethod(parts[0], parts[1])).as(member).isTrue();
    }

    private static boolean hasMethod(String type, String name) {
        return Arrays.stream(typeOf(type).getMethods()).map(Method::getName).anyMatch(name::equals);
    }

    private static Class<?> typeOf(String name) {
        for (String each : PACKAGES) {
            try {
                return Class.forName(each + name);
            } catch (ClassNotFoundException e) {
                continue;
            }
        }
        throw new AssertionError("No class " + name);
    }

    private static List<Row> rows() throws IOException {
        String page = Files.readString(Path.of("../docs/guarantees.md"));
        return page.substring(page.indexOf("## For those who know Pottery for Python"))
                .lines()
                .map(ROW::matcher)
                .filter(row -> row.matches() && !row.group(1).equals("Python"))
                .map(row -> new Row(row.group(1), row.group(2)))
                .toList();
    }
}
