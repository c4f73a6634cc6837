package io.pottery.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.pottery.error.UndecodableValueException;
import java.io.File;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.Currency;
import java.util.Date;
import java.util.EnumSet;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.ResolvableType;
import tools.jackson.databind.ValueDeserializer;

/** A scalar is read from nothing but what it is written as. */
@WithBothJacksons
class StrictReadingTest {

    private static final List<Class<?>> NUMBERS = List.of(
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            BigInteger.class,
            Float.class,
            Double.class,
            BigDecimal.class,
            Number.class,
            AtomicInteger.class,
            AtomicLong.class,
            OptionalInt.class,
            OptionalLong.class,
            OptionalDouble.class);

    private static final List<Class<?>> DATES = List.of(
            Instant.class, OffsetDateTime.class, ZonedDateTime.class, LocalDate.class, LocalDateTime.class, Date.class);

    private static final List<Class<?>> TEXTS = List.of(
            URI.class,
            File.class,
            Path.class,
            Pattern.class,
            Locale.class,
            TimeZone.class,
            Charset.class,
            Currency.class,
            UUID.class,
            StringBuilder.class,
            CharSequence.class,
            Character.class,
            Duration.class,
            Period.class,
            ZoneId.class,
            byte[].class,
            char[].class,
            Letter.class);

    private static final List<Class<?>> REFUSED = List.of(
            Calendar.class,
            GregorianCalendar.class,
            Timestamp.class,
            java.sql.Date.class,
            java.sql.Time.class,
            InetAddress.class,
            Inet4Address.class,
            Inet6Address.class,
            InetSocketAddress.class);

    enum Letter {
        A
    }

    record Boxes(Integer i, Long l, Boolean z, Double d) {}

    record Formatted(
            @JsonFormat(pattern = "yyyyMMdd") LocalDate day,
            @JsonFormat(pattern = "yyyyMMddHHmmssX") OffsetDateTime time,
            @JsonFormat(pattern = "yyyyMMdd") Date date) {}

    @JsonDeserialize(using = Forgetful.Reader2.class)
    @tools.jackson.databind.annotation.JsonDeserialize(using = Forgetful.Reader3.class)
    record Forgetful(String text) {
        static final class Reader2 extends JsonDeserializer<Forgetful> {
            @Override
            public Forgetful deserialize(JsonParser parser, DeserializationContext context) {
                return null;
            }
        }

        static final class Reader3 extends ValueDeserializer<Forgetful> {
            @Override
            public Forgetful deserialize(
                    tools.jackson.core.JsonParser parser, tools.jackson.databind.DeserializationContext context) {
                return null;
            }
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    @JsonSubTypes(@JsonSubTypes.Type(value = Square.class, name = "square"))
    interface Shape {}

    record Square(Double width) implements Shape {}

    private final JsonCodecs codecs;

    StrictReadingTest(Jackson jackson) {
        codecs = jackson.codecs();
    }

    private ThrowableAssertAlternative<UndecodableValueException> refused(Codec<?> codec, String json) {
        return assertThatExceptionOfType(UndecodableValueException.class)
                .as("%s %s", codec, json)
                .isThrownBy(() -> codec.decode(Golden.utf8(json)));
    }

    private void refused(List<Class<?>> types, String... texts) {
        for (Class<?> type : types) {
            for (String text : texts) {
                refused(codecs.of(type), text);
                refused(of(List.class, type), "[" + text + "]");
            }
        }
    }

    private Codec<?> of(Class<?> raw, Class<?>... arguments) {
        Type type = ResolvableType.forClassWithGenerics(raw, arguments).getType();
        return codecs.of(ParameterizedTypeReference.forType(type));
    }

    @Test
    void textsAreNoNumbersAndNoBooleansAndBlanksAreNotNull() {
        refused(NUMBERS, "\"\"", "\" \"", "\"1\"", "\"NaN\"", "\"null\"", "true", "[1]", "{}");
        refused(List.of(Boolean.class, AtomicBoolean.class), "\"\"", "\" \"", "\"true\"", "1", "1.0", "NaN");
        for (String property : List.of("i", "l", "z", "d")) {
            refused(codecs.of(Boxes.class), "{\"%s\": \" \"}".formatted(property))
                    .withMessageContaining("at $." + property + ", found a string");
        }
        refused(of(List.class, Integer.class), "[\" \", 1]").withMessageContaining("$[0]");
        refused(of(Optional.class, Integer.class), "\" \"");
    }

