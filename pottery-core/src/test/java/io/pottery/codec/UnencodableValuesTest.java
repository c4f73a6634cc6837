package io.pottery.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import io.pottery.error.UnencodableValueException;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Calendar;
import java.util.Collections;
import java.util.Date;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Scanner;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;

@WithBothJacksons
class UnencodableValuesTest {

    private static final String CANARY = "canary secret";

    record Order(List<Object> items) {}

    record Envelope(Order order) {}

    static final class Node {
        public Object self = CANARY;
    }

    static final class Failing {
        public String getName() {
            throw new IllegalStateException("no name");
        }
    }

    record Raw(@JsonRawValue String json) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
    record Named(int x) {}

    record HoldsNamed(
            @JsonTypeInfo(use = JsonTypeInfo.Id.MINIMAL_CLASS)
            Object any) {}

    record Point(int x, int y) {}

    enum Color {
        CANARY
    }

    record Open(@JsonAnyGetter Map<String, Object> any) {}

    record Odd(@JsonProperty("the price!") double price) {}

    static final class Itself {
        @JsonValue
        public Itself value() {
            return this;
        }
    }

    private final Jackson jackson;
    private final JsonCodecs codecs;
    private final Codec<Object> any;

    UnencodableValuesTest(Jackson jackson) {
        codecs = jackson.codecs();
        any = codecs.of(Object.class);
        this.jackson = jackson;
    }

    private ThrowableAssertAlternative<UnencodableValueException> refused(Object value) {
        assertThat(any.tryEncode(value)).isNull();
        ThrowableAssertAlternative<UnencodableValueException> thrown =
                assertThatExceptionOfType(UnencodableValueException.class).isThrownBy(() -> any.encode(value));
        thrown.satisfies(e -> Messages.assertHoldNot(e, "canary"));
        return thrown;
    }

    @Test
    void whatIsNoValueIsRefusedByPathAndClass() {
        Supplier<String> lambda = () -> CANARY;
        refused(envelope(lambda))
                .withMessageStartingWith("Cannot write $.order.items[3] (io.pottery.codec.Unencodable");
        refused(envelope(Thread.currentThread()))
                .withMessageStartingWith("Cannot write $.order.items[3] (java.lang.Thread)");
        refused(envelope(new ByteArrayInputStream(new byte[3])))
                .withMessageStartingWith("Cannot write $.order.items[3] (java.io.ByteArrayInputStream)");
        refused(envelope(new Object())).withMessageStartingWith("Cannot write $.order.items[3] (java.lang.Object)");
        refused(new Object()).withMessageStartingWith("Cannot write $ (java.lang.Object)");
    }

    private static Envelope envelope(Object last) {
        return new Envelope(new Order(List.of(CANARY, 1, List.of(), last)));
    }

    @Test
    void aCycleIsNamedWithBothEnds() {
        Node node = new Node();
        node.self = node;
        refused(envelope(node))
                .withMessage("Cannot write $.order.items[3].self (" + Node.class.getName()
                        + ") as JSON: it is inside itself, at $.order.items[3]; cut the cycle");

        List<Object> list = new ArrayList<>();
        list.add(Map.of("list", list));
        refused(list)
                .withMessageContaining("Cannot write $[0].* (")
                .withMessageContaining("it is inside itself, at $;");
    }

    @Test
    void aCycleWithoutJsonInBetweenIsRefusedToo() {
        AtomicReference<Object> reference = new AtomicReference<>();
        reference.set(reference);

        refused(reference).withMessageContaining("it contains itself");
        refused(new Itself()).withMessageContaining("as JSON");
    }

    @Test
    void whatIsTooDeepIsRefused() {
        assertThat(any.encode(nested(100))).hasSize(200);
        refused(nested(101)).withMessageContaining("may be 100 deep, found 101");
    }

    private static Object nested(int depth) {
        Object value = new ArrayList<>();
        for (int i = 1; i < depth; i++) {
            value = new ArrayList<>(List.of(value));
        }
        return value;
    }

