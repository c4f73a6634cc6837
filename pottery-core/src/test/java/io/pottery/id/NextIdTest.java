package io.pottery.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.pottery.PotteryFactory;
import io.pottery.RedisMasters;
import io.pottery.error.CorruptSequenceException;
import io.pottery.error.IdsExhaustedException;
import io.pottery.error.WrongTypeException;
import io.pottery.id.History.Had;
import io.pottery.internal.redis.LettuceMaster;
import io.pottery.internal.redis.Lua;
import io.pottery.internal.redis.RedisMaster;
import io.pottery.testing.Deployment;
import io.pottery.testing.Servers;
import io.pottery.testing.TestRedis;
import io.pottery.testing.Threads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.data.redis.core.script.RedisScript;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What a sequence of ids does on real servers, one or five of them. */
class NextIdTest {

    @RegisterExtension
    private static final Servers SERVERS = new Servers();

    private static final NextIdOptions PATIENT =
            NextIdOptions.defaults().withMasterTimeout(Duration.ofSeconds(10)).withTimeout(Duration.ofSeconds(60));

    private final String name = TestRedis.freshKey();
    private final String key = "nextid:" + name;

    static Stream<Deployment> deployments() {
        return SERVERS.both();
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void beginsAtOneAndGoesOn(Deployment on) {
        NextId ids = on.pottery().nextId(name, PATIENT);
        assertThat(ids.key()).isEqualTo(key);
        assertThat(ids.nextLong()).isEqualTo(1);
        assertThat(ids.nextLong()).isEqualTo(2);
        assertThat(on.pottery().nextId(name, PATIENT).nextLong()).isEqualTo(3);
        assertThat(ids.next(100)).isEqualTo(new IdRange(4, 103));
        assertThat(ids.nextLong()).isEqualTo(104);
        assertThat(on.execute("GET", key)).containsOnly("104");
        assertThat(on.execute("PTTL", key)).containsOnly(-1L);
    }

    @Test
    void isAnEndlessIterator() {
        PrimitiveIterator.OfLong ids = TestRedis.pottery().nextId(name, PATIENT);
        assertThat(ids.hasNext()).isTrue();
        assertThat(ids.next()).isEqualTo(1L);
        assertThat(LongStream.generate(ids::nextLong).limit(3)).containsExactly(2L, 3L, 4L);
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void manyThreadsGetIdsInOrder(Deployment on) {
        NextId ids = on.pottery().nextId(name, PATIENT);
        History history = new History();
        Threads.run(
                16,
                thread -> history.add(LongStream.range(0, 500)
                        .mapToObj(i -> Had.from(ids::nextLong))
                        .toList()));
        assertThat(history.size()).isEqualTo(8_000);
        history.assertUnique();
        history.assertInOrder();
    }

    @Test
    void severalProcessesGetIdsInOrder() {
        History history = new History();
        try (RedisMasters one = RedisMasters.of(SERVERS.uris());
                RedisMasters two = RedisMasters.of(SERVERS.uris());
                RedisMasters three = RedisMasters.of(SERVERS.uris())) {
            List<NextId> ids = Stream.of(one, two, three)
                    .map(masters -> Servers.factory(masters).nextId(name, PATIENT))
                    .toList();
            Threads.run(
                    12,
                    thread -> history.add(LongStream.range(0, 300)
                            .mapToObj(i -> Had.from(ids.get(thread % 3)::nextLong))
                            .toList()));
        }
        assertThat(history.size()).isEqualTo(3_600);
        history.assertUnique();
        history.assertInOrder();
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void rangesBelongToOneCallerEach(Deployment on) {
        NextId ids = on.pottery().nextId(name, PATIENT);
        History history = new History();
        Threads.run(8, thread -> {
            List<Had> had = new ArrayList<>();
            for (int i = 1; i <= 40; i++) {
                long called = System.nanoTime();
                IdRange range = ids.next(i);
                long returned = System.nanoTime();
                assertThat(range.size()).isEqualTo(i);
                range.stream().forEach(id -> had.add(new Had(id, called, returned)));
            }
            history.add(had);
        });
        history.assertUnique();
        history.assertInOrder();
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void blocksAreUniqueAndInOrderWithinAnInstance(Deployment on) {
        History all = new History();
        NextIdOptions blocks = PATIENT.withBlock(10);
        for (int instance = 0; instance < 3; instance++) {
            NextId ids = on.pottery().nextId(name, blocks);
            History mine = new History();
            Threads.run(8, thread -> {
                List<Had> had = LongStream.range(0, 300)
                        .mapToObj(i -> Had.from(i % 50 == 0 ? () -> ids.next(3).first() : ids::nextLong))
                        .toList();
                mine.add(had);
                all.add(had);
            });
            mine.assertInOrder();
        }
        assertThat(all.size()).isEqualTo(7_200);
        all.assertUnique();
    }

    @Test
    void aBlockIsTakenAtOnce() {
        NextId ids = TestRedis.pottery().nextId(name, PATIENT.withBlock(1_000));
        assertThat(ids.nextLong()).isEqualTo(1);
        assertThat(TestRedis.server().execute("GET", key)).isEqualTo("1000");
        assertThat(LongStream.generate(ids::nextLong).limit(999).max()).hasValue(1_000);
        assertThat(TestRedis.server().execute("GET", key)).isEqualTo("1000");
        assertThat(TestRedis.pottery().nextId(name, PATIENT.withBlock(5)).nextLong())
                .isEqualTo(1_001);
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void endsAtTheHighestId(Deployment on) {
        on.execute("SET", key, Long.toString(NextIdProtocol.HIGHEST - 4));
        NextId ids = on.pottery().nextId(name, PATIENT);
        assertThat(ids.nextLong()).isEqualTo(NextIdProtocol.HIGHEST - 3);
        assertThatExceptionOfType(IdsExhaustedException.class)
                .isThrownBy(() -> ids.next(4))
                .withMessageContaining("'%s' has fewer than 4 ids left: the highest is 9007199254740991", key);
        assertThat(ids.next(2).last()).isEqualTo(NextIdProtocol.HIGHEST - 1);
        assertThat(ids.nextLong()).isEqualTo(NextIdProtocol.HIGHEST);
        for (int i = 0; i < 3; i++) {
            assertThatExceptionOfType(IdsExhaustedException.class).isThrownBy(ids::nextLong);
        }
        assertThat(on.execute("GET", key)).containsOnly("9007199254740991");
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void theLastIdsAreGivenOutHoweverManyWant(Deployment on) {
        on.execute("SET", key, Long.toString(NextIdProtocol.HIGHEST - 5));
        NextId ids = on.pottery().nextId(name, PATIENT);
        AtomicInteger had = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        Threads.run(16, thread -> {
            try {
                ids.nextLong();
                had.incrementAndGet();
            } catch (IdsExhaustedException e) {
                refused.incrementAndGet();
            }
        });
        assertThat(had).hasValue(5);
        assertThat(refused).hasValue(11);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "-5", "1.5", "1e5", " 1", "0x1F", ""})
    void whatIsNoIdIsToldAndLeftAlone(String garbage) {
        for (Deployment on : deployments().toList()) {
            on.execute("SET", key, garbage);
            NextId ids = on.pottery().nextId(name, PATIENT);
            assertThatExceptionOfType(CorruptSequenceException.class)
                    .isThrownBy(ids::nextLong)
                    .withMessageContaining("Expected the last id at '%s', a decimal number, but", key)
                    .withMessageContaining("reset the sequence");
            assertThat(on.execute("GET", key)).containsOnly(garbage);
            ids.reset();
            assertThat(ids.nextLong()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"9007199254740992", "9223372036854775807", "99999999999999999999999"})
    void whatIsBeyondTheHighestIdIsTheEnd(String beyond) {
        TestRedis.server().execute("SET", key, beyond);
        NextId ids = TestRedis.pottery().nextId(name, PATIENT);
        assertThatExceptionOfType(IdsExhaustedException.class).isThrownBy(ids::nextLong);
        assertThat(TestRedis.server().execute("GET", key)).isEqualTo(beyond);
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void whatIsOfAnotherTypeIsToldAndLeftAlone(Deployment on) {
        on.execute("RPUSH", key, "item");
        NextId ids = on.pottery().nextId(name, PATIENT);
        assertThatExceptionOfType(WrongTypeException.class)
                .isThrownBy(ids::nextLong)
                .withMessageContaining(
                        "Expected a sequence of ids at '%s', but it holds a list: use another name", key);
        assertThatExceptionOfType(WrongTypeException.class)
                .isThrownBy(ids::reset)
                .withMessageContaining(
                        "'%s' was not reset: expected a sequence of ids there, but it holds a list", key);
        assertThat(on.execute("LLEN", key)).containsOnly(1L);
    }

    @Test
    void aMinorityWithGarbageChangesNothing() {
        Deployment five = SERVERS.deployment();
        five.servers().get(0).execute("SET", key, "abc");
        five.servers().get(3).execute("RPUSH", key, "item");
        NextId ids = five.pottery().nextId(name, PATIENT);
        assertThat(LongStream.generate(ids::nextLong).limit(5)).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void aResetBeginsAnew(Deployment on) {
        NextId ids = on.pottery().nextId(name, PATIENT.withBlock(10));
        ids.reset(); // of what never was
        assertThat(ids.next(25).last()).isEqualTo(25);
        ids.nextLong();
        ids.reset();
        assertThat(on.execute("EXISTS", key)).containsOnly(0L);
        assertThat(ids.nextLong()).isEqualTo(1);
        ids.reset();
        ids.reset();
        assertThat(ids.nextLong()).isEqualTo(1);
    }

    @Test
    void mastersAgreeAgainAfterSomeHaveMissedIds() {
        Deployment five = SERVERS.deployment();
        NextId ids = five.pottery().nextId(name, PATIENT);
        five.servers().get(0).execute("SET", key, "100");
        five.servers().get(1).execute("SET", key, "100");
        five.servers().get(2).execute("SET", key, "70");
        long first = ids.nextLong();
        // no majority has granted more than 70, but who is slow is not waited for: then those ahead lead
        assertThat(first).isIn(71L, 101L);
        assertThat(ids.nextLong()).isGreaterThan(first);
    }

    /** As if the reset had waited in a socket while the network was away. */
    @Test
    void aResetThatComesLateForgetsNothing() {
        RedisMaster master = LettuceMaster.only(TestRedis.connections());
        master.connected().join();
        RedisScript<List<Object>> reset = Lua.listScript(NextIdProtocol.class, "reset.lua");
        TestRedis.server().execute("SET", key, "50");
        assertThat(master.run(reset, List.of(key), List.of("1000000000")).join())
                .containsExactly(0L);
        assertThat(TestRedis.server().execute("GET", key)).isEqualTo("50");
        List<Object> looked = master.run(reset, List.of(key), List.of("0")).join();
        assertThat(TestRedis.server().execute("GET", key)).isEqualTo("50");
        String soon = Long.toString((Long) looked.get(1) + 60);
        assertThat(master.run(reset, List.of(key), List.of(soon)).join()).startsWith(1L);
        assertThat(TestRedis.server().execute("EXISTS", key)).isEqualTo(0L);
    }

    @Test
    void anInterruptedThreadGetsItsIdAndKeepsTheFlag() {
        NextId ids = TestRedis.pottery().nextId(name, PATIENT);
        Thread.currentThread().interrupt();
        assertThat(ids.nextLong()).isEqualTo(1);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aThreadThatMustNotWaitIsRefused() {
        NextId ids = TestRedis.pottery().nextId(name, PATIENT);
        Mono<Long> id = Mono.fromSupplier(ids::nextLong).subscribeOn(Schedulers.parallel());
        assertThatIllegalStateException().isThrownBy(id::block).withMessageContaining("async() form");
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void theSameForThoseWhoDoNotWait(Deployment on) throws Exception {
        AsyncNextId ids = on.pottery().nextId(name, PATIENT).async();
        assertThat(ids.next().get(10, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(ids.next(9).get(10, TimeUnit.SECONDS)).isEqualTo(new IdRange(2, 10));
        List<CompletableFuture<Long>> many =
                Stream.generate(ids::next).limit(1_000).toList();
        CompletableFuture.allOf(many.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);
        assertThat(many).extracting(CompletableFuture::join).doesNotHaveDuplicates();
        ids.reset().get(10, TimeUnit.SECONDS);
        assertThat(ids.next().get(10, TimeUnit.SECONDS)).isEqualTo(1);
    }

    @Test
    void futuresCompleteOnTheFactorysExecutor() throws Exception {
        CompletableFuture<Boolean> listening = new CompletableFuture<>();
        Executor mine = work -> new Thread(
                        () -> {
                            listening.join();
                            work.run();
                        },
                        "mine")
                .start();
        PotteryFactory pottery =
                PotteryFactory.builder(TestRedis.connections()).executor(mine).build();
        CompletableFuture<String> thread = pottery.nextId(name, PATIENT)
                .async()
                .next()
                .thenApply(id -> Thread.currentThread().getName());
        listening.complete(true);
        assertThat(thread.get(10, TimeUnit.SECONDS)).isEqualTo("mine");
    }

    @Test
    void idsMayHaveMastersOfTheirOwn() {
        try (RedisMasters masters = RedisMasters.of(SERVERS.uris())) {
            PotteryFactory pottery = PotteryFactory.builder(TestRedis.connections())
                    .keyPrefix("p:")
                    .idMasters(masters)
                    .build();
            assertThat(pottery.nextId(name, PATIENT).nextLong()).isEqualTo(1);
            assertThat(SERVERS.deployment().execute("GET", "nextid:p:" + name)).containsOnly("1");
            assertThat(pottery.redlock(name).key()).isEqualTo("redlock:p:" + name);
            assertThat(pottery.redlock(name).isLocked()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1_000_001, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void impossibleNumbersAreRefused(int count) {
        NextId ids = TestRedis.pottery().nextId(name, PATIENT);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ids.next(count))
                .withMessageContaining("count must be between 1 and 1,000,000, was %,d", count);
        assertThatIllegalArgumentException().isThrownBy(() -> ids.async().next(count));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PATIENT.withBlock(count))
                .withMessageContaining("block must be between 1 and 1,000,000, was %,d", count);
        assertThat(TestRedis.server().execute("EXISTS", key)).isEqualTo(0L);
    }

    @Test
    void impossibleOptionsAndNamesAreRefused() {
        for (Duration timeout : List.of(
                Duration.ZERO,
                Duration.ofNanos(999_999),
                Duration.ofSeconds(Long.MIN_VALUE),
                Duration.ofDays(2),
                Duration.ofSeconds(Long.MAX_VALUE))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PATIENT.withTimeout(timeout))
                    .withMessageContaining("timeout must be between 1 ms and 86400000 ms, was " + timeout);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PATIENT.withMasterTimeout(timeout))
                    .withMessageContaining("masterTimeout must be between");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TestRedis.pottery().nextId(" "))
                .withMessageContaining("name must not be empty");
        assertThatNullPointerException().isThrownBy(() -> TestRedis.pottery().nextId(name, null));
        assertThatIllegalArgumentException().isThrownBy(() -> new IdRange(5, 4));
        assertThatIllegalArgumentException().isThrownBy(() -> new IdRange(0, 4));
    }
}
