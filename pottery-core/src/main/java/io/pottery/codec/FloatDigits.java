package io.pottery.codec;

/**
 * The fewest digits that read back as the same number, in Java's layout.
 *
 * <p>Those of {@link Double#toString(double)} are the fewest since Java 19, but for subnormal numbers, because Java
 * writes at least two. Before, a Jackson has them, whichever there is.
 */
interface FloatDigits {

    /** Digits that are found by trying: slow, but always the fewest. */
    FloatDigits EXACT = new ExactDigits();

    int FIRST_JAVA_WITH_THE_FEWEST = 19;

    /** The digits of {@code value}, which must be finite and not be subnormal. */
    String of(double value);

    /** The digits of {@code value}, which must be finite and not be subnormal. */
    String of(float value);

    static FloatDigits fastest() {
        if (Runtime.version().feature() >= FIRST_JAVA_WITH_THE_FEWEST) {
            return new JavaDigits();
        }
        if (ClassPathCodecs.HAS_JACKSON_3) {
            return new Jackson3Digits();
        }
        return ClassPathCodecs.HAS_JACKSON_2 ? new Jackson2Digits() : EXACT;
    }
}
