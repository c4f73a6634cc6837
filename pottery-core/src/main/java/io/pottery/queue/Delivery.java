package io.pottery.queue;

import io.pottery.error.PotteryException;
import io.pottery.queue.StoredQueue.Fate;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * An element that is handed out until it is acknowledged or given back.
 *
 * <pre>{@code
 * try (Delivery<Order> delivery = orders.receive()) {
 *     ship(delivery.element());
 *     delivery.ack();
 * } // given back, if ship has thrown
 * }</pre>
 *
 * <p>While this process lives and somebody keeps this object, the element is nobody else's, however long it takes. If
 * the process dies, is cut off from Redis for longer than the visibility timeout, or drops this object, the element is
 * delivered again. Safe for use by many threads.
 *
 * @param <E> the type of the element
 */
public final class Delivery<E> implements AutoCloseable {

    private final Line line;
    private final Handed handed;
    private final E element;
    private final AtomicReference<@Nullable Settled> settled = new AtomicReference<>();

    Delivery(Line line, Handed handed, E element) {
        this.line = line;
        this.handed = handed;
        this.element = element;
    }

    /** What was put. */
    public E element() {
        return element;
    }

    /** The how manyth time it is delivered; 1 for the first. */
    public int deliveryCount() {
        return handed.deliveries;
    }

    /**
     * Removes the element for good. One round trip; if Redis is away, it is tried until it is back.
     *
     * @return false if another consumer has it by now, because this process was cut off, or if it was given back or is
     *     gone
     * @throws PotteryException if there is no answer in time; it is tried still
     */
    public boolean ack() {
        return settle(Fate.ACK);
    }

    /**
     * Gives the element back: it is delivered again before all others, or moved to the queue for dead letters if this
     * was its last delivery. One round trip; if Redis is away, it is tried until it is back.
     *
     * @return false if another consumer has it by now, or if it was acknowledged or is gone
     * @throws PotteryException if there is no answer in time; it is tried still
     */
    public boolean nack() {
        return settle(Fate.NACK);
    }

    /** Gives the element back, unless it was acknowledged. */
    @Override
    public void close() {
        if (settled.get() == null) {
            nack();
        }
    }

    private boolean settle(Fate fate) {
        Settled mine = new Settled(fate, new CompletableFuture<>());
        Settled before = settled.compareAndExchange(null, mine);
        if (before == null) {
            line.settlements.settle(handed, fate).whenComplete((done, failure) -> {
                if (failure == null) {
                    mine.done().complete(done);
                } else {
                    mine.done().completeExceptionally(failure);
                }
            });
        }
        Settled first = before == null ? mine : before;
        return first.fate() == fate && line.awaitSettled(first.done());
    }

    /** The element, and the how manyth time it is delivered. */
    @Override
    public String toString() {
        return "%s (delivery %d)".formatted(element, handed.deliveries);
    }

    private record Settled(Fate fate, CompletableFuture<Boolean> done) {}
}
