package io.pottery.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The key of one member of an object. Members are ordered by their keys as Python orders them before they become text:
 * texts by code point, numbers and booleans by value.
 *
 * @param number the key's value if it is a number or a boolean, with false as 0 and true as 1
 */
record JsonKey(String text, Kind kind, @Nullable BigDecimal number) implements Comparable<JsonKey> {

    enum Kind {
        TEXT,
        NUMBER,
        NULL
    }

    static final JsonKey NULL = new JsonKey("null", Kind.NULL, null);

    static JsonKey of(String text) {
        return new JsonKey(text, Kind.TEXT, null);
    }

    static JsonKey of(boolean key) {
        return new JsonKey(String.valueOf(key), Kind.NUMBER, key ? BigDecimal.ONE : BigDecimal.ZERO);
    }

    static JsonKey of(long key) {
        return new JsonKey(Long.toString(key), Kind.NUMBER, BigDecimal.valueOf(key));
    }

    static JsonKey of(BigInteger key, String text) {
        return new JsonKey(text, Kind.NUMBER, new BigDecimal(key));
    }

    static JsonKey of(BigDecimal key, String text) {
        return new JsonKey(text, Kind.NUMBER, key);
    }

    @Override
    public int compareTo(JsonKey other) {
        if (number == null || other.number == null) {
            return byCodePoint(text, other.text);
        }
        int byValue = number.compareTo(other.number);
        return byValue != 0 ? byValue : text.compareTo(other.text);
    }

    /** {@link String#compareTo} goes by UTF-16 units, where U+1F600 comes before U+FFFF. */
    private static int byCodePoint(String one, String other) {
        int length = Math.min(one.length(), other.length());
        for (int i = 0; i < length; i++) {
            char a = one.charAt(i);
            char b = other.charAt(i);
            if (a != b) {
                boolean pairA = isInPair(one, i);
                return pairA == isInPair(other, i) ? a - b : pairA ? 1 : -1;
            }
        }
        return one.length() - other.length();
    }

    private static boolean isInPair(String text, int i) {
        char c = text.charAt(i);
        return Character.isHighSurrogate(c)
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : Character.isLowSurrogate(c) && i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonKey key && text.equals(key.text);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(text);
    }
}
