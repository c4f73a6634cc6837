package io.pottery.testredis;

import io.pottery.testredis.Chunk.Kind;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What happens to the traffic of one proxy at the moment. */
final class Faults {

    enum Mode {
        PASS,
        HOLD,
        LOSE_REPLIES,
        LOSE_NEXT_REPLY
    }

    /** Connections that missed a reply: the next one would be taken for it. */
    private final Set<ProxiedConnection> outOfStep = new HashSet<>();

    /** Connections that are held back, whatever the mode. */
    private final Set<ProxiedConnection> held = new HashSet<>();

    private Mode mode = Mode.PASS;
    private Duration delay = Duration.ZERO;

    synchronized void enter(Mode next) {
        mode = next;
        held.clear();
        if (next == Mode.PASS || next == Mode.LOSE_NEXT_REPLY) {
            outOfStep.forEach(ProxiedConnection::reset);
            outOfStep.clear();
        }
        notifyAll();
    }

    /** Holds back {@code connections}, and passes on what goes over others. */
    synchronized void hold(Set<ProxiedConnection> connections) {
        enter(Mode.PASS);
        held.addAll(connections);
    }

    synchronized void delay(Duration next) {
        delay = next;
        notifyAll();
    }

    /** Tells those who wait here that a connection is closed. */
    synchronized void connectionClosed() {
        notifyAll();
    }

    /** Waits until the server may learn of {@code connection}. */
    synchronized void awaitOpening(ProxiedConnection connection) throws InterruptedException {
        while (connection.isOpen() && (mode == Mode.HOLD || held.contains(connection))) {
            wait();
        }
    }

    /** Waits until {@code chunk} is due, and says whether it is to be delivered. */
    synchronized boolean admits(ProxiedConnection connection, Chunk chunk) throws InterruptedException {
        awaitOpening(connection);
        for (long early = early(chunk); connection.isOpen() && early > 0; early = early(chunk)) {
            TimeUnit.NANOSECONDS.timedWait(this, early);
            awaitOpening(connection);
        }
        return connection.isOpen() && (chunk.kind() != Kind.REPLY || admitsReply(connection));
    }

    private boolean admitsReply(ProxiedConnection connection) {
        switch (mode) {
            case LOSE_REPLIES -> outOfStep.add(connection);
            case LOSE_NEXT_REPLY -> {
                mode = Mode.PASS;
                connection.reset();
            }
            default -> {
                return true;
            }
        }
        return false;
    }

    private long early(Chunk chunk) {
        return chunk.arrival() + delay.toNanos() - System.nanoTime();
    }
}
