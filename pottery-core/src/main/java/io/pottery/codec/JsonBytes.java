package io.pottery.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** JSON text in the making. Whatever is added becomes ASCII, as Python writes it. */
final class JsonBytes {

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    /** The longest that one character becomes: a backslash, a {@code u} and four digits. */
    private static final int LONGEST_ESCAPE = 6;

    private byte[] bytes;
    private int size;

    JsonBytes(int capacity) {
        bytes = new byte[capacity];
    }

    /** Whether {@code c} stands in a string as itself. */
    static boolean isPlain(int c) {
        return c >= ' ' && c <= '~' && c != '"' && c != '\\';
    }

    int size() {
        return size;
    }

    void add(char c) {
        reserve(1);
        bytes[size++] = (byte) c;
    }

    void addAscii(String text) {
        int length = text.length();
        reserve(length);
        for (int i = 0; i < length; i++) {
            bytes[size++] = (byte) text.charAt(i);
        }
    }

    void addString(String text) {
        int length = text.length();
        reserve(length + 2);
        bytes[size++] = '"';
        int i = 0;
        while (i < length && isPlain(text.charAt(i))) {
            bytes[size++] = (byte) text.charAt(i++);
        }
        for (; i < length; i++) {
            reserve(LONGEST_ESCAPE);
            addCharacter(text.charAt(i));
        }
        add('"');
    }

    private void addCharacter(char c) {
        if (isPlain(c)) {
            bytes[size++] = (byte) c;
            return;
        }
        bytes[size++] = '\\';
        switch (c) {
            case '"', '\\' -> bytes[size++] = (byte) c;
            case '\b' -> bytes[size++] = 'b';
            case '\f' -> bytes[size++] = 'f';
            case '\n' -> bytes[size++] = 'n';
            case '\r' -> bytes[size++] = 'r';
            case '\t' -> bytes[size++] = 't';
            default -> {
                bytes[size++] = 'u';
                for (int shift = 12; shift >= 0; shift -= 4) {
                    bytes[size++] = HEX[c >> shift & 0xf];
                }
            }
        }
    }

    /** A copy of what was added since {@code start}. */
    byte[] since(int start) {
        return Arrays.copyOfRange(bytes, start, size);
    }

    void truncate(int length) {
        size = length;
    }

    void add(byte[] source, int from, int to) {
        reserve(to - from);
        System.arraycopy(source, from, bytes, size, to - from);
        size += to - from;
    }

    private void reserve(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
