package io.pottery.id;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The ids that one instance has taken in advance, and whom it asks for others. */
final class Stock {

    private static final long NONE = 0;
    private static final CompletableFuture<@Nullable Void> DONE = CompletableFuture.completedFuture(null);

    private final NextIdProtocol sequence;
    private final Callers callers;
    private volatile Block block = new Block(0, 0);
    private @Nullable CompletableFuture<@Nullable Void> refill;

    Stock(NextIdProtocol sequence, Callers callers) {
        this.sequence = sequence;
        this.callers = callers;
    }

    /** Takes {@code count} ids that follow one another if they are in stock; 0 if not. */
    long poll(int count) {
        return block.poll(count);
    }

    /** Has {@code count} ids that follow one another; completes with the first of them. */
    CompletableFuture<Long> next(int count) {
        if (sequence.options().block() == 1) {
            return callers.next(sequence, count);
        }
        Block present = block;
        long first = present.poll(count);
        return first == NONE
                ? refilled(present, count).thenCompose(filled -> next(count))
                : CompletableFuture.completedFuture(first);
    }

    /** Completes when there is another block than {@code used}; one for all who wait. */
    private synchronized CompletableFuture<@Nullable Void> refilled(Block used, int count) {
        if (block != used) {
            return DONE;
        }
        if (refill != null) {
            return refill;
        }
        int size = Math.max(sequence.options().block(), count);
        CompletableFuture<@Nullable Void> refilled = new CompletableFuture<>();
        refill = refilled;
        callers.next(sequence, size).whenComplete((first, failure) -> {
            fill(first == null ? used : new Block(first, size));
            if (failure == null) {
                refilled.complete(null);
            } else {
                refilled.completeExceptionally(failure);
            }
        });
        return refilled;
    }

    private synchronized void fill(Block next) {
        block = next;
        refill = null;
    }

    /** Has all masters forget the sequence, and drops what is in stock. */
    CompletableFuture<@Nullable Void> reset() {
        return sequence.reset().thenApply(done -> {
            fill(new Block(0, 0));
            return null;
        });
    }

    /** Ids that follow one another, given out from the lowest on. */
    private static final class Block {

        private final AtomicLong next;
        private final long end;

        Block(long first, long size) {
            this.next = new AtomicLong(first);
            this.end = first + size;
        }

        long poll(int count) {
            if (next.get() >= end) {
                return NONE;
            }
            long first = next.getAndAdd(count);
            return first + count <= end ? first : NONE;
        }
    }
}
