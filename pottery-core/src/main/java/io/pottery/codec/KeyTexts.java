package io.pottery.codec;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What the keys of maps may be, and the texts that they are read from, so that no two keys become one. */
final class KeyTexts {

    /** All digits, a sign and a point. */
    private static final int LONGEST = Limits.DIGITS + 2;

    private KeyTexts() {}

    /**
     * Whether Jackson's own texts of {@code type} come back; {@code readable} tells it of a class of the application.
     */
    static boolean comeBack(Class<?> type, BooleanSupplier readable) {
        if (type.isArray() || Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type)) {
            return false;
        }
        return RefusedTypes.isOfJdk(type) ? hasOwnText(type) : readable.getAsBoolean();
    }

    private static boolean hasOwnText(Class<?> type) {
        try {
            return type.isInterface() || type.getMethod("toString").getDeclaringClass() != Object.class;
        } catch (NoSuchMethodException e) {
            return false;
        }
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
        return key != null && (!isNumberOrBoolean(type) || text.equals(textOf(key)));
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
