package io.pottery.collection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.pottery.PotteryFactory;
import io.pottery.error.PotteryException;
import io.pottery.testing.TestRedis;
import io.pottery.testredis.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** A Redis without free memory refuses a change as a whole, or does it as a whole; there is nothing in between. */
class FullRedisTest {

    private static final int MANY = 3_000;

    private static RedisServer server;
    private static LettuceConnectionFactory connections;
    private static PotteryFactory pottery;

    @BeforeAll
    static void start() {
        server = RedisServer.with("maxmemory-policy", "noeviction").start();
        connections = TestRedis.connect(server);
        pottery = PotteryFactory.create(connections);
    }

    @AfterAll
    static void stop() {
        connections.destroy();
        server.close();
    }

    @AfterEach
    void free() {
        server.execute("CONFIG", "SET", "maxmemory", "0");
    }

    static Stream<Arguments> listCalls() {
        List<Integer> more = List.of(-1, -2, -3);
        return Stream.of(
                list("add", list -> list.add(-1)),
                list("add in the middle", list -> list.add(1_500, -1)),
                list("set", list -> list.set(1_500, -1)),
                list("remove by index", list -> list.remove(1_500)),
                list("addAll in the middle", list -> list.addAll(1_500, more)),
                list("addAll near the head", list -> list.addAll(3, more)),
                list("clear a part", list -> list.subList(1_000, 1_900).clear()),
                list("removeIf", list -> list.removeIf(element -> element % 2 == 0)),
                list("removeAll", list -> list.removeAll(List.of(5, 6))),
                list("retainAll", list -> list.retainAll(List.of(5, 6))),
                list("replaceAll", list -> list.replaceAll(element -> -element)),
                list("sort", list -> list.sort(Collections.reverseOrder())),
                list("reverse", list -> {
                    if (list instanceof RedisList<Integer> redisList) {
                        redisList.reverse();
                    } else {
                        Collections.reverse(list);
                    }
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("listCalls")
    void aList(String call, Consumer<List<Integer>> change) {
        RedisList<Integer> list = pottery.list(TestRedis.freshKey(), Integer.class);
        List<Integer> before = numbers();
        list.addAll(before);
        list.expire(Duration.ofHours(1));
        List<Integer> after = new ArrayList<>(before);
        change.accept(after);

        boolean done = isDoneOnAFullServer(() -> change.accept(list));

        assertThat(list.toList()).isEqualTo(done ? after : before);
        assertThat(list.timeToLive()).isPresent();
    }

    static Stream<Arguments> setCalls() {
        return Stream.of(
                set("add", set -> set.add(-1)),
                set("addAll", set -> set.addAll(List.of(-1, -2))),
                set("retainAll", set -> set.retainAll(List.of(5, 6))),
                set("removeIf", set -> set.removeIf(element -> element % 2 == 0)),
                set("removeAll", set -> set.removeAll(List.of(5, 6))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("setCalls")
    void aSet(String call, Consumer<Set<Integer>> change) {
        RedisSet<Integer> set = pottery.set(TestRedis.freshKey(), Integer.class);
        Set<Integer> before = Set.copyOf(numbers());
        set.addAll(before);
        set.expire(Duration.ofHours(1));
        Set<Integer> after = new HashSet<>(before);
        change.accept(after);

        boolean done = isDoneOnAFullServer(() -> change.accept(set));

        assertThat(set.toSet()).isEqualTo(done ? after : before);
        assertThat(set.timeToLive()).isPresent();
    }

    static Stream<Arguments> targets() {
        return Stream.of(
                into("unionInto", (set, target) -> set.unionInto(target, target)),
                into("unionInto with a list", (set, target) -> set.unionInto(target, List.of(-1))),
                into("intersectionInto", (set, target) -> set.intersectionInto(target, List.of(5, 6))),
                into("symmetricDifferenceInto", (set, target) -> set.symmetricDifferenceInto(target, target)));
    }

    private interface Into {
        void apply(RedisSet<Integer> set, RedisSet<Integer> target);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("targets")
    void aSetThatTakesAResult(String call, Into change) {
        RedisSet<Integer> set = pottery.set(TestRedis.freshKey(), Integer.class);
        set.addAll(numbers());
        RedisSet<Integer> target = pottery.set(TestRedis.freshKey(), Integer.class);
        RedisSet<Integer> model = pottery.set(TestRedis.freshKey(), Integer.class);
        target.addAll(List.of(1, -7));
        model.addAll(target);
        Set<Integer> before = target.toSet();
        change.apply(set, model);
        Set<Integer> after = model.toSet();

        boolean done = isDoneOnAFullServer(() -> change.apply(set, target));

        assertThat(target.toSet()).isEqualTo(done ? after : before);
    }

    @ParameterizedTest
    @MethodSource("maximums")
    void aDeque(int maximum) {
        RedisDeque<Integer> deque = pottery.deque(TestRedis.freshKey(), Integer.class, maximum);
        deque.addAll(numbers());
        List<Integer> before = deque.toList();
        assertThat(isDoneOnAFullServer(() -> deque.addAll(numbers()))).isFalse();
        assertThat(deque.toList()).isEqualTo(before);
        boolean rotated = isDoneOnAFullServer(() -> deque.rotate(7));
        if (rotated) {
            Collections.rotate(before, 7);
        }
        assertThat(deque.toList()).isEqualTo(before);
    }

    static IntStream maximums() {
        return IntStream.of(10, 5_000);
    }

    @ParameterizedTest
    @MethodSource("maximums")
    void aCounter(int by) {
        RedisCounter<String> counter = pottery.counter(TestRedis.freshKey(), String.class);
        Map<String, Long> before = new HashMap<>(Map.of("a", 1L, "b", 2L));
        counter.populate(before);
        assertThat(isDoneOnAFullServer(() -> counter.addAll(Map.of("a", (long) by, "c", 1L))))
                .isFalse();
        assertThat(isDoneOnAFullServer(() -> counter.increment("a", by))).isFalse();
        assertThat(isDoneOnAFullServer(() -> counter.plusInPlace(Map.of("a", (long) by))))
                .isFalse();
        assertThat(counter.toMap()).isEqualTo(before);
    }

    private static boolean isDoneOnAFullServer(Runnable call) {
        server.execute("CONFIG", "SET", "maxmemory", "1");
        try {
            call.run();
            return true;
        } catch (PotteryException e) {
            assertThat(e).hasMessageContainingAll("out of memory", "maxmemory");
            return false;
        } finally {
            server.execute("CONFIG", "SET", "maxmemory", "0");
        }
    }

    private static List<Integer> numbers() {
        return IntStream.range(0, MANY).boxed().toList();
    }

    private static Arguments list(String name, Consumer<List<Integer>> change) {
        return arguments(name, change);
    }

    private static Arguments set(String name, Consumer<Set<Integer>> change) {
        return arguments(name, change);
    }

    private static Arguments into(String name, Into change) {
        return arguments(name, change);
    }
}