    @Test
    void numbersAreReadByAllThatHaveThem() {
        for (Class<?> type : NUMBERS) {
            assertThat(codecs.of(type).decode(Golden.utf8("1"))).asString().contains("1");
        }
        for (Class<?> type : List.of(Float.class, Double.class, BigDecimal.class, Number.class, OptionalDouble.class)) {
            assertThat(codecs.of(type).decode(Golden.utf8("1.5"))).asString().contains("1.5");
        }
    }

    @Test
    void localesAreReadFromTheirOwnText() {
        Codec<Locale> locales = codecs.of(Locale.class);
        Codec<Map<Locale, Integer>> keys = codecs.of(new ParameterizedTypeReference<>() {});
        for (String tag : List.of(
                "de",
                "de-DE",
                "zh-Hant-TW",
                "zh-Hans",
                "ja-JP-u-ca-japanese",
                "de-u-co-phonebk",
                "sr-Latn-RS-u-nu-latn",
                "th-TH-u-nu-thai-x-lvariant-TH",
                "sl-rozaj")) {
            Locale locale = Locale.forLanguageTag(tag);
            assertThat(locales.decode(locales.encode(locale))).isEqualTo(locale);
            assertThat(keys.decode(keys.encode(Map.of(locale, 1)))).containsOnlyKeys(locale);
        }
        refused(List.of(Locale.class), "\"2026-01-01\"", "\"de-DE\"", "\"DE\"", "\"de_DE_\"", "\"zh_TW_#\"");
        refused(of(Map.class, Locale.class, Integer.class), "{\"2026-01-01\": 1}");
    }

    @Test
    void aNumberThatCouldNotBeWrittenIsNotRead() {
        for (String json : List.of("1E2147483647", "1e99999", "1E-99999")) {
            refused(codecs.of(BigDecimal.class), json);
        }
        assertThat(codecs.of(BigDecimal.class).decode(Golden.utf8("1e4299"))).isEqualTo(new BigDecimal("1e4299"));
    }

    @Test
    void onlyNullIsNull() {
        for (Class<?> type : NUMBERS) {
            assertThat(codecs.of(type).decode(Golden.utf8("null"))).isNull();
        }
        assertThat(codecs.of(Boxes.class).decode(Golden.utf8("{\"i\": null, \"l\": 1}")))
                .isEqualTo(new Boxes(null, 1L, null, null));
        refused(codecs.of(Forgetful.class), "\"a\"").withMessageContaining("reads it as null");
    }

    @Test
    void datesAreNoNumbersInATextEither() {
        refused(DATES, "\"1\"", "\"-1\"", "\"1.5\"", "\"1700000000000\"", "\"\"", "\" \"", "1", "1.5", "true");
        refused(codecs.of(Date.class), "\"2026-11-23T10:15:30.123456Z\"");
        refused(codecs.of(Date.class), "\"+1000000000-12-31T23:59:59Z\"");
        refused(codecs.of(LocalDate.class), "\"2026-11-23T10:15:30Z\"");
        refused(codecs.of(LocalDateTime.class), "\"2026-11-23T10:15:30Z\"");
    }

    @Test
    void aPropertyMayHaveAFormatOfItsOwn() {
        Codec<Formatted> codec = codecs.of(Formatted.class);
        Formatted formatted = new Formatted(
                LocalDate.parse("2026-11-23"), OffsetDateTime.parse("2026-11-23T10:15:30Z"), new Date(86_400_000));

        byte[] json = codec.encode(formatted);

        assertThat(Golden.text(json))
                .isEqualTo("{\"date\": \"19700102\", \"day\": \"20261123\", \"time\": \"20261123101530Z\"}");
        assertThat(codec.decode(json)).isEqualTo(formatted);
    }

    @Test
    void whatIsWrittenAsATextIsReadFromNothingElse() {
        refused(TEXTS, "1", "1.5", "true", "NaN", "[1]", "[\"a\"]", "{}");
        refused(List.of(Letter.class), "\" A \"", "\"A \"", "\"a\"", "\"\"", "\" \"");
        refused(of(EnumSet.class, Letter.class), "[\" A\"]");
        refused(List.of(Month.class), "\"4\"", "\"may\"", "\" MAY\"", "4", "\"\"");
        refused(List.of(Currency.class), "\" EUR\"");
        refused(List.of(TimeZone.class), "\"Europe/Nowhere\"");
        refused(List.of(byte[].class), "\" YQ==\"");
        for (Class<?> type : List.of(StringBuilder.class, CharSequence.class, Pattern.class)) {
            assertThat(codecs.of(type).decode(Golden.utf8("\" a \""))).hasToString(" a ");
        }
    }

