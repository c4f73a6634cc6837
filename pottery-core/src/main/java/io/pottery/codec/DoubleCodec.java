package io.pottery.codec;

import java.nio.charset.StandardCharsets;

/** Floating-point numbers. Python writes NaN and the infinities too; they are read, but not written. */
final class DoubleCodec extends ScalarCodec<Double> {

    DoubleCodec() {
        super(Double.class);
    }

    @Override
    byte[] write(Double value) {
        if (!Double.isFinite(value)) {
            throw Failures.notFinite("$", Double.class.getName());
        }
        return FloatText.of(value).getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    Double read(JsonText text) {
        if (text.is("NaN")) {
            return Double.NaN;
        }
        if (text.is("Infinity")) {
            return Double.POSITIVE_INFINITY;
        }
        if (text.is("-Infinity")) {
            return Double.NEGATIVE_INFINITY;
        }
        boolean integer = JsonNumber.of(text).isInteger();
        double value = Double.parseDouble(text.ascii(0, text.length()));
        return integer ? value + 0.0 : value; // the integer -0 has no sign
    }
}
