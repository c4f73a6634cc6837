package io.pottery.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.pottery.error.UndecodableValueException;
import io.pottery.error.UnencodableValueException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.ParameterizedTypeReference;

@WithBothJacksons
class ScalarCodecsTest {

    private final JsonCodecs codecs;
    private final Codec<Object> any;
    private final Codec<String> strings;
    private final Codec<Double> doubles;

    ScalarCodecsTest(Jackson jackson) {
        codecs = jackson.codecs();
        any = codecs.of(Object.class);
        strings = codecs.of(String.class);
        doubles = codecs.of(Double.class);
    }

    @Test
    void stringsAreWrittenAndReadAsOnTheGeneralPath() {
        List<String> texts = new ArrayList<>();
        for (int unit = 0; unit <= Character.MAX_VALUE; unit++) {
            texts.add("a" + (char) unit + "b");
        }
        texts.addAll(
                List.of("", "\ud83d\ude00", "\ude00\ud83d", "\\\\", "\"", "é".repeat(100), "a".repeat(1000) + "\n"));
        for (String text : texts) {
            byte[] json = strings.encode(text);
            assertThat(json).isEqualTo(any.encode(text));
            assertThat(strings.decode(json)).isEqualTo(text).isEqualTo(any.decode(json));
        }
    }

    @Test
    void textsOfOthersWithCharactersBeyondAsciiAreRead() {
        assertThat(strings.decode(Golden.utf8(" \"é\\u00E9\\/😀\" "))).isEqualTo("éé/😀");
    }

    @Test
    void integersAreWrittenAndReadAsOnTheGeneralPath() {
        Random random = new Random(7);
        List<Long> numbers =
                new ArrayList<>(List.of(0L, -1L, Long.MIN_VALUE, Long.MAX_VALUE, (long) Integer.MIN_VALUE));
        random.longs(10_000).map(number -> number >> random.nextInt(64)).forEach(numbers::add);
        Codec<Long> longs = codecs.of(long.class);
        Codec<Integer> integers = codecs.of(int.class);
        for (long number : numbers) {
            byte[] json = longs.encode(number);
            assertThat(json).isEqualTo(any.encode(number));
            assertThat(longs.decode(json)).isEqualTo(number);
            if (number == (int) number) {
                assertThat(integers.encode((int) number)).isEqualTo(json);
                assertThat(integers.decode(json)).isEqualTo((int) number);
            } else {
                assertThatExceptionOfType(UndecodableValueException.class).isThrownBy(() -> integers.decode(json));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9223372036854775808",
                "-9223372036854775809",
                "18446744073709551616",
                "99999999999999999999",
                "1.0",
                "1e2",
                "01",
                "-",
                "+1",
                "1x",
                "\"1\"",
                "true",
                "[1]",
                "{}",
                "",
                "1 2",
                "NaN"
            })
    void whatIsNoLongIsAnErrorAndNeverAnotherNumber(String json) {
        assertThatExceptionOfType(UndecodableValueException.class)
                .isThrownBy(() -> codecs.of(Long.class).decode(Golden.utf8(json)))
                .withMessageStartingWith("Expected java.lang.Long");
    }

    @Test
    void blanksAroundAValueAreSkipped() {
        assertThat(codecs.of(Long.class).decode(Golden.utf8(" \t\r\n-9223372036854775808 ")))
                .isEqualTo(Long.MIN_VALUE);
        assertThat(codecs.of(Boolean.class).decode(Golden.utf8(" true\n"))).isTrue();
    }

    @Test
    void randomDoublesComeBackToTheBitInTheFewestDigits() {
        Random random = new Random(42);
        for (int i = 0; i < 200_000; i++) {
            double number = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(number)) {
                byte[] json = doubles.encode(number);
                assertThat(Double.doubleToRawLongBits(doubles.decode(json)))
                        .isEqualTo(Double.doubleToRawLongBits(number));
                assertThat(isShortest(number, Golden.text(json)))
                        .as("%s", number)
                        .isTrue();
            }
        }
    }

    @Test
    void randomFloatsComeBackToTheBit() {
        Codec<Float> floats = codecs.of(Float.class);
        Random random = new Random(43);
        for (int i = 0; i < 50_000; i++) {
            float number = Float.intBitsToFloat(random.nextInt());
            if (Float.isFinite(number)) {
                assertThat(Float.floatToRawIntBits(floats.decode(floats.encode(number))))
                        .isEqualTo(Float.floatToRawIntBits(number));
            }
        }
    }

    /** No decimal of one digit less rounds to the number, and none of as many digits is nearer to it. */
    private static boolean isShortest(double number, String text) {
        BigDecimal exact = new BigDecimal(number);
        BigDecimal written = new BigDecimal(text).stripTrailingZeros();
        int digits = written.precision();
        boolean fewerWouldDo = digits > 1
                && (exact.round(new MathContext(digits - 1, RoundingMode.FLOOR)).doubleValue() == number
                        || exact.round(new MathContext(digits - 1, RoundingMode.CEILING))
                                        .doubleValue()
                                == number);
        BigDecimal nearest = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
        return !fewerWouldDo
                && written.subtract(exact)
                                .abs()
                                .compareTo(nearest.subtract(exact).abs())
                        == 0;
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "-0", "-0.0", "1.5", "1e400", "-1e400", "12345678901234567890123", "NaN", "-Infinity"})
    void doublesAreReadAsOnTheGeneralPath(String json) {
        Codec<List<Double>> general = codecs.of(new ParameterizedTypeReference<>() {});

        assertThat(general.decode(Golden.utf8("[" + json + "]"))).isEqualTo(List.of(doubles.decode(Golden.utf8(json))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"INF", "+Infinity", "nan", "1.", ".5", "1e", "0x1p3", "1d", "\"1\"", "true"})
    void whatIsNoDoubleIsAnError(String json) {
        assertThatExceptionOfType(UndecodableValueException.class).isThrownBy(() -> doubles.decode(Golden.utf8(json)));
    }

    @Test
    void nanAndTheInfinitiesAreReadButNotWritten() {
        for (double number : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            assertThat(doubles.tryEncode(number)).isNull();
            assertThatExceptionOfType(UnencodableValueException.class)
                    .isThrownBy(() -> doubles.encode(number))
                    .withMessage("Cannot write $ (java.lang.Double) as JSON: "
                            + "JSON has no NaN and no infinities; use null or a text instead");
        }
    }

    @Test
    void nullIsAbsent() {
        for (Codec<?> codec : List.of(
                strings, doubles, any, codecs.of(Integer.class), codecs.of(Long.class), codecs.of(Boolean.class))) {
            assertThat((Object) codec.decode(Golden.utf8(" null "))).isNull();
            assertThat(codec.tryEncode(null)).isNull();
            assertThatNullPointerException().isThrownBy(() -> codec.encode(null));
        }
    }

    @Test
    void candidatesOfAnotherClassAreNotEncoded() {
        assertThat(strings.tryEncode(1)).isNull();
        assertThat(codecs.of(int.class).tryEncode(1L)).isNull();
        assertThat(codecs.of(int.class).tryEncode(1)).isEqualTo(Golden.utf8("1"));
        assertThat(codecs.of(new ParameterizedTypeReference<List<String>>() {}).tryEncode(List.of(1)))
                .isNull();
        assertThat(codecs.of(new ParameterizedTypeReference<Map<Long, String>>() {})
                        .tryEncode("a"))
                .isNull();
    }

    @Test
    void aReferenceToAPlainClassIsThatClass() {
        assertThat(codecs.of(new ParameterizedTypeReference<String>() {})).isInstanceOf(StringCodec.class);
    }
}