    @Test
    void theInfinitiesHaveTheNamesThatPythonGivesThem() {
        for (String name : List.of("-INF", "+INF", "+Infinity", "INF", "-NaN")) {
            for (Class<?> type : List.of(Float.class, Double.class, OptionalDouble.class, Number.class, Object.class)) {
                refused(codecs.of(type), name);
            }
            refused(codecs.of(double[].class), "[1, " + name + "]");
            refused(codecs.of(Shape.class), "{\"width\": " + name + ", \"@type\": \"square\"}");
            refused(codecs.of(Boxes.class), "{\"unknown\": " + name + "}");
            refused(codecs.of(Boxes.class), "{\"unknown\": {\"a\": [[], " + name + "]}}");
        }
        for (String name : List.of("NaN", "Infinity", "-Infinity")) {
            Double number = Double.valueOf(name);
            assertThat(codecs.of(Float.class).decode(Golden.utf8(name))).isEqualTo((Object) number.floatValue());
            assertThat(codecs.of(OptionalDouble.class).decode(Golden.utf8(name)))
                    .isEqualTo(OptionalDouble.of(number));
            assertThat(codecs.of(Object.class).decode(Golden.utf8(name))).isEqualTo((Object) number);
            assertThat(codecs.of(double[].class).decode(Golden.utf8("[" + name + "]")))
                    .containsExactly(number);
            assertThat(codecs.of(Boxes.class).decode(Golden.utf8("{\"unknown\": {\"a\": [[], " + name + "]}}")))
                    .isEqualTo(new Boxes(null, null, null, null));
        }
        assertThat(codecs.of(Object.class).decode(Golden.utf8("1e999"))).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void arraysOfPrimitivesAreReadFromArraysOfThem() {
        for (Class<?> type : List.of(float[].class, double[].class)) {
            refused(codecs.of(type), "[1, \"NaN\"]")
                    .withMessage(
                            "Expected %s at $[1], found a string that cannot be one; open it with the type it was written with",
                            type.getComponentType());
            refused(codecs.of(type), "\"AAAAAAAA8D8=\"");
        }
        for (Class<?> type :
                List.of(short[].class, int[].class, long[].class, float[].class, double[].class, boolean[].class)) {
            for (String json : List.of("\"\"", "\" \"", "\"YQ==\"", "[\" \"]", "[\"1\"]", "[null]", "[[1]]", "1")) {
                refused(codecs.of(type), json);
            }
        }
    }

    @Test
    void aKeyThatIsANumberHasOneText() {
        for (Class<?> type :
                List.of(Byte.class, Short.class, Integer.class, Long.class, BigInteger.class, BigDecimal.class)) {
            for (String key : List.of("+1", "01", "-0", " 1", "1e0", "0x1", "", "\u0661")) {
                refused(of(Map.class, type, Integer.class), "{\"1\": 0, \"" + key + "\": 1}");
            }
        }
        for (Class<?> type : List.of(Float.class, Double.class)) {
            for (String key : List.of("1", "1.50", "+1.5", "15e-1", "1.5d", " 1.5", "")) {
                refused(of(Map.class, type, Integer.class), "{\"" + key + "\": 1}");
            }
        }
        refused(of(Map.class, Boolean.class, Integer.class), "{\"True\": 1}");
        refused(of(Map.class, Month.class, Integer.class), "{\"1\": 1}");
        refused(of(Map.class, BigDecimal.class, Integer.class), "{\"1E-2000000000\": 1}");
        refused(of(Map.class, BigDecimal.class, Integer.class), "{\"1E+2000000000\": 1}");
        refused(of(Map.class, BigInteger.class, Integer.class), "{\"" + "1".repeat(5_000_000) + "\": 1}");
    }

    @Test
    void whatCannotBeKeptWholeOrLooksUpNamesIsNotRead() {
        refused(REFUSED, "\"localhost\"", "\"2026-11-23T10:15:30Z\"", "1");
        for (Class<?> type : REFUSED) {
            refused(of(Map.class, type, Integer.class), "{\"localhost\": 1}");
        }
        refused(codecs.of(InetAddress.class), "\"localhost\"")
                .withMessage("Expected java.net.InetAddress, but java.net.InetAddress: "
                        + "reading it would look up a name in the network; store its text");
    }
}
