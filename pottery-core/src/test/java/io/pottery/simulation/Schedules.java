package io.pottery.simulation;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Many schedules of one simulation, each of which a seed stands for, on all cores. */
public final class Schedules {

    private static final int COUNT = 100_000;

    private Schedules() {}

    /** The first outcome that is wrong: of {@code sim.seed} alone, or of {@code sim.schedules} seeds. */
    public static <P> Optional<Outcome<P>> firstWrong(LongFunction<Outcome<P>> simulation) {
        Long seed = Long.getLong("sim.seed");
        LongStream seeds =
                seed == null ? LongStream.range(0, Long.getLong("sim.schedules", COUNT)) : LongStream.of(seed);
        return seeds.parallel().mapToObj(simulation).filter(Outcome::isWrong).findFirst();
    }

    /** Whether a promise is broken in one of 100,000 schedules. */
    public static <P> boolean breakIt(P promise, LongFunction<Outcome<P>> simulation) {
        return LongStream.range(0, COUNT)
                .parallel()
                .mapToObj(simulation)
                .anyMatch(outcome -> outcome.broken().containsKey(promise));
    }

    /** How many times, in 100 schedules of each profile, somebody got what they wanted. */
    public static <P> Map<Profile, Integer> gains(LongFunction<Outcome<P>> simulation) {
        return LongStream.range(0, 100L * Profile.values().length)
                .parallel()
                .mapToObj(simulation)
                .collect(Collectors.groupingBy(
                        Outcome::profile, () -> new EnumMap<>(Profile.class), Collectors.summingInt(Outcome::gained)));
    }
}
