package io.pottery.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.pottery.PotteryFactory;
import io.pottery.error.UndecodableValueException;
import io.pottery.testing.TestRedis;
import io.pottery.testredis.RedisServer;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is handed out until it is acknowledged: what becomes of it, and when another one gets it. */
@Timeout(60)
class DeliveryTest {

    private static final Duration VISIBILITY = Duration.ofMillis(400);
    private static final Duration LONG = Duration.ofSeconds(20);

    private final PotteryFactory pottery = TestRedis.pottery();
    private final RedisServer redis = TestRedis.server();
    private final String key = TestRedis.freshKey();
    private final String dead = TestRedis.freshKey();
    private final RedisSimpleQueue<Integer> queue = pottery.queue(key, Integer.class);

    @Test
    void isRemovedWhenItIsAcknowledged() throws InterruptedException {
        queue.addAll(List.of(1, 2));
        Delivery<Integer> delivery = queue.receive();
        assertThat(delivery.element()).isEqualTo(1);
        assertThat(delivery.deliveryCount()).isEqualTo(1);
        assertThat(delivery).hasToString("1 (delivery 1)");
        assertThat(queue).containsExactly(2);
        assertThat(redis.execute("XLEN", key)).as("with what is handed out").isEqualTo(2L);
        assertThat(delivery.ack()).isTrue();
        assertThat(redis.execute("XLEN", key)).isEqualTo(1L);
        assertThat(delivery.ack()).as("once more").isTrue();
        assertThat(delivery.nack()).isFalse();
        delivery.close();
        assertThat(queue.toList()).containsExactly(2);
    }

    @Test
    void comesBackBeforeAllOthersWhenItIsGivenBack() throws InterruptedException {
        queue.addAll(List.of(1, 2, 3));
        Delivery<Integer> first = queue.receive();
        Delivery<Integer> second = queue.receive();
        assertThat(second.nack()).isTrue();
        assertThat(first.nack()).isTrue();
        assertThat(first.nack()).isTrue();
        assertThat(first.ack()).isFalse();
        assertThat(queue.toList()).containsExactly(1, 2, 3);
        assertThat(queue.peek()).isEqualTo(1);
        assertThat(queue.size()).isEqualTo(3);
        Delivery<Integer> again = queue.receive();
        assertThat(again.element()).isEqualTo(1);
        assertThat(again.deliveryCount()).isEqualTo(2);
        assertThat(queue.contains(1)).isFalse();
        assertThat(queue.remove(2)).as("one that was given back").isTrue();
        assertThat(queue.poll()).isEqualTo(3);
        assertThat(again.ack()).isTrue();
        assertThat(redis.execute("XLEN", key)).isEqualTo(0L);
    }

    @Test
    void isGivenBackByTheEndOfTheBlockUnlessItIsAcknowledged() throws InterruptedException {
        queue.addAll(List.of(1, 2));
        assertThatIllegalStateException().isThrownBy(() -> {
            try (Delivery<Integer> delivery = queue.receive()) {
                throw new IllegalStateException("failed over " + delivery.element());
            }
        });
        try (Delivery<Integer> delivery = queue.receive()) {
            assertThat(delivery.element()).isEqualTo(1);
            assertThat(delivery.deliveryCount()).isEqualTo(2);
            delivery.ack();
        }
        assertThat(queue.toList()).containsExactly(2);
    }

    @Test
    void isEmptyWhenThereIsNone() throws InterruptedException {
        assertThat(queue.receive(Duration.ZERO)).isEmpty();
        assertThat(queue.receive(Duration.ofMillis(20))).isEmpty();
        queue.add(1);
        assertThat(queue.receive(Duration.ZERO)).hasValueSatisfying(Delivery::ack);
    }

    @Test
    void wakesWhoeverWaitsInAnotherProcessWhenItIsGivenBack() throws Exception {
        PotteryFactory other = PotteryFactory.create(TestRedis.connections());
        queue.add(1);
        Delivery<Integer> delivery = queue.receive();
        CompletableFuture<Integer> taken = inThread(other.queue(key, Integer.class)::take);
        await().until(() ->
                ((List<?>) redis.execute("PUBSUB", "NUMSUB", key)).get(1).equals(1L));
        assertThat(delivery.nack()).isTrue();
        assertThat(taken.get(3, java.util.concurrent.TimeUnit.SECONDS))
                .as("before the next heartbeat")
                .isEqualTo(1);
    }

    @Test
    void isNobodyElsesHoweverLongItIsHeld() throws InterruptedException {
        RedisSimpleQueue<Integer> hasty = hasty(queue.key());
        RedisSimpleQueue<Integer> other = otherProcess().queue(key, pottery.json(Integer.class), hasty.options());
        hasty.add(1);
        Delivery<Integer> delivery = hasty.receive();
        assertThat(other.receive(VISIBILITY.multipliedBy(5))).isEmpty();
        assertThat(delivery.ack()).isTrue();
        assertThat(redis.execute("XLEN", key)).isEqualTo(0L);
    }

