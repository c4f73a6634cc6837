package io.pottery.codec;

/** Strings. Those of printable ASCII, which most are, are copied. */
final class StringCodec extends ScalarCodec<String> {

    StringCodec() {
        super(String.class);
    }

    @Override
    byte[] write(String value) {
        int length = value.length();
        if (length > Limits.STRING) {
            throw Failures.tooLongString("$", length);
        }
        byte[] bytes = new byte[length + 2];
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (!JsonBytes.isPlain(c)) {
                return escaped(value);
            }
            bytes[i + 1] = (byte) c;
        }
        bytes[0] = '"';
        bytes[length + 1] = '"';
        return bytes;
    }

    private static byte[] escaped(String value) {
        JsonBytes out = new JsonBytes(value.length() + 32);
        out.addString(value);
        if (out.size() > Limits.DOCUMENT) {
            throw Failures.tooLongDocument("$", String.class.getName(), out.size());
        }
        return out.since(0);
    }

    @Override
    String read(JsonText text) {
        int last = text.length() - 1;
        if (last < 0 || text.at(0) != '"') {
            throw text.unexpected();
        }
        int i = 1;
        while (i < last && JsonBytes.isPlain(text.at(i))) {
            i++;
        }
        String value = i == last && text.at(last) == '"' ? text.ascii(1, last) : new JsonString(text).read();
        if (value.length() > Limits.STRING) {
            throw text.notJson("a string has %d characters, the limit is %d".formatted(value.length(), Limits.STRING));
        }
        return value;
    }
}
