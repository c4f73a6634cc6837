package io.pottery.internal.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.pottery.error.PotteryException;
import io.pottery.internal.redis.Callers.Caller;
import io.pottery.internal.redis.Sends.Sent;
import io.pottery.testing.TestRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnection;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettucePoolingClientConfiguration;
import org.springframework.data.redis.core.RedisOperations;
import org.springframework.data.redis.core.SessionCallback;
import org.springframework.data.redis.core.script.RedisScript;

/** Who waits for whom, and what becomes of those that go together; the replies are the test's. */
class GroupCommitTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final GroupCommit together = new GroupCommit(1, LONG);
    private final Callers callers = new Callers(together);
    private final Sends sends = callers.sends();

    @AfterEach
    void letGo() {
        callers.letGo();
    }

    @Test
    void whatComesWhileACallIsUnderWayGoesTogetherWhenThatIsOver() throws Exception {
        callers.hold();
        Caller alone = callers.alone("a");
        List<Caller> waiting = List.of(callers.join("b"), callers.join("c"), callers.join("d"));
        assertThat(sends.isEmpty()).isTrue();
        callers.letGo();
        Sent sent = sends.next();
        assertThat(sent.calls()).containsExactly("b", "c", "d");
        assertThat(outcome(alone)).isEqualTo("a!");
        sent.answer();
        assertThat(outcomes(waiting)).containsExactly("b?", "c?", "d?");
        assertThat(callers.alone()).isOne();
    }

    @Test
    void whatComesWhileSomeAreUnderWayTogetherGoesTogetherWhenTheirReplyIsThere() throws Exception {
        callers.hold();
        callers.alone("a");
        Caller first = callers.join("b");
        callers.letGo();
        Sent sent = sends.next();
        List<Caller> next = List.of(callers.join("c"), callers.join("d"));
        assertThat(sends.isEmpty()).isTrue();
        sent.answer();
        assertThat(outcome(first)).isEqualTo("b?");
        Sent second = sends.next();
        assertThat(second.calls()).containsExactly("c", "d");
        second.answer();
        assertThat(outcomes(next)).containsExactly("c?", "d?");
    }

    @Test
    void aCallGoesAloneAtOnceWhileFewAreUnderWay() throws Exception {
        try (Callers few = new Callers(new GroupCommit(3, LONG))) {
            few.hold();
            List<Caller> alone = List.of(few.alone("a"), few.alone("b"), few.alone("c"));
            assertThat(few.alone()).isEqualTo(3);
            Caller waiting = few.join("d");
            assertThat(few.alone()).isEqualTo(3);
            few.letGo();
            few.sends().next().answer();
            assertThat(outcomes(alone)).containsExactly("a!", "b!", "c!");
            assertThat(outcome(waiting)).isEqualTo("d?");
        }
    }

    @Test
    void nobodyWaitsForOthersLongerThanTheLimit() throws Exception {
        try (Callers hurried = new Callers(new GroupCommit(1, Duration.ofMillis(1)))) {
            hurried.hold();
            Caller alone = hurried.alone("a");
            Caller first = hurried.begin("b");
            Sent sent = hurried.sends().next();
            assertThat(sent.calls()).containsExactly("b");
            Caller next = hurried.begin("c");
            assertThat(hurried.sends().next().calls()).containsExactly("c");
            assertThat(alone.outcome()).isNotDone();
            assertThat(next.outcome()).isNotDone();
            sent.answer();
            assertThat(outcome(first)).isEqualTo("b?");
        }
    }

    @Test
    void nothingIsKeptOfCallsThatAreOver() throws Exception {
        callers.hold();
        Caller alone = callers.alone("a");
        Caller waiting = callers.join("b");
        assertThat(together.isIdle()).isFalse();
        callers.letGo();
        sends.next().answer();
        outcomes(List.of(alone, waiting));
        await().until(together::isIdle);
        callers.hold();
        Caller again = callers.alone("c");
        assertThat(callers.alone()).isEqualTo(2);
        callers.letGo();
        assertThat(outcome(again)).isEqualTo("c!");
    }

    @Test
    void whoIsInterruptedLeavesTheOthersAlone() throws Exception {
        callers.hold();
        callers.alone("a");
        Caller first = callers.join("b");
        Caller second = callers.join("c");
        Caller third = callers.join("d");
        second.thread().interrupt();
        assertThatThrownBy(() -> outcome(second))
                .hasCauseInstanceOf(PotteryException.class)
                .hasMessageContaining("interrupted while it waited");
        assertThat(second.interrupted()).isTrue();
        first.thread().interrupt();
        assertThatThrownBy(() -> outcome(first)).hasMessageContaining("interrupted while it waited");
        Sent sent = sends.next();
        assertThat(sent.calls()).as("sent by the first when it leaves").containsExactly("d");
        sent.answer();
        assertThat(outcome(third)).isEqualTo("d?");
    }

    @Test
    void whoIsInterruptedAfterItWasSentLeavesTheOthersAlone() throws Exception {
        callers.hold();
        callers.alone("a");
        Caller first = callers.join("b");
        Caller second = callers.join("c");
        callers.letGo();
        Sent sent = sends.next();
        first.thread().interrupt();
        assertThatThrownBy(() -> outcome(first)).hasMessageContaining("interrupted while it waited");
        assertThat(sent.reply()).isNotDone();
        sent.answer();
        assertThat(outcome(second)).isEqualTo("c?");
    }

    @Test
    void whoGetsNoReplyInTimeSaysSoAndTheLastOneTakesTheCommandBack() throws Exception {
        LettuceConnectionFactory impatient = connections(options().commandTimeout(Duration.ofMillis(300)));
        GroupCommit hurried = new GroupCommit(1, Duration.ofMillis(50));
        try (Callers waiting = new Callers(hurried, impatient)) {
            waiting.hold();
            waiting.alone("a");
            List<Caller> silent = List.of(waiting.join("b"), waiting.join("c"));
            waiting.letGo();
            List<String> asked = new ArrayList<>();
            List<Sent> commands = new ArrayList<>();
            while (asked.size() < 2) {
                Sent sent = waiting.sends().next();
                commands.add(sent);
                asked.addAll(sent.calls());
            }
            for (Caller caller : silent) {
                assertThatThrownBy(() -> outcome(caller))
                        .hasCauseInstanceOf(PotteryException.class)
                        .hasMessageContaining("no answer in time, so the command may or may not have run")
                        .hasMessageContaining(waiting.key().name());
            }
            assertThat(commands).allSatisfy(sent -> assertThat(sent.reply()).isCancelled());
            await().until(hurried::isIdle);
        } finally {
            impatient.destroy();
        }
    }

    @Test
    void aTimeoutOfZeroMeansToWait() throws Exception {
        LettuceConnectionFactory patient = connections(options().commandTimeout(Duration.ZERO));
        try (Callers waiting = new Callers(together, patient)) {
            waiting.hold();
            waiting.alone("a");
            Caller first = waiting.join("b");
            Caller second = waiting.join("c");
            waiting.letGo();
            waiting.sends().next().answer();
            assertThat(outcomes(List.of(first, second))).containsExactly("b?", "c?");
        } finally {
            patient.destroy();
        }
    }

    @Test
    void aScriptThatTheServerDoesNotKnowIsSentAsAWhole() throws Exception {
        assertThat(together(script("return ARGV"))).containsExactly("b", "c");
    }

    @Test
    void whoIsLeftOutByAScriptGoesAlone() throws Exception {
        assertThat(together(script("return {false, ARGV[2]}"))).containsExactly("b!", "c");
    }

    @Test
    void whatIsRefusedToAScriptIsLeftToEachAlone() throws Exception {
        assertThat(together(script("return redis.error_reply('WRONGTYPE no')"))).containsExactly("b!", "c!");
    }

    @Test
    void anErrorOfWhichNobodyKnowsWhatWasDoneIsToldToAll() {
        assertThatThrownBy(() -> together(script("return redis.error_reply('ERR upstream failure')")))
                .hasCauseInstanceOf(PotteryException.class)
                .hasMessageContaining("upstream failure");
        assertThat(callers.alone()).isOne();
    }

    @Test
    void whatWouldBeRefusedToEachAloneIsToldToAll() throws Exception {
        sends.tellRefusals();
        callers.hold();
        callers.alone("a");
        List<Caller> waiting = List.of(callers.join("b"), callers.join("c"));
        callers.letGo();
        sends.next().reply().completeExceptionally(new RedisCommandExecutionException("OOM command not allowed"));
        for (Caller caller : waiting) {
            assertThatThrownBy(() -> outcome(caller)).hasMessageContaining("out of memory");
        }
        assertThat(callers.alone()).isOne();
    }

    @Test
    void whoLeavesWhileItsCallIsBeingSentDoesSoWhenItIs() throws Exception {
        CountDownLatch sending = new CountDownLatch(1);
        CountDownLatch mayBeSent = new CountDownLatch(1);
        sends.answer(sent -> {
            sending.countDown();
            try {
                mayBeSent.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return sent.reply();
        });
        callers.hold();
        callers.alone("a");
        Caller leaving = callers.join("b");
        callers.letGo();
        sending.await();
        leaving.thread().interrupt();
        await().during(Duration.ofMillis(100)).until(() -> !leaving.outcome().isDone());
        mayBeSent.countDown();
        assertThatThrownBy(() -> outcome(leaving)).hasMessageContaining("interrupted while it waited");
        await().until(() -> sends.next().reply().isCancelled());
    }

    @Test
    void theyGoOverTheConnectionThatTheApplicationHasThen() throws Exception {
        LettuceConnectionFactory pooled = TestRedis.started(new LettuceConnectionFactory(
                new RedisStandaloneConfiguration(
                        TestRedis.server().host(), TestRedis.server().port()),
                LettucePoolingClientConfiguration.builder()
                        .shutdownQuietPeriod(Duration.ZERO)
                        .build()));
        try (Callers calls = new Callers(together, pooled)) {
            calls.hold();
            calls.alone("a");
            pooled.resetConnection(); // which gives it back to the pool
            pooled.setShareNativeConnection(false);
            RedisConnection another = pooled.getConnection();
            another.multi(); // has the one that was given back
            pooled.setShareNativeConnection(true);
            Caller waiting = calls.join("b");
            calls.letGo();
            Sent sent = calls.sends().next();
            assertThat(sent.lettuce())
                    .isSameAs(((LettuceConnection) pooled.getConnection()).getNativeConnection())
                    .isNotSameAs(((LettuceConnection) another).getNativeConnection());
            another.discard();
            another.close();
            sent.answer();
            assertThat(outcome(waiting)).isEqualTo("b?");
        } finally {
            pooled.destroy();
        }
    }

    @Test
    void whoFindsNoConnectionLeavesTheOthersAlone() throws Exception {
        LettuceConnectionFactory stopped = connections(options().commandTimeout(Duration.ofSeconds(10)));
        GroupCommit two = new GroupCommit(1, LONG);
        try (Callers calls = new Callers(two, stopped)) {
            calls.hold();
            calls.alone("a");
            stopped.stop();
            Caller refused = calls.begin("b");
            assertThatThrownBy(() -> outcome(refused))
                    .hasMessageContaining(calls.key().name());
            calls.letGo();
            await().until(two::isIdle);
        } finally {
            stopped.destroy();
        }
    }

    @Test
    void whoIsRefusedAConnectionDoesNotGoWithTheOthers() throws Exception {
        AtomicBoolean refuses = new AtomicBoolean();
        LettuceConnectionFactory busy = TestRedis.started(
                new LettuceConnectionFactory(
                        new RedisStandaloneConfiguration(
                                TestRedis.server().host(), TestRedis.server().port()),
                        options().commandTimeout(Duration.ofSeconds(10)).build()) {
                    @Override
                    public RedisConnection getConnection() {
                        if (refuses.get()) {
                            throw new RedisConnectionFailureException("no connection for now");
                        }
                        return super.getConnection();
                    }
                });
        try (Callers calls = new Callers(new GroupCommit(1, LONG), busy)) {
            calls.hold();
            calls.alone("a");
            refuses.set(true);
            Caller refused = calls.begin("b");
            assertThatThrownBy(() -> outcome(refused))
                    .hasMessageContaining(calls.key().name());
            refuses.set(false);
            Caller next = calls.join("c");
            calls.letGo();
            Sent sent = calls.sends().next();
            assertThat(sent.calls()).containsExactly("c");
            sent.answer();
            assertThat(outcome(next)).isEqualTo("c?");
        } finally {
            busy.destroy();
        }
    }

    /** What {@code script} answers to two that go together. */
    private List<String> together(RedisScript<List<byte[]>> script) throws Exception {
        Bulk<?, byte[]> bulk = Bulk.ofEach(script);
        callers.hold();
        callers.alone(bulk, "a");
        Caller first = callers.join(bulk, "b");
        Caller second = callers.join(bulk, "c");
        callers.letGo();
        return outcomes(List.of(first, second));
    }

    /** A script that no server has seen. */
    @SuppressWarnings("unchecked") // the scripts return what they are given
    private static RedisScript<List<byte[]>> script(String text) {
        return (RedisScript<List<byte[]>>)
                (RedisScript<?>) RedisScript.of("-- " + UUID.randomUUID() + "\n" + text, List.class);
    }

    @Test
    void whatTheServerRefusesToAllIsAskedForEachAlone() throws Exception {
        callers.hold();
        callers.alone("a");
        List<Caller> waiting = List.of(callers.join("b"), callers.join("c"));
        callers.letGo();
        sends.next().reply().completeExceptionally(new RedisCommandExecutionException("WRONGTYPE Operation against"));
        assertThat(outcomes(waiting)).containsExactly("b!", "c!");
        assertThat(callers.alone()).isEqualTo(3);
    }

    @Test
    void whatTheServerDoesNotAnswerIsNotSentAgain() throws Exception {
        callers.hold();
        callers.alone("a");
        List<Caller> waiting = List.of(callers.join("b"), callers.join("c"));
        callers.letGo();
        sends.next().reply().completeExceptionally(new RedisException("Connection reset"));
        for (Caller caller : waiting) {
            assertThatThrownBy(() -> outcome(caller))
                    .hasCauseInstanceOf(PotteryException.class)
                    .hasMessageContainingAll(callers.key().name(), "Connection reset");
        }
        assertThat(callers.alone()).isOne();
        assertThat(sends.isEmpty()).isTrue();
        await().until(together::isIdle);
    }

    @Test
    void aReplyThatCannotBeReadConcernsItsCallerAlone() throws Exception {
        callers.hold();
        callers.alone("a");
        Caller first = callers.join("b");
        Caller second = callers.join("c");
        callers.letGo();
        sends.next().reply().complete(List.of("only one"));
        assertThat(outcome(first)).isEqualTo("only one");
        assertThatThrownBy(() -> outcome(second)).hasCauseInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aConnectionThatRefusesEverythingFailsAllAndStopsNobody() throws Exception {
        sends.answer(sent -> {
            throw new RedisException("refused");
        });
        callers.hold();
        Caller alone = callers.alone("a");
        List<Caller> waiting =
                IntStream.range(0, 20).mapToObj(i -> callers.join("call " + i)).toList();
        callers.letGo();
        assertThat(outcome(alone)).isEqualTo("a!");
        for (Caller caller : waiting) {
            assertThatThrownBy(() -> outcome(caller))
                    .hasCauseInstanceOf(PotteryException.class)
                    .hasMessageContaining("refused");
        }
        await().until(together::isIdle);
    }

    @Test
    void whatGoesTogetherIsCutIntoCommandsThatDoNotHoldUpTheServer() throws Exception {
        callers.hold();
        callers.alone("a");
        List<Caller> waiting = new ArrayList<>();
        String large = "x".repeat(20 << 10);
        for (int i = 0; i < 4; i++) {
            waiting.add(callers.join(i + large));
        }
        for (int i = 4; i < 300; i++) {
            waiting.add(callers.begin("%d".formatted(i)));
        }
        waiting.forEach(Caller::waits);
        callers.letGo();
        List<Integer> sizes = new ArrayList<>();
        for (int calls = 0; calls < waiting.size(); calls += sizes.get(sizes.size() - 1)) {
            Sent sent = sends.next();
            sizes.add(sent.calls().size());
            assertThat(sent.calls().stream().mapToInt(String::length).sum()).isLessThanOrEqualTo(64 << 10);
            sent.answer();
        }
        assertThat(sizes).containsExactly(3, 256, 41);
        outcomes(waiting);
    }

    @Test
    void aLargeCallGoesAlone() throws Exception {
        callers.hold();
        callers.alone("a");
        Caller large = callers.alone("x".repeat((64 << 10) + 1));
        assertThat(callers.alone()).isEqualTo(2);
        callers.letGo();
        outcome(large);
        assertThat(sends.isEmpty()).isTrue();
    }

    @Test
    void callsOfAnotherKindDoNotWait() throws Exception {
        callers.hold();
        callers.alone("a");
        Caller other = callers.alone(new Sends(), "b");
        callers.letGo();
        assertThat(outcome(other)).isEqualTo("b!");
    }

    @Test
    void whereEachCallHasAConnectionOfItsOwnAllGoAlone() throws Exception {
        LettuceConnectionFactory unshared = connections(options().commandTimeout(Duration.ofSeconds(10)));
        unshared.setShareNativeConnection(false);
        try (Callers separate = new Callers(together, unshared)) {
            separate.hold();
            List<Caller> alone = List.of(separate.alone("a"), separate.alone("b"), separate.alone("c"));
            assertThat(separate.alone()).isEqualTo(3);
            separate.letGo();
            assertThat(outcomes(alone)).containsExactly("a!", "b!", "c!");
        } finally {
            unshared.destroy();
        }
    }

    @Test
    void inATransactionACallIsRefusedAsEverAndDoesNotJoinOthers() throws Exception {
        callers.hold();
        callers.alone("a");
        Caller waiting = callers.join("b");
        assertThatThrownBy(() -> callers.key().redis().execute(new SessionCallback<Object>() {
                    @Override
                    public <K, V> Object execute(RedisOperations<K, V> operations) throws DataAccessException {
                        operations.multi();
                        return callers.call(sends, "c");
                    }
                }))
                .isInstanceOf(PotteryException.class)
                .hasMessageContaining("inside a Redis transaction");
        callers.letGo();
        Sent sent = sends.next();
        assertThat(sent.calls()).containsExactly("b");
        sent.answer();
        assertThat(outcome(waiting)).isEqualTo("b?");
    }

    @Test
    void nobodyGoesOverTheConnectionOfAThreadThatHasItsOwn() {
        AtomicBoolean idle = new AtomicBoolean();
        callers.whileAlone(() -> idle.set(together.isIdle()));
        callers.key().redis().execute(new SessionCallback<Object>() {
            @Override
            public <K, V> Object execute(RedisOperations<K, V> operations) throws DataAccessException {
                return callers.call(sends, "a");
            }
        });
        assertThat(idle).as("no line has begun").isTrue();
        callers.call(sends, "b");
        assertThat(idle).as("one has, for a connection of all").isFalse();
    }

    @Test
    void afterAConnectionWasClosedCallsGoAloneOverTheNextOne() throws Exception {
        LettuceConnectionFactory connections = connections(options().commandTimeout(Duration.ofSeconds(10)));
        try (Callers calls = new Callers(together, connections)) {
            calls.hold();
            Caller before = calls.alone("a");
            connections.resetConnection();
            Caller after = calls.alone("b");
            assertThat(calls.alone()).isEqualTo(2);
            calls.letGo();
            assertThat(outcomes(List.of(before, after))).containsExactly("a!", "b!");
        } finally {
            connections.destroy();
        }
    }

    private static LettuceClientConfiguration.LettuceClientConfigurationBuilder options() {
        return LettuceClientConfiguration.builder().shutdownQuietPeriod(Duration.ZERO);
    }

    private static LettuceConnectionFactory connections(
            LettuceClientConfiguration.LettuceClientConfigurationBuilder options) {
        return TestRedis.started(new LettuceConnectionFactory(
                new RedisStandaloneConfiguration(
                        TestRedis.server().host(), TestRedis.server().port()),
                options.build()));
    }

    private static String outcome(Caller caller) throws Exception {
        return caller.outcome().get(10, TimeUnit.SECONDS);
    }

    private static List<String> outcomes(List<Caller> callers) throws Exception {
        List<String> outcomes = new ArrayList<>();
        for (Caller caller : callers) {
            outcomes.add(outcome(caller));
        }
        return outcomes;
    }
}
