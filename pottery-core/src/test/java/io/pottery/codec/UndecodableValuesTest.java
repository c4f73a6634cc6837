package io.pottery.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.pottery.error.UndecodableValueException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Year;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Currency;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.ParameterizedTypeReference;

@WithBothJacksons
class UndecodableValuesTest {

    private static final String CANARY = "CANARY-51";

    enum Color {
        RED
    }

    record All(
            byte b,
            short s,
            int i,
            long l,
            float f,
            double d,
            boolean z,
            char c,
            String t,
            Color color,
            BigInteger big,
            BigDecimal decimal,
            Integer boxed) {}

    record Order(List<LocalDate> days, Map<String, Integer> prices) {}

    record Age(int years) {
        Age {
            if (years < 0) {
                throw new IllegalArgumentException("years must be >= 0");
            }
        }
    }

    static final class Open {
        @JsonAnySetter
        public void set(String name, Integer value) {}
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
    interface Named {}

    record HoldsNamed(
            @JsonTypeInfo(use = JsonTypeInfo.Id.MINIMAL_CLASS)
            Object any) {}

    static final class TwoWays {
        public final String name;

        TwoWays(String name) {
            this.name = name;
        }

        TwoWays(String first, String last) {
            this(first + last);
        }
    }

    interface HasName {
        String getName();
    }

    static final class Settings extends Properties {}

    private final Jackson jackson;
    private final JsonCodecs codecs;
    private final Codec<Object> any;

    UndecodableValuesTest(Jackson jackson) {
        this.jackson = jackson;
        codecs = jackson.codecs();
        any = codecs.of(Object.class);
    }

    private ThrowableAssertAlternative<UndecodableValueException> refused(Codec<?> codec, String json) {
        return refused(codec, json.getBytes(StandardCharsets.UTF_8));
    }

    private ThrowableAssertAlternative<UndecodableValueException> refused(Codec<?> codec, byte[] json) {
        ThrowableAssertAlternative<UndecodableValueException> thrown =
                assertThatExceptionOfType(UndecodableValueException.class).isThrownBy(() -> codec.decode(json));
        thrown.satisfies(e -> Messages.assertHoldNot(e, "CANARY"));
        return thrown;
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "b, 128",
                "b, 200",
                "b, -129",
                "b, 1.0",
                "b, `\"1\"`",
                "b, true",
                "b, null",
                "s, 32768",
                "s, 1.0",
                "s, `\"1\"`",
                "s, null",
                "i, 2147483648",
                "i, 1.0",
                "i, `\"1\"`",
                "i, `\"\"`",
                "i, true",
                "i, null",
                "i, [1]",
                "l, 9223372036854775808",
                "l, 1e3",
                "l, `\"1\"`",
                "l, null",
                "f, `\"1\"`",
                "f, true",
                "f, null",
                "f, `\"NaN\"`",
                "f, `\"\"`",
                "d, `\"1\"`",
                "d, false",
                "d, null",
                "d, `\"Infinity\"`",
                "z, 1",
                "z, 0",
                "z, `\"true\"`",
                "z, null",
                "z, 1.0",
                "c, 65",
                "c, `\"ab\"`",
                "c, null",
                "t, 1",
                "t, 1.5",
                "t, true",
                "t, {}",
                "t, [`\"a\"`]",
                "color, 0",
                "color, `\"0\"`",
                "color, `\"red\"`",
                "color, `\"\"`",
                "color, `\"CANARY\"`",
                "big, 1.0",
                "big, 1e3",
                "big, `\"1\"`",
                "big, 1e1000000000",
                "decimal, `\"1\"`",
                "decimal, true",
                "decimal, NaN",
                "boxed, 2147483648",
                "boxed, `\"1\"`",
                "boxed, `\"\"`",
                "boxed, true"
            })
    void scalarsAreStrict(String property, String json) {
        Codec<All> codec = codecs.of(All.class);
        Map<String, String> properties = new TreeMap<>(
                Map.of("b", "1", "s", "1", "i", "1", "l", "1", "f", "1", "d", "1", "z", "true", "c", "\"x\""));
        assertThat(codec.decode(Golden.utf8(object(properties)))).isNotNull();

        properties.put(property, json);

        refused(codec, object(properties)).withMessageContaining("$." + property);
    }

