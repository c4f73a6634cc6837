package io.pottery.codec;

/**
 * The shortest text that reads back as the same number, laid out as Python's {@code repr} does it: {@code 100.0},
 * {@code 1e+16}, {@code 1e-05}.
 */
final class FloatText {

    private static final int FIRST_FIXED_EXPONENT = -4;
    private static final int FIRST_SCIENTIFIC_EXPONENT = 16;

    private static final FloatDigits DIGITS = FloatDigits.fastest();

    private FloatText() {}

    /** {@code value} must be finite. */
    static String of(double value) {
        boolean subnormal = value != 0 && Math.abs(value) < Double.MIN_NORMAL;
        return laidOut(subnormal ? FloatDigits.EXACT.of(value) : DIGITS.of(value));
    }

    /** {@code value} must be finite. */
    static String of(float value) {
        boolean subnormal = value != 0 && Math.abs(value) < Float.MIN_NORMAL;
        return laidOut(subnormal ? FloatDigits.EXACT.of(value) : DIGITS.of(value));
    }

    /** Takes Java's layout: {@code 123.0}, {@code 1.0E16}, {@code 1.234E-5}. */
    static String laidOut(String java) {
        int start = java.charAt(0) == '-' ? 1 : 0;
        int e = java.indexOf('E');
        int end = e < 0 ? java.length() : e;
        int dot = java.indexOf('.');
        String digits = java.substring(start, dot) + java.substring(dot + 1, end);
        int point = dot - start + (e < 0 ? 0 : Integer.parseInt(java.substring(e + 1)));

        int first = 0;
        while (first < digits.length() - 1 && digits.charAt(first) == '0') {
            first++;
        }
        int last = digits.length();
        while (last > first + 1 && digits.charAt(last - 1) == '0') {
            last--;
        }
        StringBuilder text = new StringBuilder(32).append(java, 0, start);
        digits = digits.substring(first, last);
        return digits.equals("0")
                ? text.append("0.0").toString()
                : lay(text, digits, point - first).toString();
    }

    /** The number is {@code 0.digits} times ten to the {@code point}. */
    private static StringBuilder lay(StringBuilder text, String digits, int point) {
        int exponent = point - 1;
        if (exponent < FIRST_FIXED_EXPONENT || exponent >= FIRST_SCIENTIFIC_EXPONENT) {
            text.append(digits.charAt(0));
            if (digits.length() > 1) {
                text.append('.').append(digits, 1, digits.length());
            }
            text.append('e').append(exponent < 0 ? '-' : '+');
            return (Math.abs(exponent) < 10 ? text.append('0') : text).append(Math.abs(exponent));
        }
        if (point <= 0) {
            return text.append("0.").append("0".repeat(-point)).append(digits);
        }
        if (point >= digits.length()) {
            return text.append(digits)
                    .append("0".repeat(point - digits.length()))
                    .append(".0");
        }
        return text.append(digits, 0, point).append('.').append(digits, point, digits.length());
    }
}
