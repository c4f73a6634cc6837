package io.pottery.simulation;

import io.pottery.internal.quorum.Quorum;
import io.pottery.internal.quorum.Surroundings;
import io.pottery.internal.redis.RedisMaster;
import io.pottery.internal.redis.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * One process with clocks of its own, which may stand still now and then: what happens to it meanwhile waits. Whatever
 * the production code does in it, it does in {@link #run}.
 */
public final class SimulatedClient implements Timer {

    private final int number;
    private final double rate;
    private final VirtualTime time;
    private final Consumer<SimulatedClient> witness;
    private long awakeFrom;
    private long slept;
    private long wallJumps;
    private Surroundings world;

    /** A client whose clocks run {@code rate} times as fast as time; {@code witness} sees it after all that it does. */
    SimulatedClient(int number, double rate, VirtualTime time, Consumer<SimulatedClient> witness) {
        this.number = number;
        this.rate = rate;
        this.time = time;
        this.witness = witness;
    }

    /** Gives the production code what it needs of the world. */
    void join(List<RedisMaster> masters, Collaborators collaborators, RandomGenerator random) {
        Timer timer = collaborators.timer(this);
        Quorum quorum = new Quorum(collaborators.masters(number, masters), timer);
        world = new Surroundings(quorum, collaborators.clock(this), timer, random, this::soon);
    }

    /** What the production code has of the world. */
    public Surroundings world() {
        return world;
    }

    /** By what it is known. */
    public int number() {
        return number;
    }

    /** The end of the last time that it stood still. */
    public long awakeFrom() {
        return awakeFrom;
    }

    /** Stands still for some microseconds, while its clocks run. */
    void pause(long micros) {
        awakeFrom = Math.max(awakeFrom, time.now() + micros);
    }

    /** Stands still for some microseconds, and with it its monotonic clock and its timers. */
    void suspend(long micros) {
        long before = Math.max(awakeFrom, time.now());
        pause(micros);
        slept += awakeFrom - Math.min(before, awakeFrom);
    }

    void jump(long micros) {
        wallJumps += micros;
    }

    /** What its monotonic clock shows. */
    public long nanoTime() {
        return (long) ((time.now() - slept) * 1000 * rate);
    }

    /** What its wall clock shows. */
    public Instant wall() {
        return Instant.ofEpochSecond(0, (long) (time.now() * 1000 * rate) + wallJumps * 1000);
    }

    /** The microseconds of time in which its clocks count {@code duration}. */
    public double micros(Duration duration) {
        return duration.toNanos() / 1000.0 / rate;
    }

    /** Runs {@code work} at a moment, or as soon as it is awake. */
    public void at(long moment, Runnable work) {
        time.at(moment, () -> run(work));
    }

    private void soon(Runnable work) {
        at(time.now(), work);
    }

    private void run(Runnable work) {
        if (time.now() < awakeFrom) {
            at(awakeFrom, work);
            return;
        }
        work.run();
        witness.accept(this);
    }

    @Override
    public Task after(Duration delay, Runnable work) {
        Alarm alarm = new Alarm(time.now() + (long) Math.ceil(micros(delay)), work);
        alarm.set();
        return alarm;
    }

    /** Goes off at a moment, or later by what its client has slept. */
    private final class Alarm implements Task, Runnable {

        private final Runnable work;
        private long due;
        private long sleptBefore = slept;
        private boolean over;

        Alarm(long due, Runnable work) {
            this.due = due;
            this.work = work;
        }

        void set() {
            time.at(due, this);
        }

        @Override
        public void run() {
            if (over) {
                return;
            }
            if (slept > sleptBefore) {
                due += slept - sleptBefore;
                sleptBefore = slept;
                set();
            } else if (time.now() < awakeFrom) {
                time.at(awakeFrom, this);
            } else {
                over = true;
                SimulatedClient.this.run(work);
            }
        }

        @Override
        public void cancel() {
            over = true;
        }
    }
}
