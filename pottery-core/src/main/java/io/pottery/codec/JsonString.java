package io.pottery.codec;

import io.pottery.error.UndecodableValueException;

/** Reads a string that has escapes, or characters beyond ASCII. */
final class JsonString {

    private static final int HEX_DIGITS = 4;

    private final JsonText json;
    private final String text;
    private int next = 1;

    /** {@code json} must begin with a quotation mark. */
    JsonString(JsonText json) {
        this.json = json;
        this.text = json.text();
    }

    String read() {
        StringBuilder value = new StringBuilder(text.length());
        while (true) {
            char c = take();
            if (c == '"') {
                break;
            }
            if (c < ' ') {
                throw json.notJson("a control character stands in a string without being escaped");
            }
            value.append(c == '\\' ? escaped() : c);
        }
        if (next < text.length()) {
            throw json.notJson("more text follows a string");
        }
        return value.toString();
    }

    private char take() {
        if (next == text.length()) {
            throw json.notJson("a string does not end");
        }
        return text.charAt(next++);
    }

    private char escaped() {
        char c = take();
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> hexadecimal();
            default -> throw unknownEscape();
        };
    }

    private char hexadecimal() {
        int unit = 0;
        for (int i = 0; i < HEX_DIGITS; i++) {
            char c = take();
            int digit = c < 0x80 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                throw unknownEscape();
            }
            unit = unit << 4 | digit;
        }
        return (char) unit;
    }

    private UndecodableValueException unknownEscape() {
        return json.notJson("a string has an escape that JSON does not know");
    }
}
