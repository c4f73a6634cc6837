package io.pottery.id;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The ids that one instance has taken before they are needed, if its options say so; and whom it asks for others. Who
 * had to wait for a second block has the next one asked for in advance, and more of them if that was not enough.
 */
final class Stock {

    private static final long NONE = 0;
    private static final Block EMPTY = new Block(0, 0);
    private static final int MOST_AHEAD = 8;

    private final NextIdProtocol sequence;
    private final Callers callers;
    private final Deque<CompletableFuture<Block>> coming = new ArrayDeque<>();
    private volatile Block block = EMPTY;
    private @Nullable CompletableFuture<Block> awaited;
    private int ahead;

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
        if (first != NONE) {
            return CompletableFuture.completedFuture(first);
        }
        return count == 1 ? refilled(present).thenCompose(come -> next(count)) : range(count);
    }

    /** Has all masters forget the sequence, and drops what is in stock. */
    CompletableFuture<@Nullable Void> reset() {
        return sequence.reset().whenComplete((done, failure) -> clear());
    }

    /** Asks for a range. What is in stock is dropped before, because it is lower than what comes. */
    private synchronized CompletableFuture<Long> range(int count) {
        clear();
        return callers.next(sequence, count);
    }

    /** Takes the next block instead of {@code used}; completes when that has been done, or can be. */
    private synchronized CompletableFuture<Block> refilled(Block used) {
        if (block != used) {
            return CompletableFuture.completedFuture(block);
        }
        CompletableFuture<Block> next = coming.peek();
        if (next == null) {
            next = ask();
        }
        if (!next.isDone()) {
            if (used != EMPTY && next != awaited) {
                awaited = next;
                ahead = Math.min(ahead + 1, MOST_AHEAD);
            }
            return next;
        }
        if (!next.isCompletedExceptionally()) {
            block = next.getNow(used);
            coming.remove(next);
            for (int i = coming.size(); i < ahead; i++) {
                ask();
            }
        }
        return next;
    }

    /** Asks for a block; those who are asked for later have higher ids. */
    private CompletableFuture<Block> ask() {
        int size = sequence.options().block();
        CompletableFuture<Block> asked = callers.next(sequence, size).thenApply(first -> new Block(first, size));
        coming.add(asked);
        asked.whenComplete((come, failure) -> {
            if (failure != null) {
                drop(asked); // whoever needs it next asks again
            }
        });
        return asked;
    }

    private synchronized void drop(CompletableFuture<Block> failed) {
        coming.remove(failed);
    }

    private synchronized void clear() {
        coming.clear();
        block = EMPTY;
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
            long first = next.get();
            while (first + count <= end) {
                if (next.compareAndSet(first, first + count)) {
                    return first;
                }
                first = next.get();
            }
            return NONE;
        }
    }
}
