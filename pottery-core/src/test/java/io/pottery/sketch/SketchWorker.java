package io.pottery.sketch;

import io.pottery.PotteryFactory;
import io.pottery.error.PotteryException;
import io.pottery.testing.ParentJvm;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** A process that adds numbers to a Bloom filter and a HyperLogLog, and tells which ones were acknowledged by both. */
final class SketchWorker {

    /** How many it adds at once, in turn: one by one, in one step, and in steps that are sent together. */
    private static final int[] SIZES = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 700, 2_300};

    private SketchWorker() {}

    /**
     * Runs with a port, the keys of the filter and of the HyperLogLog, what the filter is made for, and the range of
     * numbers: the first one, and the one after the last.
     */
    public static void main(String[] arguments) throws InterruptedException {
        LettuceConnectionFactory connections =
                new LettuceConnectionFactory("127.0.0.1", Integer.parseInt(arguments[0]));
        connections.afterPropertiesSet();
        connections.start();
        PotteryFactory pottery = PotteryFactory.create(connections);
        BloomFilter<Integer> filter = pottery.bloomFilter(
                arguments[1], Integer.class, Long.parseLong(arguments[3]), Double.parseDouble(arguments[4]));
        HyperLogLog<Integer> counted = pottery.hyperLogLog(arguments[2], Integer.class);
        int to = Integer.parseInt(arguments[6]);
        filter.mightContain(0); // connects
        System.out.println("ready");
        ParentJvm.lines().take();
        int from = Integer.parseInt(arguments[5]);
        for (int turn = 0; from < to; turn++) {
            int next = Math.min(from + SIZES[turn % SIZES.length], to);
            try {
                add(IntStream.range(from, next).boxed().toList(), filter, counted);
                System.out.println(from + " " + next);
            } catch (PotteryException e) {
                System.out.println("failed: " + e.getMessage());
            }
            from = next;
        }
        System.out.println("done");
        ParentJvm.lines().take();
    }

    private static void add(List<Integer> numbers, BloomFilter<Integer> filter, HyperLogLog<Integer> counted) {
        if (numbers.size() == 1) {
            filter.add(numbers.get(0));
            counted.add(numbers.get(0));
        } else {
            filter.addAll(numbers);
            counted.addAll(numbers);
        }
    }
}
