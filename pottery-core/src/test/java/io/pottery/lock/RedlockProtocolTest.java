package io.pottery.lock;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.observation.ObservationRegistry;
import io.pottery.internal.quorum.Quorum;
import io.pottery.internal.quorum.Surroundings;
import io.pottery.internal.redis.MasterException;
import io.pottery.internal.redis.Timer;
import io.pottery.testing.AskedMaster;
import io.pottery.time.ElapsedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is asked of masters when answers come late or never; three masters that answer when the test says so. */
class RedlockProtocolTest {

    private static final List<Object> HELD = List.of(0L, 10_000L, "another's");
    private static final List<Object> GRANTED = List.of(1L, 7L);
    private static final List<Object> GIVEN_BACK_TO_OTHERS = List.of(1L, 1L);
    private static final List<Object> GIVEN_BACK = List.of(1L, 0L);
    private static final List<Object> NOT_HELD = List.of(0L, 0L);

    private final Queue<Runnable> due = new ArrayDeque<>();
    private final Timer timer = (delay, work) -> {
        due.add(work);
        return () -> due.remove(work);
    };
    private final List<AskedMaster> masters =
            IntStream.range(0, 3).mapToObj(i -> new AskedMaster()).toList();
    private final RedlockProtocol lock = lock(masters);

    @Test
    void whatWasNeverGrantedIsNotGivenBack() {
        CompletableFuture<Attempt> attempt = lock.attempt(false);
        masters.get(0).answer(HELD.toArray());
        masters.get(1).answer(HELD.toArray());
        assertThat(attempt).isCompletedWithValueMatching(Attempt.Held.class::isInstance);
        assertThat(masters.get(0).asked).isEmpty();
        assertThat(masters.get(2).asked).hasSize(2); // the request, and its release behind it
    }

    @Test
    void whatIsGrantedLateIsGivenBackAgain() {
        lock.attempt(false);
        AskedMaster late = masters.get(2);
        CompletableFuture<List<Object>> request = late.asked.element();
        masters.get(0).answer(HELD.toArray());
        masters.get(1).answer(HELD.toArray());
        late.asked.remove();
        late.answer(NOT_HELD.toArray()); // the release has overtaken the request
        assertThat(late.asked).isEmpty();
        request.complete(List.of(1L, 7L));
        assertThat(late.asked).hasSize(1);
        late.answer(GIVEN_BACK.toArray());
        assertThat(due).isEmpty();
    }

    @Test
    void whatALostConnectionMayStillBringIsGivenBackForAWhile() {
        lock.attempt(false);
        AskedMaster lost = masters.get(2);
        masters.get(0).answer(HELD.toArray());
        masters.get(1).answer(HELD.toArray());
        lost.asked.remove().completeExceptionally(MasterException.unknown("connection lost", null));
        lost.asked.remove().completeExceptionally(MasterException.unknown("connection lost", null));
        int releases = 0;
        while (!lost.asked.isEmpty() || !due.isEmpty()) {
            if (lost.asked.isEmpty()) {
                due.remove().run();
            } else {
                lost.answer(NOT_HELD.toArray());
                releases++;
            }
        }
        assertThat(releases).isBetween(4, 20);
    }

    @Test
    void whatFailsIsTriedAgainUntilItIsGivenBack() {
        lock.attempt(false);
        AskedMaster failing = masters.get(0);
        failing.answer(1L, 7L);
        masters.get(1).answer(HELD.toArray());
        masters.get(2).answer(HELD.toArray());
        for (int i = 0; i < 50; i++) {
            failing.asked.remove().completeExceptionally(MasterException.notSent("not connected", null));
            assertThat(failing.asked).isEmpty();
            due.remove().run();
        }
        failing.answer(GIVEN_BACK.toArray());
        assertThat(due).isEmpty();
    }

    @Test
    void itIsHandedOnRightBehindItsReleaseUnlessOthersWait() {
        AskedMaster only = masters.get(0);
        RedlockProtocol lock = lock(List.of(only));
        List<CompletableFuture<Optional<HeldLease>>> waiters = new ArrayList<>();
        waiters.add(lock.lines().await(lock, null));
        only.answer(GRANTED.toArray());
        waiters.add(lock.lines().await(lock, null));
        only.answer(HELD.toArray()); // so that it gets in line
        only.answer(HELD.toArray());
        waiters.add(lock.lines().await(lock, null));
        waiters.add(lock.lines().await(lock, null));
        assertThat(only.asked).isEmpty();

        lease(waiters.get(0)).close();
        assertThat(only.asked).hasSize(2); // the release, and the next one's request behind it
        only.answer(GIVEN_BACK_TO_OTHERS.toArray());
        only.answer(GRANTED.toArray());

        lease(waiters.get(1)).close();
        assertThat(only.asked).hasSize(1); // others may be first
        only.answer(GIVEN_BACK.toArray());
        assertThat(only.asked).hasSize(1);
        only.answer(GRANTED.toArray());

        lease(waiters.get(2)).close();
        assertThat(only.asked).hasSize(2); // there are no others any more
        only.answer(GIVEN_BACK.toArray());
        only.answer(GRANTED.toArray());
        assertThat(lease(waiters.get(3)).isValid()).isTrue();
    }

    private RedlockProtocol lock(List<AskedMaster> masters) {
        Surroundings world = new Surroundings(
                new Quorum(masters, timer),
                new ElapsedClock(() -> 0, () -> Instant.EPOCH),
                timer,
                new Random(1),
                Runnable::run);
        return new RedlockProtocol(
                LockKeys.of("x"),
                RedlockOptions.defaults().withMasterTimeout(Duration.ofSeconds(1)),
                world,
                new WaitingLines(world, new Ledger(ObservationRegistry.NOOP)));
    }

    private static HeldLease lease(CompletableFuture<Optional<HeldLease>> waiter) {
        assertThat(waiter).isCompleted();
        return waiter.join().orElseThrow();
    }
}