    private static String object(Map<String, String> properties) {
        return properties.entrySet().stream()
                .map(entry -> "\"%s\": %s".formatted(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    @Test
    void datesIdsAndBytesAreReadFromTextsOnly() {
        for (Class<?> type : List.of(
                Instant.class,
                LocalDate.class,
                Year.class,
                Duration.class,
                ZonedDateTime.class,
                DayOfWeek.class,
                Date.class,
                UUID.class,
                byte[].class)) {
            refused(codecs.of(type), "1");
            refused(codecs.of(type), "1e1000000");
            refused(codecs.of(type), "[1, 2, 3]");
        }
        refused(codecs.of(UUID.class), "\"\"");
        refused(codecs.of(LocalDate.class), "\"\"");
    }

    @Test
    void keysAreStrictToo() {
        refused(codecs.of(new ParameterizedTypeReference<Map<Byte, Integer>>() {}), "{\"200\": 1}");
        refused(codecs.of(new ParameterizedTypeReference<Map<Short, Integer>>() {}), "{\"70000\": 1}");
        refused(codecs.of(new ParameterizedTypeReference<Map<Integer, Integer>>() {}), "{\"4294967296\": 1}");
        refused(codecs.of(new ParameterizedTypeReference<Map<DayOfWeek, Integer>>() {}), "{\"1\": 1}");
        refused(codecs.of(new ParameterizedTypeReference<Map<Instant, Integer>>() {}), "{\"\": 1}");
    }

    @Test
    void classesAreNotLoaded() {
        refused(codecs.of(Class.class), "\"java.lang.String\"").withMessageContaining("no class is named in Redis");
        refused(codecs.of(new ParameterizedTypeReference<Map<Class<?>, Integer>>() {}), "{\"java.lang.String\": 1}");
        assertThat(any.tryEncode(String.class)).isNull();
        assertThat(any.tryEncode(Map.of(String.class, 1))).isNull();
    }

    @Test
    void aMissingPrimitiveIsNamed() {
        refused(codecs.of(Age.class), "{}").withMessage("Expected int at $.years, found none");
    }

    @Test
    void integersAreReadAsFloatingPointNumbers() {
        assertThat(codecs.of(Float.class).decode(Golden.utf8("3"))).isEqualTo(3f);
        assertThat(codecs.of(BigDecimal.class).decode(Golden.utf8("3"))).isEqualTo(new BigDecimal("3"));
    }

    @Test
    void unknownPropertiesAreIgnored() {
        assertThat(codecs.of(Age.class).decode(Golden.utf8("{\"new\": [1], \"years\": 3}")))
                .isEqualTo(new Age(3));
    }

    @Test
    void theMessageNamesTypePathAndKind() {
        Codec<Order> orders = codecs.of(Order.class);
        refused(orders, "{\"days\": [\"2026-11-23\", \"" + CANARY + "\"]}")
                .withMessage(
                        "Expected java.time.LocalDate at $.days[1], found a string that cannot be one; open it with the type it was written with")
                .withNoCause();
        refused(orders, "{\"prices\": {\"" + CANARY + "\": \"" + CANARY + "\"}}")
                .withMessage(
                        "Expected java.lang.Integer at $.prices.*, found a string that cannot be one; open it with the type it was written with");
        refused(codecs.of(new ParameterizedTypeReference<Map<String, Integer>>() {}), "{\"empty\": \"1\"}")
                .withMessage(
                        "Expected java.lang.Integer at $.*, found a string that cannot be one; open it with the type it was written with");
        refused(orders, "[]")
                .withMessage("Expected " + Order.class.getName()
                        + " at $, found an array that cannot be one; open it with the type it was written with");
        refused(codecs.of(String.class), "{}")
                .withMessage(
                        "Expected java.lang.String at $, found an object that cannot be one; open it with the type it was written with");
    }

    @Test
    void nothingStoredIsEverInAMessage() {
        for (Class<?> type : List.of(
                UUID.class,
                URI.class,
                Currency.class,
                Instant.class,
                LocalDate.class,
                ZonedDateTime.class,
                byte[].class,
                Color.class,
                Integer.class,
                Double.class,
                Boolean.class,
                BigDecimal.class,
                BigInteger.class,
                Float.class,
                char.class,
                List.class,
                Map.class,
                Order.class,
                Class.class,
                Date.class,
                Duration.class)) {
            refused(codecs.of(type), "\"http://[" + CANARY + "\"");
            refused(codecs.of(type), CANARY);
            refused(codecs.of(type), "{\"" + CANARY + "\": " + CANARY);
        }
        refused(codecs.of(Open.class), "{\"" + CANARY + "\": \"" + CANARY + "\"}")
                .withMessageContaining("$.*");
        refused(codecs.of(new ParameterizedTypeReference<Map<UUID, Integer>>() {}), "{\"" + CANARY + "\": 1}");
        refused(codecs.of(new ParameterizedTypeReference<Map<Integer, Integer>>() {}), "{\"" + CANARY + "\": 1}");
        refused(codecs.of(new ParameterizedTypeReference<Map<LocalDate, Integer>>() {}), "{\"" + CANARY + "\": 1}");
    }

    @Test
    void whatTheApplicationThrewIsTheCause() {
        refused(codecs.of(new ParameterizedTypeReference<List<Age>>() {}), "[{\"years\": -1}]")
                .withMessageContaining("$[0]")
                .havingCause()
                .isInstanceOf(IllegalArgumentException.class)
                .withMessage("years must be >= 0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\": 1",
                "[1, 2",
                "\"abc",
                "[1 2]",
                "{\"a\" 1}",
                "1 2",
                "[] []",
                "{} x",
                "tru",
                "\ufeff1",
                "\ufeff\"a\"",
                "",
                "  ",
                "// a\n1",
                "[1,]",
                "{a: 1}",
                "'a'"
            })
    void whatIsNotJsonIsRefused(String json) {
        for (Class<?> type :
                List.of(Object.class, String.class, Long.class, Double.class, Boolean.class, Order.class)) {
            refused(codecs.of(type), json);
        }
    }

    @Test
    void theTreeOfAnotherJacksonIsNotRead() {
        refused(codecs.of(jackson.other().model()), "{}").withMessageContaining("it is a tree of another Jackson");
    }

    @Test
    void whatJacksonReadsAsAnotherClassIsRefused() {
        refused(codecs.of(Settings.class), "{\"CANARY\": \"CANARY\"}")
                .withMessageContaining("it is read as a java.util.Properties");
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        for (Codec<?> codec : List.of(any, codecs.of(String.class), codecs.of(Order.class))) {
            refused(codec, new byte[] {'"', (byte) 0xc3, '"'});
            refused(codec, new byte[] {'"', (byte) 0xc0, (byte) 0x80, '"'});
            refused(codec, new byte[] {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'});
            refused(codec, new byte[] {(byte) 0xac, (byte) 0xed, 0, 5, 't', 0, 1, 'a'});
            refused(codec, "\"a\"".getBytes(StandardCharsets.UTF_16LE));
        }
    }

    @Test
    void namesOfClassesInTheTextAreOnlyData() {
        String gadget = "{\"@class\": \"com.sun.rowset.JdbcRowSetImpl\", \"dataSourceName\": \"ldap://x\"}";

        assertThat(any.decode(Golden.utf8(gadget)))
                .isEqualTo(Map.of("@class", "com.sun.rowset.JdbcRowSetImpl", "dataSourceName", "ldap://x"));
        assertThat(any.decode(Golden.utf8("[\"java.util.ArrayList\", [1]]")))
                .isEqualTo(List.of("java.util.ArrayList", List.of(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> codecs.of(Named.class))
                .withMessageStartingWith(Named.class.getName())
                .withMessageContaining("use JsonTypeInfo.Id.NAME");
        refused(codecs.of(HoldsNamed.class), "{\"any\": " + gadget + "}")
                .withMessageContaining("use JsonTypeInfo.Id.NAME");
        refused(codecs.of(Order.class), "[\"" + Order.class.getName() + "\", {}]");
    }

    @Test
    void bombsAreRefusedByTheLimits() {
        refused(any, "[".repeat(1_000_000)).withMessageContaining("document nesting depth 101, the limit is 100");
        refused(any, "{\"a\":".repeat(1_000_000)).withMessageContaining("the limit is 100");
        refused(codecs.of(Order.class), "{\"unknown\":" + "[".repeat(200_000))
                .withMessageContaining("the limit is 100");
        refused(any, "1" + "0".repeat(5_000)).withMessageContaining("the limit is 4300");
        refused(codecs.of(Double.class), "1" + "0".repeat(5_000)).withMessageContaining("the limit is 4300");
        refused(any, "\"" + "a".repeat(Limits.STRING + 1) + "\"").withMessageContaining("the limit is 8388608");
        refused(codecs.of(String.class), "\"" + "a".repeat(Limits.STRING + 1) + "\"")
                .withMessageContaining("the limit is 8388608");
        byte[] blanks = new byte[Limits.DOCUMENT + 1];
        Arrays.fill(blanks, (byte) ' ');
        refused(any, blanks).withMessageContaining("the text has 16777217 bytes, the limit is 16777216");
        refused(codecs.of(String.class), blanks).withMessageContaining("the limit is 16777216");
        assertThat(any.decode(Golden.utf8("[".repeat(100) + "]".repeat(100)))).isInstanceOf(List.class);
    }

    @Test
    void aClassThatCannotBeMadeSaysHowToChangeIt() {
        for (Class<?> type : List.of(TwoWays.class, HasName.class)) {
            refused(codecs.of(type), "{\"name\": \"" + CANARY + "\"}")
                    .withMessageContainingAll(
                            type.getName(), "cannot be made from JSON", "make it a record", "@JsonCreator");
        }
    }

    @Test
    void aClassThatRefusesWhatIsStoredIsNamedAsTheOneWhoDid() {
        refused(codecs.of(Age.class), "{\"years\": -1}")
                .withMessageContainingAll(
                        Age.class.getName(), "itself refused what is stored", "IllegalArgumentException")
                .havingCause()
                .isInstanceOf(IllegalArgumentException.class);
    }
}
