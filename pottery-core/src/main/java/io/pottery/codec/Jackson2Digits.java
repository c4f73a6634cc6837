package io.pottery.codec;

import com.fasterxml.jackson.core.io.NumberOutput;

/** The digits of Jackson 2. */
final class Jackson2Digits implements FloatDigits {

    @Override
    public String of(double value) {
        return NumberOutput.toString(value, true);
    }

    @Override
    public String of(float value) {
        return NumberOutput.toString(value, true);
    }
}
