package io.pottery.codec;

import io.pottery.error.UndecodableValueException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The bytes of one JSON text, with the blanks that JSON allows around the value set apart. */
final class JsonText {

    private final byte[] bytes;
    private final String type;
    private final int start;
    private final int end;

    /** {@code type} is what the reader expects, for error messages. */
    JsonText(byte[] bytes, String type) {
        if (bytes.length > Limits.DOCUMENT) {
            throw Failures.notJson(
                    type, "the text has %d bytes, the limit is %d".formatted(bytes.length, Limits.DOCUMENT));
        }
        this.bytes = bytes;
        this.type = type;
        int from = 0;
        int to = bytes.length;
        while (from < to && isBlank(bytes[from])) {
            from++;
        }
        while (to > from && isBlank(bytes[to - 1])) {
            to--;
        }
        start = from;
        end = to;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '\n' || b == '\r';
    }

    int length() {
        return end - start;
    }

    byte at(int index) {
        return bytes[start + index];
    }

    boolean is(String ascii) {
        if (length() != ascii.length()) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (at(i) != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The text between two indexes, all of it ASCII. */
    String ascii(int from, int to) {
        return new String(bytes, start + from, to - from, StandardCharsets.ISO_8859_1);
    }

    /** The whole text without the blanks around it. */
    String text() {
        for (int i = start; i < end; i++) {
            if (bytes[i] < 0) {
                return strictUtf8();
            }
        }
        return ascii(0, length());
    }

    private String strictUtf8() {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, start, length()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw notJson("the bytes are not UTF-8");
        }
    }

    UndecodableValueException notJson(String reason) {
        return Failures.notJson(type, reason);
    }

    /** The failure to read a scalar, told by what the text begins with. */
    UndecodableValueException unexpected() {
        return length() == 0 ? notJson("the text is empty") : unexpected(JsonKind.startingWith(at(0)));
    }

    UndecodableValueException unexpected(JsonKind found) {
        return Failures.unexpected(type, "$", found);
    }
}