    @Test
    void isDeliveredAgainWhenItsConsumerIsSilent() throws InterruptedException {
        RedisSimpleQueue<Integer> hasty = hasty(key);
        hasty.addAll(List.of(1, 2));
        takeAsOneWhoDies();
        long begin = System.nanoTime();
        Delivery<Integer> second = hasty.receive(Duration.ZERO).orElseThrow();
        assertThat(second.element()).isEqualTo(2);
        assertThat(second.ack()).isTrue();
        Delivery<Integer> again = hasty.receive(LONG).orElseThrow();
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        assertThat(again.element()).isEqualTo(1);
        assertThat(again.deliveryCount()).isEqualTo(2);
        assertThat(took).isBetween(VISIBILITY.minusMillis(100), VISIBILITY.plusSeconds(3));
        assertThat(again.ack()).isTrue();
    }

    @Test
    void isDeliveredAgainToThoseWhoOnlyPoll() {
        RedisSimpleQueue<Integer> hasty = hasty(key);
        hasty.add(1);
        takeAsOneWhoDies();
        assertThat(hasty.poll()).isNull();
        await().until(() -> Integer.valueOf(1).equals(hasty.poll()));
    }

    @Test
    void cannotBeAcknowledgedWhenAnotherOneHasIt() throws InterruptedException {
        RedisSimpleQueue<Integer> hasty = hasty(key);
        hasty.add(1);
        Delivery<Integer> mine = hasty.receive();
        claimAsAnother(1);
        assertThat(mine.ack()).isFalse();
        assertThat(redis.execute("XLEN", key)).isEqualTo(1L);
        assertThat(mine.nack()).isFalse();
        Delivery<Integer> again = hasty.receive(LONG).orElseThrow();
        assertThat(again.ack()).isTrue();
    }

    @Test
    void isDeliveredAgainWhenItWasDropped() throws InterruptedException {
        RedisSimpleQueue<Integer> hasty = hasty(key);
        hasty.add(1);
        WeakReference<Delivery<Integer>> dropped = new WeakReference<>(hasty.receive());
        await().until(() -> {
            System.gc();
            return dropped.refersTo(null);
        });
        assertThat(hasty.receive(LONG))
                .hasValueSatisfying(again -> assertThat(again.deliveryCount()).isEqualTo(2));
    }

    @Test
    void goesToTheDeadLettersAfterTheLastDelivery() throws InterruptedException {
        RedisSimpleQueue<Integer> limited = limited();
        limited.addAll(List.of(1, 2));
        assertThat(limited.receive().nack()).isTrue();
        Delivery<Integer> last = limited.receive();
        assertThat(last.element()).isEqualTo(1);
        assertThat(last.deliveryCount()).isEqualTo(2);
        assertThat(last.nack()).isTrue();
        assertThat(limited.toList()).containsExactly(2);
        RedisSimpleQueue<Integer> deadLetters = pottery.queue(dead, Integer.class);
        Delivery<Integer> letter = deadLetters.receive();
        assertThat(letter.element()).isEqualTo(1);
        assertThat(letter.deliveryCount()).isEqualTo(1);
        assertThat(letter.ack()).isTrue();
        assertThat(limited.poll()).isEqualTo(2);
    }

    @Test
    void goesToTheDeadLettersWhenItsConsumersDie() throws InterruptedException {
        RedisSimpleQueue<Integer> limited = limited();
        limited.add(1);
        takeAsOneWhoDies();
        assertThat(limited.receive(LONG)).hasValueSatisfying(second -> {
            assertThat(second.deliveryCount()).isEqualTo(2);
            claimAsAnother(2);
        });
        assertThat(limited.receive(VISIBILITY.multipliedBy(3))).isEmpty();
        assertThat(pottery.queue(dead, Integer.class).receive(LONG)).isPresent();
        assertThat(limited).isEmpty();
    }

