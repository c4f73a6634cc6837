package io.pottery.queue;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.pottery.PotteryFactory;
import io.pottery.error.PotteryException;
import io.pottery.testing.ChildJvm;
import io.pottery.testing.TestRedis;
import io.pottery.testredis.FaultProxy;
import io.pottery.testredis.RedisServer;
import io.pottery.time.ContextTimer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Queues whose server, network and consumers fail. Bounds on time are asserted with slack, because the machine may be
 * busy; nothing waits for the visibility timeout where it is long.
 */
class QueueFaultsTest {

    private static final Duration SLACK = ofSeconds(1);

    /** Less than the 5 s after which everything is looked for that nobody has told of. */
    private static final Duration AT_ONCE = ofSeconds(4);

    /** That, and slack. */
    private static final Duration SOON = ofSeconds(10);

    /** How many times each of several things is cut off. */
    private static final int FAULTS = 20;

    private static final QueueOptions LONG = QueueOptions.defaults().withVisibilityTimeout(ofMinutes(1));
    private static final QueueOptions SHORT = QueueOptions.defaults().withVisibilityTimeout(ofSeconds(2));

    private final String key = TestRedis.freshKey();
    private final RedisServer server =
            RedisServer.with("appendonly", "yes").with("appendfsync", "always").start();
    private final FaultProxy network = FaultProxy.before(server);
    private final List<LettuceConnectionFactory> factories = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    /** A handle that does not suffer from the network. */
    private final RedisSimpleQueue<Integer> near = queue(server.port(), LONG);

    private final RedisSimpleQueue<Integer> far = queue(network.port(), LONG);

    @AfterEach
    void end() {
        threads.forEach(Thread::interrupt);
        factories.forEach(LettuceConnectionFactory::destroy);
        network.close();
        server.close();
    }

    // CO-03

    @Test
    void aPutWhoseReplyIsLostMayHaveBeenDone() throws Exception {
        far.put(1);
        awaitSilence();
        network.loseNextReply();
        assertThatExceptionOfType(PotteryException.class)
                .isThrownBy(() -> far.put(2))
                .withMessageContaining("'%s'", key)
                .withMessageContaining("so this may or may not have been done");
        assertThat(near.toList()).containsExactly(1, 2);
    }

    @Test
    void aPutThatCannotBeSentIsNotDone() throws Exception {
        far.put(1);
        network.refuse();
        await().untilAsserted(() -> assertThatExceptionOfType(PotteryException.class)
                .isThrownBy(() -> far.put(2))
                .withMessageContaining("so nothing was sent"));
        network.resume();
        await().ignoreExceptions().until(() -> far.offer(3));
        assertThat(near.toList()).containsExactly(1, 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"poll", "poll for a while", "take", "drainTo"})
    void whatWasHandedOutInALostReplyComesBackAtOnce(String call) throws Exception {
        assertThat(far.poll()).isNull();
        near.addAll(List.of(1, 2, 3));
        awaitSilence();
        network.loseNextReply();
        ContextTimer timer = ContextTimer.started();
        List<Integer> taken = new ArrayList<>();
        switch (call) {
            case "poll" ->
                assertThatExceptionOfType(PotteryException.class)
                        .isThrownBy(far::poll)
                        .withMessageContaining("may or may not");
            case "poll for a while" -> taken.add(far.poll(30, TimeUnit.SECONDS));
            case "take" -> taken.add(far.take());
            default ->
                assertThatExceptionOfType(PotteryException.class)
                        .isThrownBy(() -> far.drainTo(taken))
                        .withMessageContaining("may or may not");
        }
        while (taken.size() < 3) {
            Delivery<Integer> delivery = far.receive();
            assertThat(delivery.deliveryCount()).isEqualTo(1);
            assertThat(delivery.ack()).isTrue();
            taken.add(delivery.element());
        }
        assertThat(timer.elapsed()).isLessThan(AT_ONCE);
        assertThat(taken).containsExactlyInAnyOrder(1, 2, 3);
        awaitEmpty();
    }

