package io.pottery.sketch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.pottery.testing.TestRedis;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no HyperLogLog, whatever it is, is told by one exception. */
class RegistersTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HYLL",
                "HYLX            ",
                "a text that is longer than the head of one",
                "HYLL\u0002           "
            })
    void refusesWhatIsNone(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Registers.of(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    @ParameterizedTest
    @CsvSource({"50, 1", "5000, 61"})
    void refusesWhatIsCutOff(int elements, int step) {
        byte[] whole = stored(elements);
        assertThat(Registers.of(whole)).isNotNull();
        for (int length = whole.length - 1; length >= 0; length -= step) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatIllegalArgumentException().isThrownBy(() -> Registers.of(part));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> Registers.of(Arrays.copyOf(whole, whole.length + 1)));
    }

    @Test
    void readsOrRefusesWhateverItIsGiven() {
        Random random = new Random(7);
        byte[] whole = stored(200);
        int refused = 0;
        for (int i = 0; i < 10_000; i++) {
            byte[] changed = whole.clone();
            IntStream.range(0, 1 + random.nextInt(3))
                    .forEach(change -> changed[random.nextInt(changed.length)] = (byte) random.nextInt());
            try {
                Registers.of(changed).hold(new byte[] {'1'});
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageMatching("it .*|its .*");
                refused++;
            }
        }
        assertThat(refused).isBetween(1, 9_999);
    }

    private static byte[] stored(int elements) {
        HyperLogLog<Integer> counted = TestRedis.pottery().hyperLogLog(TestRedis.freshKey(), Integer.class);
        counted.addAll(IntStream.range(0, elements).boxed().toList());
        return counted.redis().opsForValue().get(counted.key());
    }
}