    @Test
    void isNotLostWhenItCannotBeRead() throws InterruptedException {
        RedisSimpleQueue<Integer> limited = limited();
        redis.execute("XADD", key, "*", "item", "\"secret\"");
        redis.execute("XADD", key, "*", "other", "field");
        limited.add(3);
        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(UndecodableValueException.class)
                    .isThrownBy(limited::poll)
                    .withMessageContaining("An element at '%s' cannot be read", key)
                    .withMessageNotContaining("secret");
        }
        assertThat(limited.poll()).as("is not held up").isEqualTo(3);
        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(UndecodableValueException.class).isThrownBy(() -> limited.receive(LONG));
        }
        RedisSimpleQueue<Integer> deadLetters = pottery.queue(dead, Integer.class);
        await().until(() -> limited.poll() == null && deadLetters.size() == 2);
        List<?> entries = (List<?>) redis.execute("XRANGE", dead, "-", "+");
        assertThat(entries.stream().map(entry -> ((List<?>) entry).get(1)).map(Object::toString))
                .containsExactlyInAnyOrder("[item, \"secret\"]", "[other, field]");
    }

    @Test
    void doesNotEndADrainForGoodWhenItCannotBeRead() {
        RedisSimpleQueue<Integer> limited = limited();
        limited.add(1);
        redis.execute("XADD", key, "*", "item", "unreadable");
        limited.addAll(List.of(2, 3));
        List<Integer> drained = new ArrayList<>();
        assertThatExceptionOfType(UndecodableValueException.class).isThrownBy(() -> limited.drainTo(drained));
        assertThat(drained).containsExactly(1);
        assertThat(limited.drainTo(drained)).isEqualTo(2);
        assertThat(drained).containsExactly(1, 2, 3);
        await().until(() -> {
            try {
                limited.drainTo(drained);
            } catch (UndecodableValueException e) {
                return false;
            }
            return pottery.queue(dead, Integer.class).size() == 1;
        });
    }

    @Test
    void isForgottenWhenAPythonConsumerHasTakenIt() throws InterruptedException {
        queue.addAll(List.of(1, 2));
        Delivery<Integer> delivery = queue.receive();
        redis.execute("XDEL", key, firstId());
        assertThat(delivery.ack()).isFalse();
        Delivery<Integer> second = queue.receive();
        redis.execute("XDEL", key, firstId());
        assertThat(second.nack()).isTrue();
        assertThat(queue.poll()).isNull();
        assertThat(redis.execute("XPENDING", key, "pottery").toString()).startsWith("[0, ");
    }

    @Test
    void givesBackWhatAPythonConsumerTakesThen() throws InterruptedException {
        queue.addAll(List.of(1, 2));
        assertThat(queue.receive().nack()).isTrue();
        redis.execute("XDEL", key, firstId());
        assertThat(queue.peek()).isEqualTo(2);
        assertThat(queue.element()).isEqualTo(2);
        assertThat(queue).containsExactly(2);
        assertThat(queue.poll()).isEqualTo(2);
        assertThat(queue.poll()).isNull();
        assertThat(queue).isEmpty();
    }

    @Test
    void isTakenOnceThoughGivingItBackIsRepeated() {
        for (int i = 0; i < 20; i++) {
            queue.addAll(List.of(1, 2));
            assertThatIllegalStateException()
                    .isThrownBy(() -> queue.drainTo(new java.util.concurrent.ArrayBlockingQueue<>(1)));
            assertThat(queue.poll()).as("at once, and before what is behind it").isEqualTo(2);
            assertThat(queue.poll()).isNull();
        }
    }

    @Test
    void leavesNoConsumersBehindThatAreGone() throws InterruptedException {
        RedisSimpleQueue<Integer> hasty = hasty(key);
        for (int i = 0; i < 5; i++) {
            RedisSimpleQueue<Integer> process = otherProcess().queue(key, pottery.json(Integer.class), hasty.options());
            process.add(i);
            assertThat(process.take()).isEqualTo(i);
        }
        await().until(() -> {
            hasty.poll();
            return ((List<?>) redis.execute("XINFO", "CONSUMERS", key, "pottery")).size() <= 1;
        });
    }

    private RedisSimpleQueue<Integer> hasty(String name) {
        return pottery.queue(
                name, pottery.json(Integer.class), QueueOptions.defaults().withVisibilityTimeout(VISIBILITY));
    }

    private RedisSimpleQueue<Integer> limited() {
        return pottery.queue(
                key,
                pottery.json(Integer.class),
                QueueOptions.defaults().withVisibilityTimeout(VISIBILITY).withDeadLetters(dead, 2));
    }

    /** A factory that knows nothing of what others in this process hold. */
    private static PotteryFactory otherProcess() {
        return PotteryFactory.create(TestRedis.connections());
    }

    private void takeAsOneWhoDies() {

        redis.execute("XREADGROUP", "GROUP", "pottery", "dead", "COUNT", "1", "STREAMS", key, ">");
    }

    private void claimAsAnother(int deliveries) {
        redis.execute(
                "XCLAIM",
                key,
                "pottery",
                "another",
                "0",
                firstId(),
                "RETRYCOUNT",
                String.valueOf(deliveries),
                "JUSTID");
    }

    private String firstId() {
        List<?> first = (List<?>) ((List<?>) redis.execute("XRANGE", key, "-", "+", "COUNT", "1")).get(0);
        return (String) first.get(0);
    }

    private interface Taking<T> {
        T take() throws InterruptedException;
    }

    private static <T> CompletableFuture<T> inThread(Taking<T> taking) {
        CompletableFuture<T> taken = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                taken.complete(taking.take());
            } catch (InterruptedException | RuntimeException e) {
                taken.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return taken;
    }
}
