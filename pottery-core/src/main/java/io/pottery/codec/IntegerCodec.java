package io.pottery.codec;

import java.nio.charset.StandardCharsets;

/** Integers of 32 bits. */
final class IntegerCodec extends ScalarCodec<Integer> {

    IntegerCodec() {
        super(Integer.class);
    }

    @Override
    byte[] write(Integer value) {
        return value.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    Integer read(JsonText text) {
        return (int) JsonInteger.read(text, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
}