    @Test
    void whatIsTooLongIsRefusedWithTheFigures() {
        String longest = "c".repeat(Limits.STRING);
        assertThat(any.encode(longest)).hasSize(Limits.STRING + 2);
        refused(Map.of("a", longest + "c"))
                .withMessage("Cannot write $.* (java.lang.String) as JSON: "
                        + "a string may have 8388608 characters, found 8388609; store it in parts");
        refused(Collections.nCopies(3, longest))
                .withMessageContaining("$[1] (")
                .withMessageContaining("may have 16777216 bytes");
        Codec<String> strings = codecs.of(String.class);
        assertThat(strings.tryEncode(longest + "c")).isNull();
        assertThat(strings.tryEncode("\n".repeat(Limits.STRING))).isNull();
        assertThat(strings.tryEncode("é".repeat(Limits.STRING))).isNull();
    }

    @Test
    void whatGrowsWithoutEndIsRefusedBeforeTheMemoryIsFull() {
        List<Object> doubling = List.of(1);
        for (int i = 0; i < 90; i++) {
            doubling = List.of(doubling, new ArrayList<>(doubling));
        }
        refused(doubling).withMessageContaining("may have 16777216 bytes");
    }

    @Test
    void numbersOfTooManyDigitsAreRefusedBeforeTheyAreExpanded() {
        BigInteger longest = BigInteger.TEN.pow(4300).subtract(BigInteger.ONE);
        assertThat(any.decode(any.encode(longest))).isEqualTo(longest);
        assertThat(any.decode(any.encode(longest.negate()))).isEqualTo(longest.negate());
        refused(List.of(BigInteger.TEN.pow(4300)))
                .withMessage("Cannot write $[0] (java.math.BigInteger) as JSON: "
                        + "a number may have 4300 digits, found 4301; store it in parts");
        refused(List.of(BigInteger.ONE.shiftLeft(100_000_000))).withMessageContaining("may have 4300 digits");
        refused(new BigDecimal("1E+2000000000")).withMessageContaining("found 2000000001");
        refused(new BigDecimal("1E-2000000000")).withMessageContaining("found 2000000001");
        refused(Map.of(new BigDecimal("1E+2000000000"), 1)).withMessageContaining("found 2000000001");
    }

    @Test
    void nanIsRefusedWithItsPath() {
        refused(envelope(Map.of("price", Double.NaN)))
                .withMessageStartingWith("Cannot write $.order.items[3].* (java.lang.Double)");
        refused(new float[] {1, Float.NEGATIVE_INFINITY})
                .withMessageStartingWith("Cannot write $[1] (java.lang.Float)");
        refused(Map.of(Double.NaN, 1)).withMessageContaining("JSON has no NaN");
    }

    @Test
    void keysOfMapsStayOutOfThePath() {
        EnumMap<Color, Object> colors = new EnumMap<>(Map.of(Color.CANARY, Double.NaN));
        Object tree = jackson.tree("canary", Double.NaN);
        for (Object value : List.of(Map.of("canary", Double.NaN), colors, tree, Map.entry("canary", Double.NaN))) {
            refused(value).withMessageStartingWith("Cannot write $.* (java.lang.Double)");
        }
        refused(Map.of("canary", new Object())).withMessageStartingWith("Cannot write $.* (java.lang.Object)");
        refused(Map.of("empty", new Object())).withMessageStartingWith("Cannot write $.* (java.lang.Object)");
        refused(new Open(Map.of("canary", Double.NaN))).withMessageStartingWith("Cannot write $.* (java.lang.Double)");
        refused(new Open(Map.of("canary", new Object())))
                .withMessageStartingWith("Cannot write $.any.* (java.lang.Object)");
        refused(new Odd(Double.NaN)).withMessageStartingWith("Cannot write $.the price! (java.lang.Double)");
    }

    @Test
    void whatWouldBeNullIsRefusedAtTheRoot() {
        refused(Optional.empty()).withMessageContaining("its text would be null, which means absent");
        assertThat(Golden.text(any.encode(List.of(Optional.empty())))).isEqualTo("[null]");
    }

