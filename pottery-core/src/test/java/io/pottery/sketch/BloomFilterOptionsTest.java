package io.pottery.sketch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BloomFilterOptionsTest {

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void needsElements(long numElements) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BloomFilterOptions(numElements, 0.01))
                .withMessage("numElements must be more than 0, was " + numElements);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.01, 1, 1.5, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void needsARateBetweenNeverAndAlways(double falsePositives) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BloomFilterOptions(100, falsePositives))
                .withMessage("falsePositives must be more than 0 and less than 1, was " + falsePositives);
    }

    @Test
    void refusesWhatRedisCannotHoldAndSaysWhatItCan() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BloomFilterOptions(1_000_000_000, 0.01))
                .withMessage(
                        "A filter for 1000000000 elements with 0.01 false positives has 9585058378 bits, and Redis"
                                + " holds at most 4294967296: expect at most 448089842 elements, or allow more false positives");
    }

    @ParameterizedTest
    @CsvSource({"0.5", "0.01", "1e-9", "0.999999", "4.9e-324"})
    void theLargestThatItNamesIsTheLargest(double falsePositives) {
        String message = catchThrowable(() -> new BloomFilterOptions(Long.MAX_VALUE, falsePositives))
                .getMessage();
        long most = Long.parseLong(message.replaceAll(".*expect at most (\\d+) elements.*", "$1"));
        BloomFilterOptions largest = new BloomFilterOptions(most, falsePositives);
        assertThat(largest.bits()).isBetween(1L << 31, 1L << 32);
        assertThat(largest.hashes()).isPositive();
        long tooMany = most + Math.max(2, most / 1_000_000_000_000L);
        assertThatIllegalArgumentException().isThrownBy(() -> new BloomFilterOptions(tooMany, falsePositives));
    }

    @Test
    void theSmallestHasABit() {
        BloomFilterOptions smallest = new BloomFilterOptions(1, 0.99);
        assertThat(smallest.bits()).isEqualTo(1);
        assertThat(smallest.hashes()).isEqualTo(1);
    }
}
