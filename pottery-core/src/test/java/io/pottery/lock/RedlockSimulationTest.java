package io.pottery.lock;

import static org.assertj.core.api.Assertions.assertThat;

import io.pottery.lock.LockSimulation.Outcome;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Locks keep their promises whatever messages, clocks, masters and clients do: in 100,000 schedules of six profiles.
 * The failure names the seed of a schedule in which they do not. More schedules, or that one alone:
 *
 * <pre>
 * ./mvnw -o -pl pottery-core -am test -Dtest=RedlockSimulationTest -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Dsim.schedules=1000000
 * ./mvnw -o -pl pottery-core -am test -Dtest=RedlockSimulationTest -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Dsim.seed=4711
 * </pre>
 */
@ExtendWith(SilentLocks.class)
class RedlockSimulationTest {

    private static final int SCHEDULES = 100_000;

    private final Collaborators collaborators = new Collaborators();

    @Test
    void keepsItsPromisesInEverySchedule() {
        Long seed = Long.getLong("sim.seed");
        LongStream seeds =
                seed == null ? LongStream.range(0, Long.getLong("sim.schedules", SCHEDULES)) : LongStream.of(seed);
        Optional<Outcome> wrong = seeds.parallel()
                .mapToObj(each -> LockSimulation.run(each, Profile.of(each), collaborators))
                .filter(Outcome::isWrong)
                .findFirst();
        assertThat(wrong).isEmpty();
    }

    @Test
    void seesLeasesInEveryProfile() {
        Map<Profile, Integer> leases = LongStream.range(0, 600)
                .mapToObj(seed -> LockSimulation.run(seed, Profile.of(seed), collaborators))
                .collect(Collectors.groupingBy(
                        Outcome::profile, () -> new EnumMap<>(Profile.class), Collectors.summingInt(Outcome::leases)));
        assertThat(leases)
                .hasSize(Profile.values().length)
                .allSatisfy((profile, had) -> assertThat(had).isGreaterThan(500));
    }

    @Test
    void aSeedIsASchedule() {
        assertThat(LockSimulation.run(1, Profile.FIVE, collaborators))
                .isEqualTo(LockSimulation.run(1, Profile.FIVE, collaborators));
    }

    @Test
    void leasesMayOverlapWhenWallClocksJump() {
        assertThat(LongStream.range(0, 10_000)
                        .mapToObj(seed -> LockSimulation.run(seed, Profile.JUMPS, collaborators))
                        .anyMatch(outcome -> outcome.broken().containsKey(Promise.EXCLUSION)))
                .isTrue();
    }
}
