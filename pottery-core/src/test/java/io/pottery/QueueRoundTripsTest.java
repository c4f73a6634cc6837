package io.pottery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.pottery.queue.Delivery;
import io.pottery.queue.QueueOptions;
import io.pottery.queue.RedisSimpleQueue;
import io.pottery.testing.CountedRedis;
import io.pottery.testing.CountedRedis.Traffic;
import io.pottery.testing.TestRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The round trips of queues that docs/guarantees.md promises, counted on a queue of 3,000 elements. */
class QueueRoundTripsTest {

    @RegisterExtension
    static final CountedRedis redis = new CountedRedis();

    /** What is done with a queue, and how. */
    private interface Work {
        void with(RedisSimpleQueue<Integer> queue) throws InterruptedException;
    }

    static Stream<Arguments> calls() {
        return Stream.of(
                call("put", 1, 3, queue -> queue.put(-1)),
                call(
                        "offer to a queue with a capacity",
                        1,
                        5,
                        queue -> bounded(queue).offer(-1)),
                call(
                        "put to a queue with a capacity",
                        1,
                        5,
                        queue -> bounded(queue).put(-1)),
                call("addAll of 1,000", 1, 1_002, queue -> queue.addAll(numbers(1_000))),
                call("poll, and its confirmation", 2, 11, RedisSimpleQueue::poll),
                call("take of one that is there, and its confirmation", 2, 11, RedisSimpleQueue::take),
                call("receive and ack", 2, 11, queue -> queue.receive().ack()),
                call("receive and nack", 2, 12, queue -> queue.receive().nack()),
                call("drainTo of 1,000, and its confirmation", 2, 70, queue -> queue.drainTo(new ArrayList<>(), 1_000)),
                call("peek", 1, 6, RedisSimpleQueue::peek),
                call("size", 1, 4, RedisSimpleQueue::size),
                call("contains of the last", 1, 40, queue -> queue.contains(2_999)),
                call("remove of the last", 1, 40, queue -> queue.remove((Object) 2_999)),
                call("iterating", 4, 24, queue -> queue.forEach(element -> {})),
                call("toList", 1, 6, RedisSimpleQueue::toList),
                call("clear", 1, 5, RedisSimpleQueue::clear),
                call("expire", 1, 1, queue -> queue.expire(Duration.ofHours(1))));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("calls")
    void staysWithinItsRoundTrips(String call, Traffic limit, Work work) throws InterruptedException {
        work.with(filled());
        RedisSimpleQueue<Integer> queue = filled();
        try (Delivery<Integer> first = queue.receive()) { // so that no one else is looked for again at once
            first.ack();
        }
        settle(queue);

        Traffic traffic = redis.count(() -> {
            try {
                work.with(queue);
                settle(queue);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        assertThat(traffic.messages()).isLessThanOrEqualTo(1 + limit.messages());
        assertThat(traffic.commands()).isLessThanOrEqualTo(3 + limit.commands());
    }

    /** Waits for what was told behind the call before: it has gone the same way. */
    private static void settle(RedisSimpleQueue<Integer> queue) {
        queue.add(-1);
    }

    private static Arguments call(String call, int messages, int commands, Work work) {
        return arguments(call, new Traffic(messages, commands), work);
    }

    private static RedisSimpleQueue<Integer> filled() {
        RedisSimpleQueue<Integer> queue = redis.pottery().queue(TestRedis.freshKey(), Integer.class);
        queue.addAll(numbers(3_000));
        return queue;
    }

    private static RedisSimpleQueue<Integer> bounded(RedisSimpleQueue<Integer> queue) {
        return redis.pottery()
                .queue(
                        queue.key(),
                        redis.pottery().json(Integer.class),
                        QueueOptions.defaults().withCapacity(10_000));
    }

    private static List<Integer> numbers(int count) {
        return IntStream.range(0, count).boxed().toList();
    }
}
