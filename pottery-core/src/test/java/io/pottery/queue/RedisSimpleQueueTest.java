package io.pottery.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.pottery.PotteryFactory;
import io.pottery.error.PotteryException;
import io.pottery.error.QueueEmptyException;
import io.pottery.error.UnencodableValueException;
import io.pottery.error.WrongTypeException;
import io.pottery.key.InefficientAccessListener;
import io.pottery.key.TemporaryKey;
import io.pottery.testing.TestRedis;
import io.pottery.testredis.RedisServer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** The queue as a collection, and what it refuses. */
class RedisSimpleQueueTest {

    private final PotteryFactory pottery = TestRedis.pottery();
    private final RedisServer redis = TestRedis.server();
    private final String key = TestRedis.freshKey();
    private final RedisSimpleQueue<Integer> queue = pottery.queue(key, Integer.class);

    @Test
    void doesWhatTheReadmeOfPythonShows() throws InterruptedException {
        RedisSimpleQueue<String> cars = pottery.queue(key, String.class);
        assertThat(cars.isEmpty()).isTrue();
        assertThat(cars.size()).isZero();
        cars.put("Jeep");
        cars.put("Honda");
        cars.put("Audi");
        assertThat(cars.isEmpty()).isFalse();
        assertThat(cars.size()).isEqualTo(3);
        assertThat(cars.take()).isEqualTo("Jeep");
        assertThat(cars.take()).isEqualTo("Honda");
        assertThat(cars.take()).isEqualTo("Audi");
        assertThat(cars.isEmpty()).isTrue();
        assertThat(cars.poll()).isNull();
    }

