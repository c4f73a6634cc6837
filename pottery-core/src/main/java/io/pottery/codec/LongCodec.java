package io.pottery.codec;

import java.nio.charset.StandardCharsets;

/** Integers of 64 bits, which Redis itself can count with. */
final class LongCodec extends ScalarCodec<Long> {

    LongCodec() {
        super(Long.class);
    }

    @Override
    byte[] write(Long value) {
        return value.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    Long read(JsonText text) {
        return JsonInteger.read(text, Long.MIN_VALUE, Long.MAX_VALUE);
    }
}
