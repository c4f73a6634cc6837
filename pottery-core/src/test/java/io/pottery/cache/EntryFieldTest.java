package io.pottery.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import io.pottery.codec.JsonCodecs;
import io.pottery.collection.RedisDeque;
import io.pottery.collection.RedisDict;
import io.pottery.collection.RedisList;
import io.pottery.collection.RedisSet;
import io.pottery.error.UnencodableValueException;
import io.pottery.error.WrongTypeException;
import io.pottery.testing.TestRedis;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.Proxy.Type;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Timestamp;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.AbstractList;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.ConcurrentModificationException;
import java.util.Currency;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.Vector;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class EntryFieldTest {

    record Point(int x, int y) {}

    record Place(int x, int y) {}

    record Box<T>(T content) {}

    record Holder(Object content) {}

    /** With a getter whose first letter is small. */
    static final class Position {
        private final int xCoord;

        Position(int xCoord) {
            this.xCoord = xCoord;
        }

        public int getxCoord() {
            return xCoord;
        }
    }

    enum Level {
        LOW,
        HIGH {
            @Override
            public String toString() {
                return "very high";
            }
        }
    }

    enum Volume {
        LOW,
        HIGH
    }

    enum Shade {
        LIGHT,
        DARK;

        @JsonValue
        String color() {
            return "gray";
        }
    }

    static final class Node {
        public Object self = this;
    }

    static final class Absent {
        @JsonValue
        public Object value() {
            return null;
        }
    }

    static final class Failing {
        public String getName() {
            throw new IllegalStateException("no name");
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
    record Named(int x) {}

    interface Shape {
        int getSize();
    }

    static final UUID ID = UUID.fromString("7d444840-9dc0-11d1-b245-5ffdce74fad2");

    static final List<org.junit.jupiter.params.provider.Arguments> TEXTS = List.of(
            arguments(null, "null"),
            arguments(true, "true"),
            arguments(-1, "-1"),
            arguments(1.0, "1.0"),
            arguments(1e16, "1e+16"),
            arguments(-0.0, "-0.0"),
            arguments("", "\"\""),
            arguments("é\"\n", "\"\\u00e9\\\"\\n\""),
            arguments(List.of(), "[]"),
            arguments(Arrays.asList(1, null, List.of("a", 2L)), "[1, null, [\"a\", {\"Long\": 2}]]"),
            arguments(1L, "{\"Long\": 1}"),
            arguments((short) 1, "{\"Short\": 1}"),
            arguments((byte) 1, "{\"Byte\": 1}"),
            arguments(0.1f, "{\"Float\": 0.1}"),
            arguments(BigInteger.TEN, "{\"BigInteger\": 10}"),
            arguments(new BigDecimal("1.10"), "{\"BigDecimal\": 1.10}"),
            arguments(new BigDecimal("1E-7"), "{\"BigDecimal\": 0.0000001}"),
            arguments(new BigDecimal("-12E+3"), "{\"BigDecimal\": -12E+3}"),
            arguments('é', "{\"Character\": \"\\u00e9\"}"),
            arguments(ID, "{\"UUID\": \"7d444840-9dc0-11d1-b245-5ffdce74fad2\"}"),
            arguments(Instant.EPOCH, "{\"Instant\": \"1970-01-01T00:00:00Z\"}"),
            arguments(new Date(0), "{\"Date\": \"1970-01-01T00:00:00Z\"}"),
            arguments(LocalDate.EPOCH, "{\"LocalDate\": \"1970-01-01\"}"),
            arguments(Duration.ofMinutes(1), "{\"Duration\": \"PT1M\"}"),
            arguments(DayOfWeek.MONDAY, "{\"DayOfWeek\": \"MONDAY\"}"),
            arguments(Type.HTTP, "{\"Proxy.Type\": \"HTTP\"}"),
            arguments(ZoneId.of("Europe/Paris"), "{\"ZoneId\": \"Europe/Paris\"}"),
            arguments(ZoneOffset.UTC, "{\"ZoneOffset\": \"Z\"}"),
            arguments(TimeZone.getTimeZone("Europe/Paris"), "{\"TimeZone\": \"Europe/Paris\"}"),
            arguments(Locale.GERMANY, "{\"Locale\": \"de_DE\"}"),
            arguments(Currency.getInstance("EUR"), "{\"Currency\": \"EUR\"}"),
            arguments(URI.create("redis://a/0"), "{\"URI\": \"redis://a/0\"}"),
            arguments(StandardCharsets.UTF_8, "{\"Charset\": \"UTF-8\"}"),
            arguments(Charset.forName("Big5"), "{\"Charset\": \"Big5\"}"),
            arguments(Path.of("a", "b"), "{\"Path\": \"a%sb\"}".formatted(jsonSeparator())),
            arguments(new File("a"), "{\"File\": \"a\"}"),
            arguments(Pattern.compile("a", Pattern.CASE_INSENSITIVE), "{\"Pattern\": [\"a\", 2]}"),
            arguments(new StringBuilder("a"), "{\"StringBuilder\": \"a\"}"),
            arguments(Set.of(), "{\"Set\": []}"),
            arguments(Set.of(9, 10, 100), "{\"Set\": [10, 100, 9]}"),
            arguments(Set.of(1, "1", 1L), "{\"Set\": [\"1\", 1, {\"Long\": 1}]}"),
            arguments(Map.of(), "{\"Map\": []}"),
            arguments(Map.of(10, "a", 1, "b", "1", List.of()), "{\"Map\": [[\"1\", []], [1, \"b\"], [10, \"a\"]]}"),
            arguments(Map.of(List.of(1), Set.of(2)), "{\"Map\": [[[1], {\"Set\": [2]}]]}"),
            arguments(Map.entry("a", 1), "{\"Map.Entry\": [\"a\", 1]}"),
            arguments(new ArrayDeque<>(List.of(2, 1)), "{\"Collection\": [2, 1]}"),
            arguments(new int[] {2, 1}, "{\"int[]\": [2, 1]}"),
            arguments(new long[] {2}, "{\"long[]\": [2]}"),
            arguments(new char[] {'a', 'b'}, "{\"char[]\": \"ab\"}"),
            arguments(new byte[] {0, -1, 62}, "{\"byte[]\": \"AP8+\"}"),
            arguments(new String[] {"a", null}, "{\"String[]\": [\"a\", null]}"),
            arguments(new Object[] {1L, "a"}, "{\"Object[]\": [{\"Long\": 1}, \"a\"]}"),
            arguments(new int[][] {{1}, {}}, "{\"int[][]\": [{\"int[]\": [1]}, {\"int[]\": []}]}"),
            arguments(new Map.Entry<?, ?>[0], "{\"Map.Entry[]\": []}"),
            arguments(Optional.empty(), "{\"Optional\": []}"),
            arguments(Optional.of(1L), "{\"Optional\": [{\"Long\": 1}]}"),
            arguments(OptionalInt.of(1), "{\"OptionalInt\": [1]}"),
            arguments(OptionalLong.empty(), "{\"OptionalLong\": []}"),
            arguments(OptionalDouble.of(1), "{\"OptionalDouble\": [1.0]}"),
            arguments(new AtomicReference<>(null), "{\"AtomicReference\": [null]}"));

    /** Every one of these is another argument than every other. */
    static final List<Arguments> DIFFERENT = List.of(
            Arguments.of(),
            Arguments.of((Object) null),
            Arguments.of(List.of()),
            Arguments.of(Set.of()),
            Arguments.of(Map.of()),
            Arguments.of(new Object[] {new Object[0]}),
            Arguments.of(Optional.empty()),
            Arguments.of(""),
            Arguments.of("null"),
            Arguments.of(1),
            Arguments.of(1L),
            Arguments.of(1.0),
            Arguments.of(1.0f),
            Arguments.of((short) 1),
            Arguments.of((byte) 1),
            Arguments.of("1"),
            Arguments.of('1'),
            Arguments.of(true),
            Arguments.of("true"),
            Arguments.of(-1),
            Arguments.of(-2),
            Arguments.of(0),
            Arguments.of((1L << 61) - 1),
            Arguments.of(BigInteger.ONE),
            Arguments.of(new BigDecimal("1")),
            Arguments.of(new BigDecimal("1.0")),
            Arguments.of(new BigDecimal("1.00")),
            Arguments.of(new BigDecimal("1E+3")),
            Arguments.of(new BigDecimal("1000")),
            Arguments.of(0.0),
            Arguments.of(-0.0),
            Arguments.of("a"),
            Arguments.of('a'),
            Arguments.of(new StringBuilder("a")),
            Arguments.of(List.of("a")),
            Arguments.of(Set.of("a")),
            Arguments.of(new ArrayDeque<>(List.of("a"))),
            Arguments.of((Object) new String[] {"a"}),
            Arguments.of((Object) new Object[] {"a"}),
            Arguments.of(Optional.of("a")),
            Arguments.of("a", null),
            Arguments.of(null, "a"),
            Arguments.of("a:b", "c"),
            Arguments.of("a", "b:c"),
            Arguments.of("a, b"),
            Arguments.of("a\", \"b"),
            Arguments.of("a", "b"),
            Arguments.of(List.of("a"), "b"),
            Arguments.of(List.of("a", "b")),
            Arguments.of("Aa"),
            Arguments.of("BB"),
            Arguments.of("AaBB"),
            Arguments.of("BBAa"),
            Arguments.of(ID),
            Arguments.of(ID.toString()),
            Arguments.of(LocalDate.EPOCH),
            Arguments.of(LocalDate.EPOCH.toString()),
            Arguments.of(Pattern.compile("a")),
            Arguments.of(Pattern.compile("a", Pattern.CASE_INSENSITIVE)),
            Arguments.of(Path.of("a")),
            Arguments.of(Path.of("a").toAbsolutePath()),
            Arguments.of(new File("a")),
            Arguments.of(Map.of("Long", 1)),
            Arguments.of(Map.of("Long", 1L)),
            Arguments.of(Map.of(1, "a")),
            Arguments.of(Map.of(1L, "a")),
            Arguments.of(Map.of("1", "a")),
            Arguments.of(Map.entry(1, "a")),
            Arguments.of(List.of(1, "a")),
            Arguments.of(List.of(List.of(1, "a"))),
            Arguments.of(Level.LOW),
            Arguments.of(Level.HIGH),
            Arguments.of(Volume.LOW),
            Arguments.of(Volume.HIGH),
            Arguments.of("LOW"),
            Arguments.of(Shade.LIGHT),
            Arguments.of(Shade.DARK),
            Arguments.of(new Point(1, 2)),
            Arguments.of(new Point(2, 1)),
            Arguments.of(new Place(1, 2)),
            Arguments.of(Map.of("x", 1, "y", 2)),
            Arguments.of(List.of(new Point(1, 2))),
            Arguments.of(List.of(new Place(1, 2))),
            Arguments.of((Object) new Point[0]),
            Arguments.of((Object) new Place[0]),
            Arguments.of(new Box<>(1)),
            Arguments.of(new Box<>("1")),
            Arguments.of(new Box<>(1.0)),
            Arguments.of("a".repeat(196)),
            Arguments.of("a".repeat(197)),
            Arguments.of("a".repeat(1000)),
            Arguments.of("a".repeat(1001)));

    private final EntryField fields = new EntryField(JsonCodecs.ofClassPath());

    private String field(Object key) {
        return new String(fields.of(key), StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @FieldSource("TEXTS")
    void isTheTextOfTheArguments(Object argument, String text) {
        assertThat(field(argument)).isEqualTo("[%s]".formatted(text));
        assertThat(field(Arguments.of(argument, "b", argument))).isEqualTo("[%s, \"b\", %s]".formatted(text, text));
    }

    @Test
    void isAnotherForOtherArguments() {
        Map<String, Arguments> seen = new HashMap<>();
        for (Arguments arguments : DIFFERENT) {
            Arguments same = seen.put(field(arguments), arguments);
            assertThat(same).as(() -> field(arguments)).isNull();
        }
    }

    @Test
    void isTheSameForEqualArguments() {
        assertThat(field(Arguments.of(1))).isEqualTo(field(1));
        assertThat(field(new LinkedList<>(List.of(1, 2)))).isEqualTo(field(new Vector<>(List.of(1, 2))));
        assertThat(field(new LinkedHashSet<>(List.of("b", "a"))))
                .isEqualTo(field(new TreeSet<>(Set.of("a", "b"))))
                .isEqualTo(field(new HashSet<>(List.of("b", "a"))));
        Map<Object, Object> oneWay = new LinkedHashMap<>();
        oneWay.put("Aa", 1);
        oneWay.put("BB", 2);
        Map<Object, Object> otherWay = new LinkedHashMap<>();
        otherWay.put("BB", 2);
        otherWay.put("Aa", 1);
        assertThat(field(oneWay)).isEqualTo(field(otherWay)).isEqualTo(field(new TreeMap<>(otherWay)));
        assertThat(field(new Holder(oneWay))).isEqualTo(field(new Holder(otherWay)));
        assertThat(field(Set.of(oneWay, Set.of(1, 2, 3))))
                .isEqualTo(field(new LinkedHashSet<>(List.of(new TreeSet<>(Set.of(3, 2, 1)), otherWay))));
        assertThat(field(new Point(1, 2))).isEqualTo(field(new Point(1, 2)));
        assertThat(field(new int[] {1})).isEqualTo(field(new int[] {1}));
        assertThat(field(Map.entry("a", 1))).isEqualTo(field(new HashMap.SimpleEntry<>("a", 1)));
    }

    @Test
    void tellsObjectsApartWhateverTheirGettersAreCalled() {
        assertThat(field(new Position(1))).isNotEqualTo(field(new Position(2)));
    }

    @Test
    void isADigestBeyondTwoHundredBytes() {
        assertThat(field("a".repeat(196))).hasSize(200).isEqualTo("[\"%s\"]".formatted("a".repeat(196)));
        assertThat(field("a".repeat(197))).isEqualTo(sha256("[\"%s\"]".formatted("a".repeat(197))));
        assertThat(field("é".repeat(33))).isEqualTo(sha256("[\"%s\"]".formatted("\\u00e9".repeat(33))));
    }

    @Test
    void namesNoClassOfTheApplication() {
        assertThat(field(new Point(1, 2)))
                .isEqualTo(sha256("[{\"io.pottery.cache.EntryFieldTest$Point\": {\"x\": 1, \"y\": 2}}]"));
        assertThat(field(Level.HIGH)).isEqualTo(sha256("[{\"io.pottery.cache.EntryFieldTest$Level\": \"HIGH\"}]"));
        assertThat(field(new Point[0][0])).isEqualTo(sha256("[{\"io.pottery.cache.EntryFieldTest$Point[][]\": []}]"));
        assertThat(field(Map.of("a", List.of(Optional.of(Level.LOW)))))
                .isEqualTo(
                        sha256(
                                "[{\"Map\": [[\"a\", [{\"Optional\": [{\"io.pottery.cache.EntryFieldTest$Level\": \"LOW\"}]}]]]}]"));
        assertThat(field(List.of("io.pottery.cache.EntryFieldTest$Point")))
                .isEqualTo("[[\"io.pottery.cache.EntryFieldTest$Point\"]]");
    }

    /** The known limit: there the JSON is all that tells. */
    @Test
    void objectsOfTheApplicationAreToldByTheirJson() {
        assertThat(field(new Box<>(1))).isEqualTo(field(new Box<>(1L)));
        assertThat(field(new Holder(ID))).isEqualTo(field(new Holder(ID.toString())));
    }

    @Test
    void containersAreTheirContents() {
        RedisDict<String, Integer> dict = TestRedis.pottery().dict(TestRedis.freshKey(), String.class, Integer.class);
        dict.populate(Map.of("b", 1, "a", 2));
        RedisSet<Integer> set = TestRedis.pottery().set(TestRedis.freshKey(), Integer.class);
        set.addAll(List.of(9, 10));
        RedisList<Integer> list = TestRedis.pottery().list(TestRedis.freshKey(), Integer.class);
        list.addAll(List.of(9, 10));
        RedisDeque<Integer> deque = TestRedis.pottery().deque(TestRedis.freshKey(), Integer.class);
        deque.addAll(List.of(9, 10));

        assertThat(field(Arguments.of(dict, set, list, deque)))
                .isEqualTo(
                        "[{\"Map\": [[\"a\", 2], [\"b\", 1]]}, {\"Set\": [10, 9]}, [9, 10], {\"Collection\": [9, 10]}]");
        TestRedis.server().execute("SET", list.key(), "x");
        TestRedis.server().execute("DEL", deque.key());
        assertThatExceptionOfType(WrongTypeException.class).isThrownBy(() -> field(Map.of("a", list)));
    }

    private ThrowableAssertAlternative<UnencodableValueException> refused(Object... arguments) {
        return assertThatExceptionOfType(UnencodableValueException.class)
                .isThrownBy(() -> fields.of(Arguments.of(arguments)))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("canary"));
    }

    @Test
    void whatCodecsRefuseIsRefusedWithThePathFromTheArguments() {
        refused("canary", Double.NaN)
                .withMessage("Cannot write $[1] (java.lang.Double) as JSON: "
                        + "JSON has no NaN and no infinities; use null or a text instead");
        refused(1, List.of("canary", Map.of("canary", Float.NEGATIVE_INFINITY)))
                .withMessageStartingWith("Cannot write $[1][1].* (java.lang.Float)");
        refused(1, new Holder(List.of("canary", Double.NaN)))
                .withMessageStartingWith("Cannot write $[1].content[1] (java.lang.Double)");
        refused((Object) new double[] {1, Double.NaN}).withMessageStartingWith("Cannot write $[0][1] (");
        refused(Thread.currentThread()).withMessageStartingWith("Cannot write $[0] (java.lang.Thread) as JSON: ");
        refused(new ByteArrayInputStream(new byte[0])).withMessageContaining("is not a value");
        refused(new Object()).withMessageStartingWith("Cannot write $[0] (java.lang.Object)");
        refused(Set.of(new Object())).withMessageStartingWith("Cannot write $[0][0] (java.lang.Object)");
        refused(String.class).withMessageContaining("no class is named in Redis");
        refused(new Timestamp(0)).withMessageContaining("it has no form that keeps all of it");
        refused(InetAddress.getLoopbackAddress()).withMessageContaining("would look up a name");
        refused(new Named(1))
                .withMessageStartingWith("Cannot write $[0]")
                .withMessageContaining("use JsonTypeInfo.Id.NAME");
        refused(1, new Absent())
                .withMessageStartingWith("Cannot write $[1] (%s)".formatted(Absent.class.getName()))
                .withMessageContaining("its text would be null");
        refused(BigInteger.TEN.pow(4300)).withMessageContaining("a number may have 4300 digits");
        refused(new Failing())
                .withMessageStartingWith("Cannot write $[0].name")
                .havingCause()
                .isInstanceOf(IllegalStateException.class)
                .withMessage("no name");
    }

    @Test
    void whatHasNoNameThatStaysIsRefused() {
        Supplier<String> lambda = () -> "canary";
        refused(1, lambda).withMessageStartingWith("Cannot write $[1] (%s".formatted(EntryFieldTest.class.getName()));
        Object proxy = Proxy.newProxyInstance(
                Shape.class.getClassLoader(), new Class<?>[] {Shape.class}, (self, method, arguments) -> 1);
        refused(proxy).withMessageContaining("another name in every process; pass a value");
    }

    @Test
    void whatWouldBeUsedUpIsRefusedAndNotTouched() {
        Stream<Integer> stream = Stream.of(1);
        refused(stream).withMessageContaining("reading it would use it up; pass a list");
        assertThat(stream).containsExactly(1);
        refused(List.of(1).iterator()).withMessageContaining("use it up");
    }

    @Test
    void whatCannotBeReadIsRefusedWithTheCause() {
        List<Integer> failing = new AbstractList<>() {
            @Override
            public Integer get(int index) {
                throw new ConcurrentModificationException("meanwhile");
            }

            @Override
            public int size() {
                return 1;
            }
        };
        refused(1, Map.of("canary", failing))
                .withMessage("Cannot write $[1].* (%s) as JSON: reading it threw %s; the cause says why"
                        .formatted(failing.getClass().getName(), ConcurrentModificationException.class.getName()))
                .havingCause()
                .withMessage("meanwhile");
    }

    @Test
    void aCycleIsNamedWithBothEnds() {
        List<Object> list = new ArrayList<>();
        list.add(1);
        list.add(Map.of("canary", list));
        refused("canary", list)
                .withMessage("Cannot write $[1][1].* (java.util.ArrayList) as JSON: "
                        + "it is inside itself, at $[1]; cut the cycle");

        refused(1, new Node())
                .withMessage("Cannot write $[1].self (%s) as JSON: it is inside itself, at $[1]; cut the cycle"
                        .formatted(Node.class.getName()));

        List<Object> around = new ArrayList<>();
        around.add(new Holder(around));
        refused(around).withMessageContaining("it is inside itself");

        Map<Object, Object> map = new HashMap<>();
        map.put("self", map);
        refused(map).withMessageContaining("at $[0]; cut the cycle");
        Object[] array = new Object[1];
        array[0] = array;
        refused((Object) array).withMessageContaining("at $[0]; cut the cycle");
        AtomicReference<Object> reference = new AtomicReference<>();
        reference.set(Optional.of(reference));
        refused(reference).withMessageContaining("at $[0]; cut the cycle");
        assertThat(field(Collections.nCopies(3, List.of()))).isEqualTo("[[[], [], []]]");
    }

    @Test
    void whatIsTooDeepIsRefused() {
        assertThat(field(nested(100, List::of))).isEqualTo(sha256("[" + "[".repeat(100) + "]".repeat(101)));
        refused(nested(101, List::of)).withMessageContaining("arguments may be 100 deep, found 101");
        refused(nested(101, Set::of)).withMessageContaining("arguments may be 100 deep, found 101");
        refused(nested(101, Optional::of)).withMessageContaining("arguments may be 100 deep, found 101");
        refused(nested(10_000, value -> new Object[] {value})).withMessageContaining("found 101");
        refused(nested(10_000, Holder::new)).withMessageContaining("may be 100 deep");
    }

    private static Object nested(int depth, Function<Object, Object> wrapper) {
        Object value = List.of();
        for (int i = 1; i < depth; i++) {
            value = wrapper.apply(value);
        }
        return value;
    }

    @Test
    void whatGrowsWithoutEndIsRefusedBeforeTheMemoryIsFull() {
        Object doubling = List.of(1);
        for (int i = 0; i < 90; i++) {
            doubling = Map.of(1, doubling, 2, doubling);
        }
        refused(doubling).withMessageContaining("the text may have 16777216 bytes");
    }

    private static String jsonSeparator() {
        return File.separator.replace("\\", "\\\\");
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
            return "sha256:" + HexFormat.of().formatHex(digest);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
