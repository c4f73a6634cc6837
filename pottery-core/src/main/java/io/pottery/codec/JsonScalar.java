package io.pottery.codec;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The one piece of JSON that a scalar is read from: that which it is written as. Jackson's own take texts for numbers,
 * blanks for null, numbers for dates, and 200 for the byte -56.
 *
 * @param texts the texts to read, if it is one, or a number with a fraction or an exponent
 */
record JsonScalar(Form form, Predicate<String> texts) {

    enum Form {
        TEXT,
        NUMBER,
        INTEGER,
        BYTE,
        BOOLEAN
    }

    private static final Set<Class<?>> INTEGERS =
            Set.of(byte.class, Byte.class, short.class, Short.class, int.class, Integer.class, long.class, Long.class);

    private static final Predicate<String> ANY = text -> true;
    private static final Predicate<String> TRIMMED =
            text -> text.length() == text.trim().length();
    private static final Predicate<String> WITH_TIME = text -> text.contains("T");

    /** The texts to read, where it is not those without blanks around them. */
    private static final Map<Class<?>, Predicate<String>> TEXTS = Map.ofEntries(
            Map.entry(char.class, ANY),
            Map.entry(Character.class, ANY),
            Map.entry(char[].class, ANY),
            Map.entry(CharSequence.class, ANY),
            Map.entry(StringBuilder.class, ANY),
            Map.entry(StringBuffer.class, ANY),
            Map.entry(Pattern.class, ANY),
            Map.entry(BigDecimal.class, JsonNumbers::isShort),
            Map.entry(Instant.class, TRIMMED.and(WITH_TIME)),
            Map.entry(OffsetDateTime.class, TRIMMED.and(WITH_TIME)),
            Map.entry(ZonedDateTime.class, TRIMMED.and(WITH_TIME)),
            Map.entry(LocalDate.class, TRIMMED.and(WITH_TIME.negate())),
            Map.entry(LocalDateTime.class, TRIMMED.and(text -> !text.endsWith("Z"))),
            Map.entry(Month.class, text -> !text.isEmpty() && Character.isLetter(text.charAt(0))),
            Map.entry(TimeZone.class, text -> TimeZone.getTimeZone(text).getID().equals(text)));

    /**
     * The piece of JSON for {@code type}, null if it is no scalar. {@code logicalType} is the name that either Jackson
     * has for its kind.
     */
    static @Nullable JsonScalar of(Class<?> type, @Nullable Enum<?> logicalType) {
        Form form = logicalType == null ? null : formOf(type, logicalType.name());
        return form == null || type == String.class ? null : new JsonScalar(form, TEXTS.getOrDefault(type, TRIMMED));
    }

    /** The piece of JSON for an enum whose constants are told by a {@code value}. */
    static JsonScalar ofEnum(Class<?> value) {
        boolean integer = INTEGERS.contains(value);
        return new JsonScalar(integer ? Form.INTEGER : Form.TEXT, TRIMMED);
    }

    private static @Nullable Form formOf(Class<?> type, String logicalType) {
        return switch (logicalType) {
            case "Textual", "DateTime", "Enum", "Binary", "OtherScalar" -> Form.TEXT;
            case "Float" -> Form.NUMBER;
            case "Integer" -> formOfInteger(type);
            case "Boolean" -> Form.BOOLEAN;
            case "Array" -> type == byte[].class || type == char[].class ? Form.TEXT : null;
            default -> null;
        };
    }

    /** Jackson counts characters and numbers of any kind among the integers. */
    private static Form formOfInteger(Class<?> type) {
        if (type == char.class || type == Character.class) {
            return Form.TEXT;
        }
        if (type == Number.class) {
            return Form.NUMBER;
        }
        return type == byte.class || type == Byte.class ? Form.BYTE : Form.INTEGER;
    }

    /** The same for a property that has a pattern of its own. */
    JsonScalar withOwnPattern() {
        return new JsonScalar(form, TRIMMED);
    }

    /** Whether a piece of JSON of the kind {@code found} with this {@code text} is read. */
    boolean fits(JsonKind found, String text) {
        return switch (form) {
            case TEXT -> found == JsonKind.STRING && texts.test(text);
            case NUMBER -> found == JsonKind.INTEGER || found == JsonKind.FRACTION && texts.test(text);
            case INTEGER -> found == JsonKind.INTEGER;
            case BYTE -> found == JsonKind.INTEGER && isByte(text);
            case BOOLEAN -> found == JsonKind.BOOLEAN;
        };
    }

    private static boolean isByte(String text) {
        if (text.length() > "-128".length()) {
            return false;
        }
        int number = Integer.parseInt(text);
        return number == (byte) number;
    }
}
