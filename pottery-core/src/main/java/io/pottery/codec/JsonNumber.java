package io.pottery.codec;

/** A text that is a number by JSON's grammar. */
record JsonNumber(boolean isInteger) {

    /** Looks at the whole of {@code text}, which must be a number and nothing else. */
    static JsonNumber of(JsonText text) {
        int integral = text.length() > 0 && text.at(0) == '-' ? 1 : 0;
        int i = digits(text, integral);
        if (i == integral || i > integral + 1 && text.at(integral) == '0') {
            throw integral == 0 ? text.unexpected() : text.unexpected(JsonKind.OTHER);
        }
        int integralEnd = i;
        if (i < text.length() && text.at(i) == '.') {
            i = oneOrMoreDigits(text, i + 1);
        }
        if (i < text.length() && (text.at(i) | 0x20) == 'e') {
            boolean signed = i + 1 < text.length() && (text.at(i + 1) == '-' || text.at(i + 1) == '+');
            i = oneOrMoreDigits(text, signed ? i + 2 : i + 1);
        }
        if (i < text.length()) {
            throw text.notJson("more text follows a number");
        }
        if (text.length() - integral > Limits.DIGITS) {
            throw text.notJson(
                    "a number has %d digits, the limit is %d".formatted(text.length() - integral, Limits.DIGITS));
        }
        return new JsonNumber(i == integralEnd);
    }

    private static int oneOrMoreDigits(JsonText text, int from) {
        int end = digits(text, from);
        if (end == from) {
            throw text.unexpected(JsonKind.OTHER);
        }
        return end;
    }

    private static int digits(JsonText text, int from) {
        int i = from;
        while (i < text.length() && text.at(i) >= '0' && text.at(i) <= '9') {
            i++;
        }
        return i;
    }
}