    @Test
    void whatWasHandedOutToOneWhoWaitsInALostReplyComesBackAtOnce() throws Exception {
        Future<Delivery<Integer>> waiting = inThread(far::receive);
        awaitWaiting();
        network.loseNextReply();
        near.put(1);
        Delivery<Integer> delivery = waiting.get(AT_ONCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(delivery.deliveryCount()).isEqualTo(1);
        assertThat(delivery.ack()).isTrue();
        awaitEmpty();
    }

    /** That its connections are dead is noticed after 7 s and the client's timeout, and nobody can tell it before. */
    @Test
    void whatWasHandedOutIntoABlackHoleComesBackSoon() throws Exception {
        Duration timeout = ofSeconds(2);
        RedisSimpleQueue<Integer> impatient = queue(key, network.port(), LONG, timeout);
        Future<Delivery<Integer>> waiting = inThread(impatient::receive);
        awaitWaiting();
        network.blackHoleConnections();
        near.put(1);
        assertThat(pending()).isEqualTo(1);
        Delivery<Integer> delivery =
                waiting.get(SOON.plusSeconds(7).plus(timeout).toSeconds(), TimeUnit.SECONDS);
        assertThat(delivery.deliveryCount()).isEqualTo(1);
        assertThat(delivery.ack()).isTrue();
        awaitEmpty();
    }

    @Test
    void anAcknowledgementWhoseReplyIsLostIsTrue() throws Exception {
        near.put(1);
        Delivery<Integer> delivery = far.receive();
        awaitSilence();
        network.loseNextReply();
        assertThat(delivery.ack()).isTrue();
        awaitEmpty();
    }

    @Test
    void anAcknowledgementThatGetsLostIsRepeated() throws Exception {
        near.put(1);
        Delivery<Integer> delivery = far.receive();
        network.blackHole();
        Future<Boolean> acknowledged = inThread(delivery::ack);
        awaitThreads();
        network.refuse(); // and forget what is under way
        assertThat(length()).isEqualTo(1);
        network.resume();
        assertThat(acknowledged.get(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        awaitEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MAX_VALUE, 50})
    void nothingIsLostOrTwiceThereThoughRepliesAreLost(int capacity) throws Exception {
        TotalQueue history = new TotalQueue(LONG.visibilityTimeout());
        QueueOptions options = LONG.withCapacity(capacity);
        try (FaultProxy ofProducers = FaultProxy.before(server);
                FaultProxy ofConsumers = FaultProxy.before(server)) {
            RedisSimpleQueue<Integer> in = queue(ofProducers.port(), options);
            RedisSimpleQueue<Integer> out = queue(ofConsumers.port(), options);
            AtomicInteger next = new AtomicInteger();
            AtomicBoolean enough = new AtomicBoolean();
            List<Future<?>> producers = repeat(4, enough, () -> put(in, next.getAndIncrement(), history));
            List<Future<?>> consumers = Stream.of(
                            repeat(2, () -> took(out.take(), history)),
                            repeat(
                                    1,
                                    () -> Optional.ofNullable(out.poll(500, TimeUnit.MILLISECONDS))
                                            .ifPresent(polled -> took(polled, history))),
                            repeat(1, () -> drain(out, history)),
                            repeat(2, () -> confirm(out.receive(), history)))
                    .flatMap(List::stream)
                    .toList();
            for (int i = 0; i < FAULTS; i++) {
                int unknown = history.unknownPuts();
                AtomicInteger looks = new AtomicInteger();
                awaitQuickly(() -> {
                    if (looks.getAndIncrement() % 100 == 0) { // what is lost may be a reply to something else
                        ofProducers.loseNextReply();
                    }
                    return history.unknownPuts() > unknown;
                });
                int delivered = history.delivered();
                ofConsumers.loseNextReply();
                awaitQuickly(() -> history.delivered() >= delivered + 20);
                ofConsumers.dropConnections();
                awaitQuickly(() -> history.delivered() >= delivered + 40);
            }
            enough.set(true);
            end(producers);
            await().atMost(ofSeconds(20)).until(() -> history.missing() == 0 && isEmpty());
            threads.forEach(Thread::interrupt);
            end(consumers);
        }
        assertThat(history.violations()).isEmpty();
        assertThat(history.unknownPuts()).isGreaterThanOrEqualTo(FAULTS);
        assertThat(history.redelivered()).isZero();
    }

    // CO-04

    @Test
    void whatAConsumerHasIsDeliveredToAnotherWhenItIsDeadAndNotBefore() throws Exception {
        Duration timeout = SHORT.visibilityTimeout();
        try (ChildJvm first = holder()) {
            near.put(1);
            assertThat(first.nextLine()).startsWith("holds 1 1 ");
            try (ChildJvm second = holder()) {
                awaitBlocked();
                assertThat(second.poll(timeout.multipliedBy(2))).isEmpty();
                first.kill();
                long killed = System.nanoTime();
                String[] held = second.nextLine().split(" ");
                assertThat(held).startsWith("holds", "1", "2");
                assertThat(Duration.ofNanos(Long.parseLong(held[3]) - killed))
                        .isGreaterThan(timeout.dividedBy(2)) // it was last heard of up to a third before it died
                        .isLessThan(timeout.multipliedBy(2).plus(SLACK.multipliedBy(2)));
                second.send("go on");
                assertThat(second.nextLine()).isEqualTo("ack true");
                awaitEmpty();
            }
        }
    }

    @Test
    void whatKillsItsConsumersGoesToTheDeadLetters() throws Exception {
        String dead = TestRedis.freshKey();
        near.put(1);
        for (int count = 1; count <= 2; count++) {
            try (ChildJvm victim = holder(dead)) {
                assertThat(victim.nextLine()).startsWith("holds 1 %d ".formatted(count));
                victim.kill();
            }
        }
        RedisSimpleQueue<Integer> survivor = queue(server.port(), SHORT.withDeadLetters(dead, 2));
        RedisSimpleQueue<Integer> deadLetters = queue(dead, server.port(), LONG, ofSeconds(10));
        await().atMost(SHORT.visibilityTimeout().plus(SOON)).until(() -> {
            assertThat(survivor.poll()).isNull();
            return deadLetters.size() == 1;
        });
        assertThat(deadLetters.poll()).isEqualTo(1);
        awaitEmpty();
    }

    @Test
    void aConsumerThatWasSilentForTooLongCannotAcknowledge() throws Exception {
        try (ChildJvm first = holder()) {
            near.put(1);
            assertThat(first.nextLine()).startsWith("holds 1 1 ");
            first.pause();
            Delivery<Integer> second = queue(server.port(), SHORT)
                    .receive(SHORT.visibilityTimeout().plus(SOON))
                    .orElseThrow();
            assertThat(second.deliveryCount()).isEqualTo(2);
            first.resume();
            first.send("go on");
            assertThat(first.nextLine()).isEqualTo("ack false");
            assertThat(length()).isEqualTo(1);
            assertThat(second.ack()).isTrue();
            awaitEmpty();
        }
    }

    // Waiting

    @ParameterizedTest
    @ValueSource(strings = {"killed", "paused", "black hole", "refused", "connections killed"})
    void allWhoWaitGetSomethingWhenAFaultIsOver(String fault) throws Exception {
        Queue<Integer> taken = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < 100; i++) {
            inThread(() -> taken.add(far.take()));
        }
        awaitWaiting();
        begin(fault);
        TimeUnit.SECONDS.sleep(fault.equals("connections killed") ? 0 : 2); // how long the fault lasts
        heal(fault);
        RedisSimpleQueue<Integer> fresh = queue(server.port(), LONG);
        ContextTimer timer = ContextTimer.started();
        for (int i = 0; i < 100; i++) {
            fresh.put(i);
        }
        await().atMost(SOON).until(() -> taken.size() == 100);
        assertThat(timer.elapsed()).isLessThan(SOON);
        assertThat(taken)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 100).boxed().toList());
        awaitEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"killed", "paused", "black hole", "refused"})
    void whoeverAsksAServerThatIsAwayIsToldAtTheEnd(String fault) throws Exception {
        assertThat(far.poll()).isNull(); // connects
        begin(fault);
        assertFailsAtTheEnd(ofMillis(700), timeout -> far.poll(timeout.toMillis(), TimeUnit.MILLISECONDS));
        assertFailsAtTheEnd(ofMillis(700), far::receive);
        assertFailsAtTheEnd(
                ofMillis(700), timeout -> queue(network.port(), LONG).poll(timeout.toMillis(), TimeUnit.MILLISECONDS));
        heal(fault);
        near(fault).put(1);
        assertThat(far.poll(SOON.toMillis(), TimeUnit.MILLISECONDS)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "killed, false",
        "paused, false",
        "paused, true",
        "black hole, false",
        "black hole, true",
        "refused, true"
    })
    void whoeverWaitsWhenTheServerGoesAwayIsToldAtTheEnd(String fault, boolean othersWaitForLonger) throws Exception {
        Future<Integer> waitsForEver = othersWaitForLonger ? inThread(far::take) : null;
        Duration timeout = ofSeconds(2);
        Future<?> told = inThread(() -> {
            assertFailsAtTheEnd(timeout, time -> far.poll(time.toMillis(), TimeUnit.MILLISECONDS));
            return null;
        });
        awaitWaiting();
        begin(fault);
        told.get(SOON.toSeconds(), TimeUnit.SECONDS);
        heal(fault);
        if (waitsForEver != null) {
            near(fault).put(0);
            assertThat(waitsForEver.get(SOON.toSeconds(), TimeUnit.SECONDS)).isZero();
        }
        near(fault).put(1);
        assertThat(far.poll(SOON.toMillis(), TimeUnit.MILLISECONDS)).isEqualTo(1);
    }

    /** A call that waits for so long. */
    @FunctionalInterface
    private interface Waiting {
        Object waitFor(Duration timeout) throws InterruptedException;
    }

    private static void assertFailsAtTheEnd(Duration timeout, Waiting call) {
        ContextTimer timer = ContextTimer.started();
        assertThatExceptionOfType(PotteryException.class).isThrownBy(() -> call.waitFor(timeout));
        assertThat(timer.elapsed()).isBetween(timeout, timeout.plus(SLACK));
    }

    private void begin(String fault) {
        switch (fault) {
            case "killed" -> server.kill();
            case "paused" -> server.pause();
            case "black hole" -> network.blackHole();
            case "refused" -> network.refuse();
            case "connections killed" -> {
                server.execute("CLIENT", "KILL", "TYPE", "normal");
                server.execute("CLIENT", "KILL", "TYPE", "pubsub");
            }
            default -> throw new IllegalArgumentException(fault);
        }
    }

    private void heal(String fault) {
        if (fault.equals("killed")) {
            server.restart();
        }
        server.resume();
        network.resume();
    }

    /** A handle that has not suffered from {@code fault}. */
    private RedisSimpleQueue<Integer> near(String fault) {
        return fault.equals("killed") ? queue(server.port(), LONG) : near;
    }

    private RedisSimpleQueue<Integer> queue(int port, QueueOptions options) {
        return queue(key, port, options, ofSeconds(10));
    }

    /** The queue, as another process would have it. */
    private RedisSimpleQueue<Integer> queue(String name, int port, QueueOptions options, Duration commandTimeout) {
        LettuceConnectionFactory factory = TestRedis.started(new LettuceConnectionFactory(
                new RedisStandaloneConfiguration("127.0.0.1", port),
                LettuceClientConfiguration.builder()
                        .commandTimeout(commandTimeout)
                        .shutdownTimeout(Duration.ZERO)
                        .build()));
        factories.add(factory);
        PotteryFactory pottery = PotteryFactory.create(factory);
        return pottery.queue(name, pottery.json(Integer.class), options);
    }

    private ChildJvm holder(String... deadLetters) {
        return ChildJvm.start(
                QueueWorker.Holding.class,
                Stream.concat(
                                Stream.of(
                                        server.port(),
                                        key,
                                        SHORT.visibilityTimeout().toMillis()),
                                Stream.of(deadLetters))
                        .map(String::valueOf)
                        .toArray(String[]::new));
    }

    private <T> Future<T> inThread(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
        return task;
    }

    private List<Future<?>> repeat(int count, Repeated work) {
        return repeat(count, new AtomicBoolean(), work);
    }

    /** Does {@code work} in some threads, whether it fails or not, until it is enough or they are interrupted. */
    private List<Future<?>> repeat(int count, AtomicBoolean enough, Repeated work) {
        return Stream.<Future<?>>generate(() -> inThread(() -> {
                    while (!enough.get() && !Thread.currentThread().isInterrupted()) {
                        try {
                            work.run();
                        } catch (PotteryException e) {
                            TimeUnit.MILLISECONDS.sleep(5); // the server is away
                        }
                    }
                    return null;
                }))
                .limit(count)
                .toList();
    }

    @FunctionalInterface
    private interface Repeated {
        void run() throws InterruptedException;
    }

    /** Waits until they have ended, as they were told to. */
    private static void end(List<Future<?>> workers) throws Exception {
        for (Future<?> worker : workers) {
            try {
                worker.get(SOON.toSeconds(), TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                assertThat(e).hasCauseInstanceOf(InterruptedException.class);
            }
        }
    }

    private static void put(RedisSimpleQueue<Integer> queue, int element, TotalQueue history)
            throws InterruptedException {
        try {
            queue.put(element);
            history.note("producer", "put %d done".formatted(element));
        } catch (PotteryException e) {
            history.note(
                    "producer", "put %d %s".formatted(element, QueueWorker.saysUnknown(e) ? "unknown" : "not_done"));
            throw e;
        }
    }

    private static void took(int element, TotalQueue history) {
        history.note("consumer", "took %d %d".formatted(element, System.nanoTime()));
    }

    private static void drain(RedisSimpleQueue<Integer> queue, TotalQueue history) throws InterruptedException {
        List<Integer> drained = new ArrayList<>();
        try {
            drained.add(queue.take());
            queue.drainTo(drained, 3);
        } finally {
            drained.forEach(each -> took(each, history));
        }
    }

    private static void confirm(Delivery<Integer> delivery, TotalQueue history) {
        history.note(
                "consumer", "got %d %d %d".formatted(delivery.element(), delivery.deliveryCount(), System.nanoTime()));
        history.note(
                "consumer",
                "ack %d %d %s %d"
                        .formatted(
                                delivery.element(),
                                delivery.deliveryCount(),
                                delivery.ack() ? "done" : "not_done",
                                System.nanoTime()));
    }

    /** Waits until all threads of this test wait, one connection waits on the server for them, and all is still. */
    private void awaitWaiting() {
        awaitBlocked();
        awaitThreads();
        awaitSilence();
    }

    private void awaitThreads() {
        await().atMost(SOON)
                .until(() -> threads.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING));
    }

    private void awaitBlocked() {
        await().atMost(SOON)
                .until(() -> String.valueOf(server.execute("INFO", "clients")).contains("blocked_clients:1"));
    }

    /** Waits until nobody sends anything, because all have connected. */
    private void awaitSilence() {
        AtomicLong before = new AtomicLong();
        await().atMost(SOON).pollInterval(ofMillis(100)).until(() -> {
            long commands = commands();
            return before.getAndSet(commands) == commands - 1; // which is the one of this
        });
    }

    private static void awaitQuickly(Callable<Boolean> condition) {
        await().atMost(SOON.multipliedBy(2)).pollInterval(ofMillis(5)).until(condition);
    }

    private long commands() {
        return String.valueOf(server.execute("INFO", "stats"))
                .lines()
                .filter(line -> line.startsWith("total_commands_processed:"))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1)))
                .sum();
    }

    private void awaitEmpty() {
        await().atMost(SOON).until(this::isEmpty);
    }

    /** Whether nothing is there, and nothing is handed out. */
    private boolean isEmpty() {
        return length() == 0 && pending() == 0;
    }

    /** How many elements are handed out. */
    private long pending() {
        return (Long) ((List<?>) server.execute("XPENDING", key, StoredQueue.GROUP)).get(0);
    }

    private long length() {
        return (Long) server.execute("XLEN", key);
    }
}
