package io.pottery.codec;

import java.nio.charset.StandardCharsets;

/** {@code true} and {@code false}. */
final class BooleanCodec extends ScalarCodec<Boolean> {

    BooleanCodec() {
        super(Boolean.class);
    }

    @Override
    byte[] write(Boolean value) {
        return value.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    Boolean read(JsonText text) {
        if (text.is("true")) {
            return true;
        }
        if (text.is("false")) {
            return false;
        }
        throw text.unexpected();
    }
}
