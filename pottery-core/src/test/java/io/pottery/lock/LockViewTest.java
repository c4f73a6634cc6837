package io.pottery.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.pottery.error.LeaseLostException;
import io.pottery.testing.TestRedis;
import io.pottery.testing.Threads;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Lock;
import org.junit.jupiter.api.Test;

/** A lock of java.util.concurrent over Redis: reentrant, and owned by a thread. */
class LockViewTest {

    private static final RedlockOptions BRIEF = RedlockOptions.defaults()
            .withAutoReleaseTime(Duration.ofMillis(300))
            .withMasterTimeout(Duration.ofSeconds(1));

    private final Redlock redlock = TestRedis.pottery().redlock(TestRedis.freshKey());
    private final Lock lock = redlock.asLock();

    @Test
    void isLockedAgainByItsThreadAndUnlockedAsOften() {
        lock.lock();
        lock.lock();
        assertThat(lock.tryLock()).isTrue();
        assertThat(redlock.asLock().tryLock()).isTrue(); // any view of the lock
        for (int i = 0; i < 4; i++) {
            assertThat(redlock.isLocked()).isTrue();
            lock.unlock();
        }
        assertThat(redlock.isLocked()).isFalse();
    }

    @Test
    void lockingAgainCostsNoMessage() {
        lock.lock();
        TestRedis.server().execute("SET", redlock.key(), "another's"); // a try would see it
        lock.lock();
        lock.unlock();
        assertThat(TestRedis.server().execute("GET", redlock.key())).isEqualTo("another's");
        assertThatExceptionOfType(IllegalMonitorStateException.class)
                .isThrownBy(lock::unlock)
                .withMessageContaining("unknown to a majority of the masters");
        TestRedis.server().execute("DEL", redlock.key());
    }

    @Test
    void isNotUnlockedByAnotherThread() throws Exception {
        lock.lock();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread other = new Thread(
                () -> {
                    try {
                        lock.unlock();
                    } catch (IllegalMonitorStateException e) {
                        thrown.set(e);
                    }
                },
                "the other");
        other.start();
        other.join();
        assertThat(thrown.get())
                .hasMessage("'%s' cannot be unlocked by thread 'the other', which has not locked it", redlock.key());
        assertThat(redlock.isLocked()).isTrue();
        lock.unlock();
        assertThatExceptionOfType(IllegalMonitorStateException.class).isThrownBy(lock::unlock);
    }

    @Test
    void otherThreadsDoNotGetIt() throws Exception {
        lock.lock();
        assertThat(CompletableFuture.supplyAsync(lock::tryLock).get(5, TimeUnit.SECONDS))
                .isFalse();
        CompletableFuture<Boolean> timed = new CompletableFuture<>();
        new Thread(() -> {
                    try {
                        timed.complete(lock.tryLock(50, TimeUnit.MILLISECONDS));
                    } catch (InterruptedException e) {
                        timed.completeExceptionally(e);
                    }
                })
                .start();
        assertThat(timed.get(5, TimeUnit.SECONDS)).isFalse();
        lock.unlock();
        assertThat(lock.tryLock(-1, TimeUnit.DAYS)).isTrue();
        lock.unlock();
        assertThat(lock.tryLock(Long.MAX_VALUE, TimeUnit.DAYS)).isTrue();
        lock.unlock();
    }

    @Test
    void aLostLeaseIsNeverLockedAgain() {
        Redlock brief = TestRedis.pottery().redlock(TestRedis.freshKey(), BRIEF);
        Lock view = brief.asLock();
        view.lock();
        await().until(() -> !brief.isLocked());
        assertThatExceptionOfType(LeaseLostException.class)
                .isThrownBy(view::lock)
                .withMessageContaining("unlock it first");
        assertThatExceptionOfType(IllegalMonitorStateException.class)
                .isThrownBy(view::unlock)
                .withMessageContaining("neither released nor extended in time")
                .withCauseInstanceOf(LeaseLostException.class);
        view.lock();
        view.unlock();
    }

    @Test
    void anInterruptDoesNotKeepItFromLocking() {
        Thread.currentThread().interrupt();
        lock.lock();
        assertThat(Thread.interrupted()).isTrue();
        lock.unlock();
        Thread.currentThread().interrupt();
        assertThat(lock.tryLock()).isTrue();
        assertThat(Thread.interrupted()).isTrue();
        Thread.currentThread().interrupt();
        lock.unlock();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(redlock.isLocked()).isFalse();
    }

    @Test
    void anInterruptEndsAnInterruptibleWait() {
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(lock::lockInterruptibly);
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> lock.tryLock(1, TimeUnit.SECONDS));
        assertThat(redlock.isLocked()).isFalse();
    }

    @Test
    void isNotRenewedForAThreadThatHasDied() throws Exception {
        Redlock renewed = TestRedis.pottery().redlock(TestRedis.freshKey(), BRIEF.withRenewal());
        AtomicReference<Lock> kept = new AtomicReference<>();
        Thread owner = new Thread(() -> {
            kept.set(renewed.asLock());
            kept.get().lock();
        });
        owner.start();
        owner.join();
        await().until(() -> !renewed.isLocked());
    }

    @Test
    void hasNoConditions() {
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(lock::newCondition);
    }

    @Test
    void fiftyThreadsShareOneView() {
        int[] counter = {0};
        Threads.run(50, thread -> {
            for (int i = 0; i < 4; i++) {
                int depth = ThreadLocalRandom.current().nextInt(1, 6);
                for (int d = 0; d < depth; d++) {
                    lock.lock();
                }
                counter[0]++;
                for (int d = 0; d < depth; d++) {
                    lock.unlock();
                }
                assertThatExceptionOfType(IllegalMonitorStateException.class).isThrownBy(lock::unlock);
            }
        });
        assertThat(counter[0]).isEqualTo(200);
        assertThat(redlock.isLocked()).isFalse();
    }

    @Test
    void futuresOnTheSameLockExcludeIt() throws ExecutionException, InterruptedException {
        AsyncLease lease = redlock.async().acquire().get();
        assertThat(lock.tryLock()).isFalse();
        lease.close().get();
        assertThat(lock.tryLock()).isTrue();
        lock.unlock();
    }
}
