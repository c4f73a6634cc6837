package io.pottery.internal.quorum;

import io.pottery.internal.redis.Timer;
import io.pottery.time.ElapsedClock;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/** All that the algorithm needs of the world; tests put virtual ones in its place. */
public record Surroundings(
        Quorum masters, ElapsedClock clock, Timer timer, RandomGenerator random, Executor executor) {}
