package io.pottery.sketch;

/**
 * For how many elements a {@link BloomFilter} is made, and how often it may be wrong. Immutable.
 *
 * @param numElements how many different elements are expected, more than 0; with more, the filter is wrong more often
 * @param falsePositives which part of the elements that were never added may be taken for added ones, once there are
 *     {@code numElements}: more than 0 and less than 1
 */
public record BloomFilterOptions(long numElements, double falsePositives) {

    /** What one Redis string can hold: 512 MiB. */
    private static final long MAX_BITS = 1L << 32;

    private static final double LN_2 = Math.log(2);

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if there is no such filter, or it would have more than 2^32 bits
     */
    public BloomFilterOptions {
        if (numElements <= 0) {
            throw new IllegalArgumentException("numElements must be more than 0, was %d".formatted(numElements));
        }
        if (!(falsePositives > 0 && falsePositives < 1)) {
            throw new IllegalArgumentException(
                    "falsePositives must be more than 0 and less than 1, was %s".formatted(falsePositives));
        }
        if (bits(numElements, falsePositives) > MAX_BITS) {
            throw new IllegalArgumentException(
                    "A filter for %d elements with %s false positives has %.0f bits, and Redis holds at most %d: expect at most %d elements, or allow more false positives"
                            .formatted(
                                    numElements,
                                    falsePositives,
                                    bits(numElements, falsePositives),
                                    MAX_BITS,
                                    mostElements(falsePositives)));
        }
    }

    /**
     * How many bits the filter has: {@code ceil(-n * ln(p) / ln(2)^2)}, which makes it as small as the false positives
     * allow (<a href="https://en.wikipedia.org/wiki/Bloom_filter#Optimal_number_of_hash_functions">Bloom filter</a>).
     * It takes an eighth as many bytes in Redis, at most.
     */
    public long bits() {
        return (long) bits(numElements, falsePositives);
    }

    /** How many of the bits belong to an element: {@code ceil(bits / n * ln(2))}. */
    public int hashes() {
        return (int) Math.ceil(bits(numElements, falsePositives) / numElements * LN_2);
    }

    private static double bits(long numElements, double falsePositives) {
        return Math.ceil(-numElements * Math.log(falsePositives) / (LN_2 * LN_2));
    }

    /** How many elements a filter with {@code falsePositives} can be made for. */
    private static long mostElements(double falsePositives) {
        long most = (long) (MAX_BITS * (LN_2 * LN_2) / -Math.log(falsePositives));
        while (bits(most, falsePositives) > MAX_BITS) {
            most--;
        }
        return most;
    }
}