    @Test
    void isOneQueueForAllHandles() {
        RedisSimpleQueue<Integer> other = pottery.queue(key, pottery.json(Integer.class), QueueOptions.defaults());
        assertThat(queue.offer(1)).isTrue();
        assertThat(other.add(2)).isTrue();
        assertThat(other.poll()).isEqualTo(1);
        assertThat(queue.poll()).isEqualTo(2);
        assertThat(queue).isEqualTo(other).hasSameHashCodeAs(other);
        assertThat(queue).isNotEqualTo(pottery.queue(TestRedis.freshKey(), Integer.class));
        assertThat(queue.key()).isEqualTo(key);
        assertThat(queue.options()).isEqualTo(QueueOptions.defaults());
        assertThat(queue.remainingCapacity()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void holdsWhateverJsonCan() {
        RedisSimpleQueue<List<Set<String>>> lists = pottery.queue(
                key, pottery.json(new ParameterizedTypeReference<List<Set<String>>>() {}), QueueOptions.defaults());
        lists.add(List.of(Set.of("é😀"), Set.of()));
        assertThat(lists.poll()).isEqualTo(List.of(Set.of("é😀"), Set.of()));
    }

    @Test
    void saysThatItIsEmptyToWhoeverDoesNotWait() {
        assertThat(queue.peek()).isNull();
        assertThatExceptionOfType(QueueEmptyException.class)
                .isThrownBy(queue::remove)
                .withMessage("'%s' has no element: use take() or poll(timeout) to wait for one", key);
        assertThatExceptionOfType(QueueEmptyException.class).isThrownBy(queue::element);
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(queue::remove);
        queue.add(1);
        assertThat(queue.element()).isEqualTo(1);
        assertThat(queue.remove()).isEqualTo(1);
    }

    @Test
    void looksWithoutTaking() {
        queue.addAll(List.of(1, 2, 3, 2));
        assertThat(queue.peek()).isEqualTo(1);
        assertThat(queue.contains(2)).isTrue();
        assertThat(queue.contains(4)).isFalse();
        assertThat(queue.contains("2")).isFalse();
        assertThat(queue.contains(null)).isFalse();
        assertThat(queue.containsAll(List.of(1, 3))).isTrue();
        assertThat(queue.toList()).containsExactly(1, 2, 3, 2);
        assertThat(queue.toArray(new Integer[0])).containsExactly(1, 2, 3, 2);
        assertThat(queue).hasToString("[1, 2, 3, 2]").hasSize(4);
    }

    @Test
    void removesFromTheMiddle() {
        queue.addAll(List.of(1, 2, 3, 2, 4));
        assertThat(queue.remove(2)).isTrue();
        assertThat(queue).containsExactly(1, 3, 2, 4);
        assertThat(queue.remove(9)).isFalse();
        assertThat(queue.remove(null)).isFalse();
        assertThat(queue.remove("1")).isFalse();
        assertThat(queue.removeIf(element -> element == 4)).isTrue();
        assertThat(queue.removeAll(List.of(3, 7))).isTrue();
        assertThat(queue.retainAll(List.of(1, 2))).isFalse();
        assertThat(queue.retainAll(List.of(2))).isTrue();
        assertThat(queue.size()).isEqualTo(1);
        assertThat(queue.poll()).isEqualTo(2);
        assertThat(queue.poll()).isNull();
    }

    @Test
    void isReadAndEditedPageByPage() {
        queue.addAll(range(3_500));
        assertThat(queue.iterator()).toIterable().containsExactlyElementsOf(range(3_500));
        assertThat(queue.stream().mapToInt(i -> i).sum()).isEqualTo(3_500 * 3_499 / 2);
        assertThat(queue.toString()).startsWith("[0, 1, ").endsWith("998, 999, ... 2500 more]");
        assertThat(queue.removeIf(i -> i % 2 == 1)).isTrue();
        assertThat(queue.size()).isEqualTo(1_750);
        Iterator<Integer> iterator = queue.iterator();
        while (iterator.hasNext()) {
            if (iterator.next() % 10 != 0) {
                iterator.remove();
            }
        }
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(iterator::next);
        assertThat(queue.toList())
                .isEqualTo(range(3_500).stream().filter(i -> i % 10 == 0).toList());
        assertThatIllegalStateException().isThrownBy(() -> queue.iterator().remove());
    }

    @Test
    void iteratesWhileOthersTakeAndPut() {
        queue.addAll(range(2_500));
        Iterator<Integer> iterator = queue.iterator();
        assertThat(iterator.next()).isZero();
        List<Integer> taken = new ArrayList<>();
        queue.drainTo(taken, 1_500);
        queue.add(2_500);
        List<Integer> seen = new ArrayList<>();
        iterator.forEachRemaining(seen::add);
        assertThat(seen).containsAll(range(2_501).subList(1_500, 2_501)).doesNotHaveDuplicates();
        iterator.remove();
        assertThat(queue.size()).isEqualTo(1_000);
        Iterator<Integer> late = queue.iterator();
        assertThat(late.next()).isEqualTo(1_500);
        assertThat(queue.poll()).isEqualTo(1_500);
        late.remove();
        assertThat(queue.size())
                .as("what another has taken is not removed again")
                .isEqualTo(999);
    }

    @Test
    void neitherShowsNorRemovesWhatIsHandedOut() throws InterruptedException {
        queue.addAll(range(1_003));
        Iterator<Integer> all = queue.iterator();
        Iterator<Integer> first = queue.iterator();
        assertThat(first.next()).isZero();
        Delivery<Integer> held = queue.receive();
        first.remove();
        queue.drainTo(new ArrayList<>(), 1_000);
        Delivery<Integer> later = queue.receive();
        assertThat(later.element()).isEqualTo(1_001);
        List<Integer> seen = new ArrayList<>();
        all.forEachRemaining(seen::add);
        assertThat(seen.get(seen.size() - 1)).isEqualTo(1_002);
        assertThat(seen).doesNotContain(1_001);
        assertThat(held.ack()).isTrue();
        assertThat(later.ack()).isTrue();
    }

    @Test
    void drainsInOrder() {
        queue.addAll(range(2_500));
        Queue<Integer> target = new ArrayDeque<>();
        assertThat(queue.drainTo(target, 0)).isZero();
        assertThat(queue.drainTo(target, -1)).isZero();
        assertThat(queue.drainTo(target, 3)).isEqualTo(3);
        assertThat(queue.drainTo(target)).isEqualTo(2_497);
        assertThat(queue.drainTo(target)).isZero();
        assertThat(target).containsExactlyElementsOf(range(2_500));
        assertThatIllegalArgumentException().isThrownBy(() -> queue.drainTo(queue));
        assertThatNullPointerException().isThrownBy(() -> queue.drainTo(null));
    }

    @Test
    void drainsLargeElementsInPieces() {
        RedisSimpleQueue<String> texts = pottery.queue(key, String.class);
        List<String> large =
                IntStream.range(0, 30).mapToObj(i -> i + "x".repeat(60_000)).toList();
        texts.addAll(large);
        List<String> target = new ArrayList<>();
        assertThat(texts.drainTo(target)).isEqualTo(30);
        assertThat(target).isEqualTo(large);
    }

    @Test
    void givesBackWhatTheTargetOfADrainDoesNotAccept() throws InterruptedException {
        queue.addAll(range(10));
        Queue<Integer> target = new ArrayBlockingQueue<>(4);
        assertThatIllegalStateException().isThrownBy(() -> queue.drainTo(target));
        assertThat(target).containsExactly(0, 1, 2, 3);
        org.awaitility.Awaitility.await().untilAsserted(() -> assertThat(queue).containsExactly(4, 5, 6, 7, 8, 9));
        try (Delivery<Integer> next = queue.receive()) {
            assertThat(next.deliveryCount()).as("nobody has seen it").isEqualTo(1);
        }
        assertThat(queue.drainTo(new TreeSet<>())).isEqualTo(6);
    }

    @Test
    void addsManyInOrder() {
        assertThat(queue.addAll(range(20_000))).isTrue();
        assertThat(queue.toList()).isEqualTo(range(20_000));
        assertThat(queue.addAll(List.of())).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> queue.addAll(queue));
    }

    @Test
    void addsManyInOrderThoughItHasToConnect() {
        LettuceConnectionFactory connections = TestRedis.connect(redis);
        try {
            PotteryFactory.create(connections).queue(key, Integer.class).addAll(range(10_000));
        } finally {
            connections.destroy();
        }
        assertThat(queue.toList()).isEqualTo(range(10_000));
    }

    @Test
    void hasNoNull() {
        List<Integer> withNull = new ArrayList<>();
        withNull.add(1);
        withNull.add(null);
        assertThatNullPointerException().isThrownBy(() -> queue.add(null));
        assertThatNullPointerException().isThrownBy(() -> queue.offer(null));
        assertThatNullPointerException().isThrownBy(() -> queue.put(null));
        assertThatNullPointerException().isThrownBy(() -> queue.offer(null, 1, TimeUnit.SECONDS));
        assertThatNullPointerException().isThrownBy(() -> queue.addAll(withNull));
        assertThat(queue).isEmpty();
    }

    @Test
    void clearsWhatWaits() throws InterruptedException {
        queue.addAll(List.of(1, 2));
        Delivery<Integer> held = queue.receive();
        queue.clear();
        assertThat(queue).isEmpty();
        assertThat(held.ack()).isFalse();
        queue.add(3);
        assertThat(queue.poll()).isEqualTo(3);
    }

    @Test
    void endsWhenItIsTold() {
        queue.add(1);
        assertThat(queue.timeToLive()).isEmpty();
        assertThat(queue.expire(Duration.ofMinutes(1))).isTrue();
        queue.add(2);
        assertThat(queue.poll()).isEqualTo(1);
        assertThat(queue.timeToLive())
                .hasValueSatisfying(left -> assertThat(left).isPositive());
        assertThat(queue.persist()).isTrue();
        assertThat(queue.timeToLive()).isEmpty();
    }

    @Test
    void mayBeTemporary() {
        RedisSimpleQueue<Integer> temporary;
        try (TemporaryKey name = pottery.temporaryKey()) {
            temporary = pottery.queue(name.name(), Integer.class);
            temporary.addAll(List.of(1, 2));
            assertThat(temporary.timeToLive()).isPresent();
            assertThat(temporary.poll()).isEqualTo(1);
        }
        assertThat(redis.execute("EXISTS", temporary.key())).isEqualTo(0L);
        assertThatExceptionOfType(PotteryException.class)
                .isThrownBy(() -> temporary.add(3))
                .withMessageContaining("was temporary and has been closed");
        assertThatExceptionOfType(PotteryException.class).isThrownBy(temporary::poll);
        assertThatExceptionOfType(PotteryException.class).isThrownBy(temporary::size);
        assertThat(redis.execute("EXISTS", temporary.key())).isEqualTo(0L);
    }

    @Test
    void refusesAKeyOfAnotherType() {
        redis.execute("RPUSH", key, "1");
        String message = "Expected a stream at '%s', found a list".formatted(key);
        for (org.assertj.core.api.ThrowableAssert.ThrowingCallable call :
                List.<org.assertj.core.api.ThrowableAssert.ThrowingCallable>of(
                        () -> queue.put(1),
                        () -> queue.add(1),
                        () -> queue.addAll(List.of(1)),
                        () -> queue.offer(1, 1, TimeUnit.SECONDS),
                        queue::poll,
                        queue::take,
                        () -> queue.poll(1, TimeUnit.SECONDS),
                        () -> queue.receive(Duration.ZERO),
                        queue::peek,
                        queue::size,
                        () -> queue.contains(1),
                        () -> queue.remove(1),
                        queue::toList,
                        queue::iterator,
                        () -> queue.drainTo(new ArrayList<>()),
                        queue::clear)) {
            assertThatExceptionOfType(WrongTypeException.class).isThrownBy(call).withMessageContaining(message);
        }
        assertThat(redis.execute("LRANGE", key, "0", "-1")).isEqualTo(List.of("1"));
    }

    @Test
    void refusesWhatItCannotWrite() {
        RedisSimpleQueue<Double> doubles = pottery.queue(key, Double.class);
        assertThatExceptionOfType(UnencodableValueException.class)
                .isThrownBy(() -> doubles.addAll(List.of(1.0, Double.NaN)))
                .withMessageContaining(key);
        assertThat(doubles).isEmpty();
    }

    @Test
    void refusesNamesThatAreNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pottery.queue(" ", Integer.class))
                .withMessage("The name must not be empty");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pottery.queue(
                        key,
                        pottery.json(Integer.class),
                        QueueOptions.defaults().withDeadLetters(key, 3)))
                .withMessage("'%s' cannot be its own queue for dead letters", key);
    }

    @Test
    void tellsOfCallsThatReadAllOfIt() {
        List<String> calls = new ArrayList<>();
        InefficientAccessListener listener = (call, name) -> calls.add(call);
        RedisSimpleQueue<Integer> listened = PotteryFactory.builder(TestRedis.connections())
                .inefficientAccess(listener)
                .build()
                .queue(key, Integer.class);
        listened.add(1);
        listened.poll();
        listened.size();
        assertThat(calls).isEmpty();
        listened.contains(1);
        listened.remove((Object) 1);
        listened.removeIf(i -> true);
        listened.removeAll(List.of(1));
        listened.retainAll(List.of(1));
        listened.toList();
        assertThat(calls)
                .containsExactly(
                        "RedisSimpleQueue.contains()",
                        "RedisSimpleQueue.remove()",
                        "RedisSimpleQueue.removeIf()",
                        "RedisSimpleQueue.removeAll()",
                        "RedisSimpleQueue.retainAll()",
                        "RedisSimpleQueue.toList()");
    }

    private static List<Integer> range(int end) {
        return IntStream.range(0, end).boxed().toList();
    }
}