    @Test
    void whatAGetterThrowsIsTheCause() {
        refused(envelope(new Failing()))
                .withMessageStartingWith("Cannot write $.order.items[3].name")
                .havingCause()
                .isInstanceOf(IllegalStateException.class)
                .withMessage("no name");
    }

    @Test
    void rawJsonIsRefused() {
        refused(new Raw("{\"a\":1}")).withMessageContaining("$.json");
    }

    @Test
    void namesOfClassesAreNeverWritten() {
        refused(new Named(1)).withMessageContaining("use JsonTypeInfo.Id.NAME");
        assertThat(Golden.text(any.encode(List.of(new Named(1))))).isEqualTo("[{\"x\": 1}]");
        refused(new HoldsNamed(new Point(1, 2))).withMessageContaining("use JsonTypeInfo.Id.NAME");
    }

    record Dated(Date date, Map<Date, Integer> counts) {}

    @Test
    void theTreeOfAnotherJacksonIsRefused() {
        Object tree = jackson.other().tree("canary", 1);
        refused(tree).withMessageContaining("it is a tree of another Jackson");
        refused(envelope(tree))
                .withMessageStartingWith(
                        "Cannot write $.order.items[3] (" + tree.getClass().getName());
    }

    @Test
    void whatIsUsedUpByReadingIsRefused() {
        refused(List.of(Stream.of(CANARY))).withMessageContaining("reading it would use it up; store a list");
        refused(List.of(List.of(CANARY).iterator())).withMessageContaining("reading it would use it up");
        refused(List.of(new Scanner(CANARY))).withMessageContaining("reading it would use it up");
    }

    @Test
    void whatCannotBeKeptWholeIsRefused() {
        Timestamp timestamp = Timestamp.valueOf("2026-11-23 10:15:30.123456789");
        List.of(timestamp, new java.sql.Date(0), new java.sql.Time(0), Calendar.getInstance())
                .forEach(date -> {
                    refused(date).withMessageContaining("store a class of java.time, such as Instant");
                    refused(Map.of(date, 1)).withMessageContaining("such as Instant");
                });
        refused(new Dated(timestamp, Map.of()))
                .withMessageStartingWith("Cannot write $.date (java.sql.Timestamp) as JSON: it has no form");
        refused(new Dated(new Date(0), Map.of(timestamp, 1)))
                .withMessageStartingWith("Cannot write $.counts (java.sql.Timestamp) as JSON: it has no form");
    }

    @Test
    void addressesAreRefused() {
        for (Object address : List.of(
                InetAddress.getLoopbackAddress(), new InetSocketAddress(InetAddress.getLoopbackAddress(), 6379))) {
            refused(address).withMessageContaining("would look up a name");
            refused(Map.of(address, 1)).withMessageContaining("would look up a name");
        }
    }

    @Test
    void keysWithoutAWayBackAreRefused() {
        refused(Map.of(new Point(1, 2), 1)).withMessageContaining("such keys cannot be read back");
        refused(Map.of(List.of(1, 2), 1)).withMessageContaining("such keys cannot be read back");
        refused(Map.of(new int[0], 1)).withMessageContaining("such keys cannot be read back");
        for (Object key : List.of(
                Optional.of("a"),
                OptionalInt.of(1),
                Pattern.compile("a"),
                new BitSet(),
                new AtomicInteger(),
                new LongAdder())) {
            refused(Map.of(key, 1)).withMessageContaining("such keys cannot be read back");
        }
        refused(Map.of(new ReentrantLock().newCondition(), 1)).withMessageContaining("such keys cannot be read back");
    }

    @Test
    void anotherClassThanDeclaredInsideIsRefused() {
        @SuppressWarnings({"unchecked", "rawtypes"})
        Codec<List<String>> strings =
                (Codec) codecs.of(new org.springframework.core.ParameterizedTypeReference<List<Point>>() {});
        assertThatExceptionOfType(UnencodableValueException.class)
                .isThrownBy(() -> strings.encode(List.of(CANARY)))
                .satisfies(e -> Messages.assertHoldNot(e, "canary"));
    }
}
