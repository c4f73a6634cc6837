package io.pottery.id;

import io.pottery.internal.quorum.Quorum;
import io.pottery.internal.quorum.Surroundings;
import io.pottery.internal.redis.Timer;
import io.pottery.time.ElapsedClock;
import java.util.Random;
import java.util.concurrent.Executor;

/** All sequences of ids over one set of masters: what they have in common in this process. */
public final class NextIds {

    private static final String PREFIX = "nextid:";

    private final Surroundings world;
    private final Callers callers = new Callers();

    /** Sequences on {@code masters}, whose futures complete on {@code executor}. */
    public NextIds(Quorum masters, Timer timer, Executor executor) {
        this.world = new Surroundings(masters, ElapsedClock.system(), timer, new Random(), executor);
    }

    /** The sequence called {@code name}. */
    public NextId named(String name, NextIdOptions options) {
        NextIdProtocol sequence = new NextIdProtocol(PREFIX + name, options, world);
        return new NextId(sequence, new Stock(sequence, callers));
    }
}
