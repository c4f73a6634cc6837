package io.pottery.codec;

import io.pottery.error.UnencodableValueException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.function.Supplier;

/** The text of unbounded numbers, refused before it grows beyond the limit. */
final class JsonNumbers {

    private static final double DIGITS_PER_BIT = Math.log10(2);

    private JsonNumbers() {}

    static String text(BigInteger number, Supplier<?> path) {
        requireShort(leastDigits(number), number, path);
        String text = number.toString();
        requireShort(text.length() - (number.signum() < 0 ? 1 : 0), number, path);
        return text;
    }

    static String text(BigDecimal number, Supplier<?> path) {
        requireShort(leastDigits(number.unscaledValue()), number, path);
        requireShort(digits(number), number, path);
        return number.toPlainString();
    }

    /** Whether {@code text} is a number that can be written without an exponent. */
    static boolean isShort(String text) {
        try {
            return digits(new BigDecimal(text)) <= Limits.DIGITS;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static long digits(BigDecimal number) {
        long scale = number.scale();
        long integral = number.signum() == 0 ? 1 : Math.max(1, number.precision() - scale);
        return integral + Math.max(0, scale);
    }

    private static long leastDigits(BigInteger number) {
        return (long) ((number.abs().bitLength() - 1) * DIGITS_PER_BIT) + 1;
    }

    private static void requireShort(long digits, Number number, Supplier<?> path) {
        if (digits > Limits.DIGITS) {
            throw tooLong(digits, number, path);
        }
    }

    private static UnencodableValueException tooLong(long digits, Number number, Supplier<?> path) {
        return Failures.tooLong(
                path.get(), number.getClass().getName(), "a number may have %d digits", digits, Limits.DIGITS);
    }
}
