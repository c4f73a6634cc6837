package io.pottery.codec;

import tools.jackson.core.io.NumberOutput;

/** The digits of Jackson 3. */
final class Jackson3Digits implements FloatDigits {

    @Override
    public String of(double value) {
        return NumberOutput.toString(value, true);
    }

    @Override
    public String of(float value) {
        return NumberOutput.toString(value, true);
    }
}
