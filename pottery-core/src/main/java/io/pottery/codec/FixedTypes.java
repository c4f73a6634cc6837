package io.pottery.codec;

import java.io.File;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URL;
import java.nio.charset.Charset;
import java.nio.file.Path;
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
import java.time.ZonedDateTime;
import java.util.Currency;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The classes of the JDK whose JSON docs/wire-format.md fixes, whatever an application has taught its mapper. */
final class FixedTypes {

    private static final Set<Class<?>> ALONE = Set.of(
            String.class,
            CharSequence.class,
            StringBuilder.class,
            StringBuffer.class,
            Character.class,
            Boolean.class,
            AtomicBoolean.class,
            Number.class,
            Byte.class,
            Short.class,
            Integer.class,
            AtomicInteger.class,
            Long.class,
            AtomicLong.class,
            BigInteger.class,
            Float.class,
            Double.class,
            BigDecimal.class,
            OptionalInt.class,
            OptionalLong.class,
            OptionalDouble.class,
            UUID.class,
            Date.class,
            Instant.class,
            LocalDate.class,
            LocalTime.class,
            LocalDateTime.class,
            OffsetDateTime.class,
            OffsetTime.class,
            ZonedDateTime.class,
            Year.class,
            YearMonth.class,
            Month.class,
            MonthDay.class,
            DayOfWeek.class,
            Duration.class,
            Period.class,
            Locale.class,
            Currency.class,
            URI.class,
            URL.class,
            File.class,
            Pattern.class);

    /** Those whose classes the JDK hides. */
    private static final List<Class<?>> WITH_SUBCLASSES =
            List.of(ZoneId.class, Path.class, TimeZone.class, Charset.class);

    private static final List<Class<?>> PRIMITIVES = List.of(
            boolean.class, byte.class, short.class, char.class, int.class, long.class, float.class, double.class);

    private FixedTypes() {}

    static Stream<Class<?>> all() {
        Stream<Class<?>> primitives = PRIMITIVES.stream().flatMap(type -> Stream.of(type, type.arrayType()));
        return Stream.concat(primitives, Stream.concat(ALONE.stream(), WITH_SUBCLASSES.stream()));
    }

    /** The class that is {@code type} by name, if the JDK hides it. */
    static Class<?> named(Class<?> type) {
        return WITH_SUBCLASSES.stream()
                .filter(parent -> parent.isAssignableFrom(type))
                .findFirst()
                .orElse(type);
    }

    static boolean contain(Class<?> type) {
        return type.isPrimitive()
                || type.isArray() && type.getComponentType().isPrimitive()
                || ALONE.contains(type)
                || WITH_SUBCLASSES.stream().anyMatch(parent -> parent.isAssignableFrom(type));
    }
}
