package io.pottery.codec;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What the keys of maps may be, and the texts that they are read from, so that no two keys become one. */
final class KeyTexts {

    /** All digits, a sign and a point. */
    private static final int LONGEST = Limits.DIGITS + 2;

    private KeyTexts() {}

    /**
     * Whether the texts that are not the application's own of {@code type} come back; {@code readable} says whether
     * Jackson reads such keys.
     */
    static boolean comeBack(Class<?> type, Predicate<Class<?>> readable) {
        if (type.isArray() || Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type)) {
            return false;
        }
        boolean ofOtherClasses = type.isInterface() && !FixedTypes.contain(type);
        return ofOtherClasses || readable.test(FixedTypes.named(type));
    }

    /** Whether Jackson reads keys of {@code type} from more texts than they are written as. */
    static boolean areLoose(Class<?> type) {
        return isNumberOrBoolean(type) || type.getPackage() == Instant.class.getPackage();
    }

    /** Whether {@code text} is too long for any key that {@link #areLoose is loose}. */
    static boolean isTooLong(String text) {
        return text.length() > LONGEST;
    }

    /** Whether {@code key}, which was read from {@code text} as a {@code type}, is what has this text. */
    static boolean isTextOf(String text, @Nullable Object key, Class<?> type) {
        return key != null && (!hasOneText(type) || text.equals(textOf(key)));
    }

    /** Beside numbers and booleans a month, which Jackson reads from numbers, too. */
    private static boolean hasOneText(Class<?> type) {
        return isNumberOrBoolean(type) || type.isEnum();
    }

    private static boolean isNumberOrBoolean(Class<?> type) {
        return Number.class.isAssignableFrom(type) || type == Boolean.class;
    }

    private static @Nullable String textOf(Object key) {
        if (key instanceof Double number && Double.isFinite(number)) {
            return FloatText.of(number);
        }
        if (key instanceof Float number && Float.isFinite(number)) {
            return FloatText.of(number);
        }
        if (key instanceof BigDecimal number) {
            return number.scale() < 0 || number.scale() > LONGEST ? null : number.toPlainString();
        }
        return key.toString();
    }
}
