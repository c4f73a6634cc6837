package io.pottery.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.pottery.PotteryFactory;
import io.pottery.error.PotteryException;
import io.pottery.testing.TestRedis;
import io.pottery.testredis.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Waiting for elements and for room: timeouts, interrupts, and what it costs. */
@Timeout(60)
class RedisSimpleQueueWaitingTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    /** How exact timeouts are promised to be, and how late a loaded machine may be. */
    private static final Duration PROMISED = Duration.ofMillis(50);

    private static final Duration SLACK = Duration.ofSeconds(2);

    private final PotteryFactory pottery = TestRedis.pottery();
    private final RedisServer redis = TestRedis.server();
    private final RedisSimpleQueue<Integer> queue = pottery.queue(TestRedis.freshKey(), Integer.class);
    private final RedisSimpleQueue<Integer> two = bounded(queue.key(), 2);
    private final Collection<Thread> threads = new ConcurrentLinkedQueue<>();

    @AfterEach
    void end() {
        threads.forEach(Thread::interrupt);
    }

    @Test
    void takesWhatIsThereWithoutWaiting() throws Exception {
        queue.addAll(List.of(1, 2, 3, 4));
        assertThat(queue.take()).isEqualTo(1);
        assertThat(queue.poll(1, TimeUnit.HOURS)).isEqualTo(2);
        assertThat(queue.poll(0, TimeUnit.SECONDS)).isEqualTo(3);
        assertThat(queue.poll(-1, TimeUnit.SECONDS)).isEqualTo(4);
        assertThat(queue.poll(0, TimeUnit.SECONDS)).isNull();
        assertThat(queue.poll(Long.MIN_VALUE, TimeUnit.DAYS)).isNull();
    }

    @Test
    void waitsUntilAnElementIsPut() throws Exception {
        FutureTask<Integer> taker = inThread(queue::take);
        awaitConsumers(1);
        assertThat(taker.isDone()).isFalse();
        pottery.queue(queue.key(), Integer.class).put(7);
        assertThat(taker.get()).isEqualTo(7);
        assertThat(queue).isEmpty();
    }

    @Test
    void waitsForOtherProcessesAndForPython() throws Exception {
        FutureTask<Integer> taker = inThread(() -> queue.poll(1, TimeUnit.HOURS));
        awaitConsumers(1);
        redis.execute("XADD", queue.key(), "*", "item", "42");
        assertThat(taker.get()).isEqualTo(42);
    }

    @Test
    void waitsForALongTime() throws Exception {
        FutureTask<Integer> taker = inThread(() -> queue.poll(Long.MAX_VALUE, TimeUnit.DAYS));
        awaitConsumers(1);
        queue.add(1);
        assertThat(taker.get()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 60, 300, 1_100})
    void keepsTimeouts(int millis) throws Exception {
        queue.poll(); // which connects
        long begin = System.nanoTime();
        assertThat(queue.poll(millis, TimeUnit.MILLISECONDS)).isNull();
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        assertThat(took)
                .isBetween(
                        Duration.ofMillis(millis),
                        Duration.ofMillis(millis).plus(PROMISED).plus(SLACK));
    }

    @Test
    void keepsTimeoutsWhileOthersWaitForLonger() throws Exception {
        FutureTask<Integer> taker = inThread(queue::take);
        awaitConsumers(1);
        for (int millis : List.of(5, 300)) {
            long begin = System.nanoTime();
            assertThat(queue.poll(millis, TimeUnit.MILLISECONDS)).isNull();
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isBetween(
                            Duration.ofMillis(millis),
                            Duration.ofMillis(millis).plus(PROMISED).plus(SLACK));
        }
        queue.put(1);
        assertThat(taker.get()).isEqualTo(1);
    }

    @Test
    void refusesNegativeTimeoutsToReceive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> queue.receive(Duration.ofMillis(-1)))
                .withMessageContaining("use receive() to wait for ever");
    }

    @Test
    void wakesWhoCameFirstFirst() throws Exception {
        List<FutureTask<Integer>> takers = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            takers.add(inThread(queue::take));
            awaitWaiting(i);
        }
        for (int i = 0; i < 5; i++) {
            queue.put(i);
            assertThat(takers.get(i).get()).isEqualTo(i);
        }
    }

    @Test
    void wakesNobodyWithoutAnElement() throws Exception {
        List<FutureTask<Integer>> takers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            takers.add(inThread(queue::take));
        }
        awaitWaiting(20);
        queue.addAll(List.of(1, 2, 3));
        await().until(() -> takers.stream().filter(FutureTask::isDone).count() == 3);
        awaitWaiting(17);
        queue.addAll(IntStream.range(3, 20).boxed().toList());
        for (FutureTask<Integer> taker : takers) {
            taker.get();
        }
        assertThat(queue).isEmpty();
    }

    @Test
    void isInterruptedBeforeItWaits() {
        queue.add(1);
        for (Callable<?> call : List.<Callable<?>>of(
                queue::take,
                () -> queue.poll(1, TimeUnit.SECONDS),
                () -> queue.poll(0, TimeUnit.SECONDS),
                queue::receive,
                () -> queue.receive(Duration.ofSeconds(1)),
                () -> {
                    queue.put(2);
                    return null;
                },
                () -> queue.offer(2, 1, TimeUnit.SECONDS),
                () -> two.offer(2, 0, TimeUnit.SECONDS),
                () -> {
                    two.put(2);
                    return null;
                })) {
            Thread.currentThread().interrupt();
            assertThatExceptionOfType(InterruptedException.class).isThrownBy(call::call);
            assertThat(Thread.interrupted()).isFalse();
        }
        Thread.currentThread().interrupt();
        assertThat(queue.poll()).as("does not wait, and so is not interrupted").isEqualTo(1);
        assertThat(queue.offer(3)).isTrue();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(queue.toList()).containsExactly(3);
    }

    @Test
    void isInterruptedWhileItWaits() throws Exception {
        FutureTask<Integer> taker = inThread(queue::take);
        FutureTask<Integer> poller = inThread(() -> queue.poll(1, TimeUnit.HOURS));
        FutureTask<?> receiver = inThread(queue::receive);
        FutureTask<Integer> other = inThread(queue::take);
        awaitWaiting(4);
        List<Thread> all = List.copyOf(threads);
        all.subList(0, 3).forEach(Thread::interrupt);
        for (FutureTask<?> each : List.of(taker, poller, receiver)) {
            await().until(each::isDone);
            assertThatExceptionOfType(java.util.concurrent.ExecutionException.class)
                    .isThrownBy(each::get)
                    .withCauseInstanceOf(InterruptedException.class);
        }
        queue.put(5);
        assertThat(other.get()).isEqualTo(5);
        queue.put(6);
        assertThat(queue.poll(LONG.toSeconds(), TimeUnit.SECONDS))
                .as("the server still waits for one of those who have left, and what it handed out comes back")
                .isEqualTo(6);
    }

    @Test
    void givesBackToOtherProcessesWhatNobodyHereWantsAnyMore() throws Exception {
        PotteryFactory other = PotteryFactory.create(TestRedis.connections());
        FutureTask<Integer> first = inThread(queue::take);
        awaitConsumers(1);
        FutureTask<Integer> second = inThread(other.queue(queue.key(), Integer.class)::take);
        awaitConsumers(2);
        threads.iterator().next().interrupt();
        await().until(first::isDone);
        queue.put(1); // which the server hands out to the process of the first
        assertThat(second.get(4, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(queue).isEmpty();
    }

    @Test
    void doesNotHoldAMonitorWhileItWaits() throws Exception {
        FutureTask<Integer> taker = inThread(queue::take);
        awaitConsumers(1);
        two.addAll(List.of(1, 2));
        taker.get();
        two.add(3);
        FutureTask<?> putter = inThread(() -> {
            two.put(4);
            return null;
        });
        await().untilAsserted(() -> {
            for (Thread thread : threads) {
                if (thread.isAlive()) {
                    assertThat(thread.getState()).isEqualTo(Thread.State.WAITING);
                }
            }
        });
        for (var info : java.lang.management.ManagementFactory.getThreadMXBean().dumpAllThreads(true, false)) {
            if (threads.stream().anyMatch(thread -> thread.getId() == info.getThreadId())) {
                assertThat(info.getLockedMonitors()).isEmpty();
            }
        }
        assertThat(queue.take()).isEqualTo(2);
        putter.get();
    }

    @Test
    void takesOneConnectionAndNoThreadHoweverManyWait() throws Exception {
        try (RedisServer server = RedisServer.start()) {
            LettuceConnectionFactory connections = TestRedis.connect(server);
            try {
                PotteryFactory own = PotteryFactory.create(connections);
                RedisSimpleQueue<Integer> waited = own.queue("queue", Integer.class);
                List<FutureTask<Integer>> takers = new ArrayList<>();
                takers.add(inThread(waited::take));
                await().until(() -> blockedClients(server) == 1);
                await().until(() -> ((List<?>) server.execute("PUBSUB", "NUMSUB", "queue"))
                        .get(1)
                        .equals(1L));
                long clients = clients(server);
                Set<String> before = libraryThreads();
                for (int i = 1; i < 100; i++) {
                    takers.add(inThread(waited::take));
                }
                await().until(() -> threads.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING));
                assertThat(clients(server)).isEqualTo(clients);
                assertThat(blockedClients(server)).isEqualTo(1);
                assertThat(libraryThreads()).isEqualTo(before);

                long commands = commands(server);
                await().pollDelay(Duration.ofSeconds(6)).until(() -> true);
                assertThat(commands(server) - commands)
                        .as("one heartbeat, or two, and what this test asks")
                        .isLessThanOrEqualTo(30);

                waited.addAll(IntStream.range(0, 100).boxed().toList());
                Set<Integer> taken = new java.util.HashSet<>();
                for (FutureTask<Integer> taker : takers) {
                    taken.add(taker.get());
                }
                assertThat(taken).hasSize(100);
            } finally {
                connections.destroy();
            }
        }
    }

    @Test
    void endsWithTheApplication() throws Exception {
        try (RedisServer server = RedisServer.start()) {
            LettuceConnectionFactory connections = TestRedis.connect(server);
            RedisSimpleQueue<Integer> own = PotteryFactory.create(connections).queue("queue", Integer.class);
            RedisSimpleQueue<Integer> ownBounded = PotteryFactory.create(connections)
                    .queue(
                            "full",
                            pottery.json(Integer.class),
                            QueueOptions.defaults().withCapacity(1));
            ownBounded.add(1);
            List<FutureTask<?>> waiting =
                    List.of(inThread(own::take), inThread(() -> own.poll(1, TimeUnit.HOURS)), inThread(() -> {
                        ownBounded.put(2);
                        return null;
                    }));
            await().until(() -> blockedClients(server) == 1);
            await().until(() -> server.execute("EXISTS", "{full}:full").equals(1L));
            connections.destroy();
            for (FutureTask<?> each : waiting) {
                await().atMost(LONG).until(each::isDone);
                assertThatExceptionOfType(java.util.concurrent.ExecutionException.class)
                        .isThrownBy(each::get)
                        .withCauseInstanceOf(PotteryException.class);
            }
        }
    }

    @Test
    void goesOnWaitingWhenTheKeyIsDeleted() throws Exception {
        FutureTask<Integer> taker = inThread(queue::take);
        awaitConsumers(1);
        redis.execute("DEL", queue.key());
        queue.put(1);
        assertThat(taker.get()).isEqualTo(1);
    }

    @Test
    void hasRoomUpToItsCapacity() throws Exception {
        assertThat(two.offer(1)).isTrue();
        assertThat(two.remainingCapacity()).isEqualTo(1);
        assertThat(two.offer(2, 1, TimeUnit.SECONDS)).isTrue();
        assertThat(two.offer(3)).isFalse();
        assertThatIllegalStateException().isThrownBy(() -> two.add(3));
        assertThat(two.offer(3, 0, TimeUnit.SECONDS)).isFalse();
        assertThat(two.offer(3, -1, TimeUnit.SECONDS)).isFalse();
        assertThat(two.remainingCapacity()).isZero();
        long begin = System.nanoTime();
        assertThat(two.offer(3, 150, TimeUnit.MILLISECONDS)).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(
                        Duration.ofMillis(150),
                        Duration.ofMillis(150).plus(PROMISED).plus(SLACK));
        assertThat(queue.offer(3)).as("a handle without a capacity").isTrue();
        assertThat(two.remainingCapacity()).isZero();
        assertThat(two.toList()).containsExactly(1, 2, 3);
    }

    @Test
    void countsWhatWaitsAndNotWhatIsHandedOut() throws Exception {
        two.addAll(List.of(1, 2));
        Delivery<Integer> held = two.receive();
        assertThat(two.size()).isEqualTo(1);
        assertThat(two.offer(3)).isTrue();
        assertThat(two.offer(4)).isFalse();
        assertThat(held.nack()).isTrue();
        assertThat(two.toList()).containsExactly(1, 2, 3);
    }

    @Test
    void addsAllOrNone() {
        RedisSimpleQueue<Integer> five = bounded(queue.key(), 5);
        five.addAll(List.of(1, 2, 3));
        assertThatIllegalStateException()
                .isThrownBy(() -> five.addAll(List.of(4, 5, 6)))
                .withMessageContaining("'%s' has no room for all of them (its capacity is 5)", queue.key());
        assertThat(five.toList()).containsExactly(1, 2, 3);
        five.addAll(List.of(4, 5));
        assertThat(five.size()).isEqualTo(5);
    }

    @Test
    void waitsForRoom() throws Exception {
        two.addAll(List.of(1, 2));
        FutureTask<?> putter = inThread(() -> {
            two.put(3);
            return null;
        });
        FutureTask<Boolean> offerer = inThread(() -> two.offer(4, 1, TimeUnit.HOURS));
        await().until(() ->
                redis.execute("EXISTS", "{" + queue.key() + "}:full").equals(1L));
        assertThat(putter.isDone()).isFalse();
        assertThat(queue.take()).isEqualTo(1);
        assertThat(queue.take()).isEqualTo(2);
        putter.get();
        assertThat(offerer.get()).isTrue();
        assertThat(queue.toList()).containsExactlyInAnyOrder(3, 4);
    }

    @Test
    void findsTheRoomThatAConsumerOfPythonLeaves() throws Exception {
        two.addAll(List.of(1, 2));
        FutureTask<?> putter = inThread(() -> {
            two.put(3);
            return null;
        });
        await().until(() ->
                redis.execute("EXISTS", "{" + queue.key() + "}:full").equals(1L));
        redis.execute("XTRIM", queue.key(), "MAXLEN", "1");
        putter.get();
        assertThat(queue.toList()).containsExactly(2, 3);
    }

    @Test
    void isInterruptedWhileItWaitsForRoom() throws Exception {
        two.addAll(List.of(1, 2));
        FutureTask<?> putter = inThread(() -> {
            two.put(3);
            return null;
        });
        await().until(() ->
                redis.execute("EXISTS", "{" + queue.key() + "}:full").equals(1L));
        threads.forEach(Thread::interrupt);
        await().until(putter::isDone);
        assertThatExceptionOfType(java.util.concurrent.ExecutionException.class)
                .isThrownBy(putter::get)
                .withCauseInstanceOf(InterruptedException.class);
        assertThat(queue.drainTo(new ArrayList<>())).isEqualTo(2);
        assertThat(queue.poll(200, TimeUnit.MILLISECONDS)).isNull();
    }

    private RedisSimpleQueue<Integer> bounded(String key, int capacity) {
        return pottery.queue(
                key, pottery.json(Integer.class), QueueOptions.defaults().withCapacity(capacity));
    }

    private <T> FutureTask<T> inThread(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "waits-" + threads.size());
        threads.add(thread);
        thread.start();
        return task;
    }

    /** Waits until so many calls wait on the server for elements of the queue. */
    private void awaitConsumers(int consumers) {
        await().until(() -> String.valueOf(redis.execute("CLIENT", "LIST"))
                        .lines()
                        .filter(client -> client.contains("cmd=xreadgroup") && client.contains(" flags=b "))
                        .count()
                >= consumers);
        await().until(() -> ((List<?>) ((List<?>) redis.execute("XINFO", "GROUPS", queue.key()))).size() == 1);
    }

    /** Waits until so many of the threads of this test wait, and the server for them. */
    private void awaitWaiting(int waiting) {
        await().until(() -> threads.stream()
                        .filter(thread -> thread.getState() == Thread.State.WAITING)
                        .count()
                == waiting);
        awaitConsumers(1);
    }

    private static Set<String> libraryThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("pottery") || name.startsWith("lettuce"))
                .collect(Collectors.toSet());
    }

    private static long blockedClients(RedisServer server) {
        return figure(server, "clients", "blocked_clients");
    }

    private static long commands(RedisServer server) {
        return figure(server, "stats", "total_commands_processed");
    }

    private static long clients(RedisServer server) {
        return figure(server, "clients", "connected_clients");
    }

    private static long figure(RedisServer server, String section, String name) {
        return String.valueOf(server.execute("INFO", section))
                .lines()
                .filter(line -> line.startsWith(name + ":"))
                .mapToLong(
                        line -> Long.parseLong(line.substring(name.length() + 1).trim()))
                .sum();
    }
}
