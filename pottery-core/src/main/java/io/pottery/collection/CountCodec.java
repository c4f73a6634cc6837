package io.pottery.collection;

import io.pottery.codec.Codec;
import io.pottery.error.UndecodableValueException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Counts: written as plain integers, and read from floats, too, if they are whole and fit into 64 bits. Python stores
 * such a float where it has counted with one.
 */
record CountCodec(Codec<Long> integers, Codec<Double> floats) implements Codec<Long> {

    @Override
    public byte[] encode(Long count) {
        return integers.encode(count);
    }

    @Override
    public byte @Nullable [] tryEncode(@Nullable Object candidate) {
        return integers.tryEncode(candidate);
    }

    @Override
    public @Nullable Long decode(byte[] json) {
        try {
            return integers.decode(json);
        } catch (UndecodableValueException e) {
            Long whole = isFloat(json) ? wholeFloat(json) : null;
            if (whole == null) {
                throw e;
            }
            return whole;
        }
    }

    /** An integer of more than 64 bits must not become the float next to it. */
    private static boolean isFloat(byte[] json) {
        for (byte character : json) {
            if (character == '.' || character == 'e' || character == 'E') {
                return true;
            }
        }
        return false;
    }

    private @Nullable Long wholeFloat(byte[] json) {
        try {
            Double number = floats.decode(json);
            return number == null || !Double.isFinite(number) ? null : new BigDecimal(number).longValueExact();
        } catch (UndecodableValueException | ArithmeticException notWhole) {
            return null;
        }
    }
}
