package io.pottery.codec;

/** The digits of Java itself. */
final class JavaDigits implements FloatDigits {

    @Override
    public String of(double value) {
        return Double.toString(value);
    }

    @Override
    public String of(float value) {
        return Float.toString(value);
    }
}
