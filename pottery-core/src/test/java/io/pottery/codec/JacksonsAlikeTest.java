package io.pottery.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.pottery.error.UnencodableValueException;
import java.io.File;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Currency;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both Jacksons write and read the same, whatever it is, and refuse the same. */
class JacksonsAlikeTest {

    enum Level {
        LOW,
        HIGH
    }

    static class Bean {
        private final String name = "a";
        public int count = 1;

        public String getName() {
            return name;
        }

        public boolean isEmpty() {
            return false;
        }

        public List<Integer> getSizes() {
            return List.of(1);
        }

        public String getURL() {
            return "u";
        }
    }

    private final Codec<Object> three = new Jackson3Codecs().of(Object.class);
    private final Codec<Object> two = new Jackson2Codecs().of(Object.class);

    static Stream<Object> scalars() {
        return Stream.of(
                "a\n\u00e9\ud83d\ude00",
                'c',
                true,
                (byte) -1,
                (short) 2,
                3,
                4L,
                5.5f,
                6.25,
                1e300,
                BigInteger.TEN.pow(40),
                new BigDecimal("1.10"),
                new BigDecimal("1E+3"),
                new AtomicInteger(1),
                new AtomicLong(2),
                Level.HIGH,
                UUID.fromString("7d444840-9dc0-11d1-b245-5ffdce74fad2"),
                new Date(1_500),
                Locale.ROOT,
                Locale.GERMANY,
                Locale.forLanguageTag("zh-Hans-CN"),
                Locale.forLanguageTag("ja-JP-u-ca-japanese"),
                Currency.getInstance("EUR"),
                URI.create("redis://a/0"),
                new File("/a/b"),
                Path.of("/a/b"),
                Pattern.compile("a+"),
                TimeZone.getTimeZone("Europe/Paris"),
                StandardCharsets.UTF_8,
                new StringBuilder("a"),
                Instant.parse("2026-11-23T10:15:30.5Z"),
                Instant.EPOCH,
                LocalDate.parse("2026-11-23"),
                LocalTime.parse("10:15:00"),
                LocalTime.parse("10:15:00.000001"),
                LocalDateTime.parse("2026-11-23T10:15:00"),
                OffsetDateTime.parse("2026-11-23T10:15:00+02:00"),
                OffsetDateTime.parse("2026-11-23T10:15:00Z"),
                OffsetTime.parse("10:15:00+02:00"),
                ZonedDateTime.parse("2026-10-25T02:30:00+01:00[Europe/Paris]"),
                ZonedDateTime.parse("2026-11-23T10:15:00Z[UTC]"),
                ZonedDateTime.parse("2026-11-23T10:15:00Z"),
                Year.of(2026),
                YearMonth.of(2026, 2),
                Month.MAY,
                MonthDay.of(12, 24),
                DayOfWeek.MONDAY,
                Duration.ofMillis(90_500),
                Duration.ZERO,
                Period.of(1, 2, 3),
                ZoneId.of("Europe/Paris"),
                ZoneOffset.ofHours(-3));
    }

    static Stream<Object> others() {
        return Stream.of(
                new AtomicBoolean(true),
                new AtomicReference<>("a"),
                Optional.of(1),
                Optional.empty(),
                OptionalInt.of(1),
                OptionalInt.empty(),
                OptionalLong.of(1),
                OptionalDouble.of(1.5),
                new byte[] {1, -1},
                new char[] {'a', 'b'},
                new int[] {1, 2},
                new double[] {1.5},
                new boolean[] {true},
                new String[] {"a", null},
                new Object[] {1, "a", null},
                ByteBuffer.wrap(new byte[] {1, 2}),
                BitSet.valueOf(new long[] {5}),
                Arrays.asList(1, null),
                Set.of("b", "a"),
                new ArrayDeque<>(List.of(2, 1)),
                Stream.of(1, 2),
                Map.entry("a", 1),
                Map.of("a", Optional.empty()),
                Collections.singletonMap("a", null),
                new Properties(),
                new Bean(),
                new Object(),
                String.class,
                Timestamp.valueOf("2026-11-23 10:15:30"),
                InetSocketAddress.createUnresolved("localhost", 6379),
                new IllegalStateException("a").getStackTrace()[0],
                Thread.currentThread(),
                Double.NaN);
    }

    @ParameterizedTest
    @MethodSource({"scalars", "others"})
    void asAValue(Object value) {
        assertAlike(value);
        assertAlike(Arrays.asList(value, null));
    }

    @ParameterizedTest
    @MethodSource({"scalars", "others"})
    void asAKey(Object key) {
        assertAlike(Map.of(key, 1));
    }

    @ParameterizedTest
    @MethodSource("scalars")
    void readsWhatTheOtherWrote(Object scalar) {
        byte[] json = three.encode(scalar);
        Class<?> type = scalar instanceof Enum<?> constant ? constant.getDeclaringClass() : publicClass(scalar);
        Object read = new Jackson3Codecs().of(type).decode(json);

        assertThat(read).hasToString(scalar instanceof BigDecimal number ? number.toPlainString() : scalar.toString());
        assertThat(new Jackson2Codecs().of(type).decode(json)).hasToString(read.toString());
    }

    private static Class<?> publicClass(Object scalar) {
        return Stream.<Class<?>>of(
                        ZoneOffset.class, ZoneId.class, TimeZone.class, Path.class, java.nio.charset.Charset.class)
                .filter(type -> type.isInstance(scalar))
                .findFirst()
                .orElse(scalar.getClass());
    }

    @Test
    void classesAreToldApartByTheirText() {
        assertThat(three.toString()).isEqualTo(two.toString());
        assertThat(three).isNotEqualTo(two).isEqualTo(new Jackson3Codecs().of(Object.class));
        assertThat(two).isEqualTo(new Jackson2Codecs().of(Object.class));
    }

    private void assertAlike(Object value) {
        assertThat(written(three, value)).isEqualTo(written(two, value));
    }

    private static String written(Codec<Object> codec, Object value) {
        try {
            return Golden.text(codec.encode(value));
        } catch (UnencodableValueException e) {
            return "refused";
        }
    }
}
