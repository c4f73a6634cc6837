package io.pottery.queue;

import io.pottery.error.PotteryException;
import io.pottery.internal.quorum.Await;
import io.pottery.internal.redis.LettuceReader;
import io.pottery.internal.redis.MasterException;
import io.pottery.internal.redis.RedisKey;
import io.pottery.internal.redis.Timer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All that the handles of one queue in this process share, if they have the same options. */
final class Line {

    final StoredQueue stored;
    final QueueOptions options;
    final Consumers consumers;
    final Producers producers;
    final Settlements settlements;
    final Held held;
    private final Timer timer;
    private final Duration patience;

    Line(
            StoredQueue stored,
            QueueOptions options,
            Signals signals,
            @Nullable LettuceReader reader,
            Timer timer,
            Duration patience) {
        this.stored = stored;
        this.options = options;
        this.held = new Held(stored, timer, options.visibilityTimeout());
        this.settlements = new Settlements(stored, held, timer);
        this.consumers = new Consumers(stored, held, signals, reader, timer, options.visibilityTimeout());
        this.producers = new Producers(stored, signals, timer);
        this.timer = timer;
        this.patience = patience;
    }

    RedisKey key() {
        return stored.key();
    }

    /** Waits for the result of {@code call}, come what may. */
    <T> T await(Supplier<CompletableFuture<T>> call) {
        try {
            return Await.uninterruptibly(call);
        } catch (PotteryException e) {
            throw key().explain(e, stored.others());
        }
    }

    /** Waits for the result of {@code call}, which is cancelled if the thread is interrupted. */
    <T> T awaitInterruptibly(Supplier<CompletableFuture<T>> call) throws InterruptedException {
        try {
            return Await.interruptibly(call);
        } catch (PotteryException e) {
            throw key().explain(e, stored.others());
        }
    }

    /** Waits for {@code settled}, which goes on being tried, but not for ever. */
    boolean awaitSettled(CompletableFuture<Boolean> settled) {
        return await(() -> {
            CompletableFuture<Boolean> within = settled.thenApply(done -> done);
            Timer.Task alarm = timer.after(
                    patience,
                    () -> within.completeExceptionally(MasterException.unknown(
                            "no answer within %s, and it is still being tried".formatted(patience), null)));
            within.whenComplete((done, failure) -> alarm.cancel());
            return within;
        });
    }
}
