package io.pottery.codec;

/** Reads integers in one pass; what does not fit is an error and never another number. */
final class JsonInteger {

    private static final int DIGITS_OF_LONG = 19;

    private JsonInteger() {}

    static long read(JsonText text, long min, long max) {
        JsonNumber number = JsonNumber.of(text);
        if (!number.isInteger()) {
            throw text.unexpected(JsonKind.FRACTION);
        }
        int first = text.at(0) == '-' ? 1 : 0;
        if (text.length() - first > DIGITS_OF_LONG) {
            throw text.unexpected(JsonKind.INTEGER);
        }
        long negative = 0;
        for (int i = first; i < text.length(); i++) {
            negative = negative * 10 - (text.at(i) - '0');
        }
        boolean overflown = negative > 0 || first == 0 && negative == Long.MIN_VALUE;
        long value = first == 0 ? -negative : negative;
        if (overflown || value < min || value > max) {
            throw text.unexpected(JsonKind.INTEGER);
        }
        return value;
    }
}
