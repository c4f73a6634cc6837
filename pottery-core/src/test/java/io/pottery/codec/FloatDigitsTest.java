package io.pottery.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Whoever finds the digits, they are the same. */
class FloatDigitsTest {

    static final List<FloatDigits> ALL = Runtime.version().feature() < FloatDigits.FIRST_JAVA_WITH_THE_FEWEST
            ? List.of(new Jackson3Digits(), new Jackson2Digits())
            : List.of(new Jackson3Digits(), new Jackson2Digits(), new JavaDigits());

    @ParameterizedTest
    @FieldSource("ALL")
    void ofDoublesAreThoseThatAreFoundByTrying(FloatDigits digits) {
        for (JsonNode vector : Golden.file("floats.json").get("vectors")) {
            assertAlike(digits, Golden.bits(vector.get(0).asText()));
        }
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            assertAlike(digits, Double.longBitsToDouble(random.nextLong()));
        }
        for (int exponent = Double.MIN_EXPONENT; exponent <= Double.MAX_EXPONENT; exponent++) {
            assertAlike(digits, Math.scalb(1.0, exponent));
        }
    }

    @ParameterizedTest
    @FieldSource("ALL")
    void ofFloatsAreThoseThatAreFoundByTrying(FloatDigits digits) {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            assertAlike(digits, Float.intBitsToFloat(random.nextInt()));
        }
        for (int exponent = Float.MIN_EXPONENT; exponent <= Float.MAX_EXPONENT; exponent++) {
            assertAlike(digits, Math.scalb(1.0f, exponent));
        }
    }

    private static void assertAlike(FloatDigits digits, double value) {
        if (Double.isFinite(value) && Math.abs(value) >= Double.MIN_NORMAL) {
            assertThat(FloatText.laidOut(digits.of(value))).isEqualTo(FloatText.laidOut(FloatDigits.EXACT.of(value)));
        }
    }

    private static void assertAlike(FloatDigits digits, float value) {
        if (Float.isFinite(value) && Math.abs(value) >= Float.MIN_NORMAL) {
            assertThat(FloatText.laidOut(digits.of(value))).isEqualTo(FloatText.laidOut(FloatDigits.EXACT.of(value)));
        }
    }
}
