package io.pottery.codec;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.function.Predicate;

/** The fewest digits, found by trying more and more of those of the exact value. */
final class ExactDigits implements FloatDigits {

    /** So many digits tell all numbers apart. */
    private static final int MOST_OF_DOUBLE = 17;

    private static final int MOST_OF_FLOAT = 9;

    @Override
    public String of(double value) {
        return of(value, MOST_OF_DOUBLE, number -> number.doubleValue() == value);
    }

    @Override
    public String of(float value) {
        return of(value, MOST_OF_FLOAT, number -> number.floatValue() == value);
    }

    private static String of(double value, int most, Predicate<BigDecimal> isSame) {
        if (value == 0) {
            return Double.toString(value); // which may be negative
        }
        BigDecimal exact = new BigDecimal(value);
        for (int digits = 1; digits < most; digits++) {
            BigDecimal nearest = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (isSame.test(nearest)) {
                return laidOut(nearest);
            }
            // Beside a power of two, the nearest may be another number where the one beyond it is not.
            RoundingMode away = nearest.abs().compareTo(exact.abs()) > 0 ? RoundingMode.DOWN : RoundingMode.UP;
            BigDecimal other = exact.round(new MathContext(digits, away));
            if (isSame.test(other)) {
                return laidOut(other);
            }
        }
        return laidOut(exact.round(new MathContext(most, RoundingMode.HALF_EVEN)));
    }

    private static String laidOut(BigDecimal number) {
        return number.unscaledValue() + ".0E" + -number.scale();
    }
}
