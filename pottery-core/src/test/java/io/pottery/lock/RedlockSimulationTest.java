package io.pottery.lock;

import static org.assertj.core.api.Assertions.assertThat;

import io.pottery.simulation.Outcome;
import io.pottery.simulation.Profile;
import io.pottery.simulation.Schedules;
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

    private final LockCollaborators collaborators = new LockCollaborators();

    @Test
    void keepsItsPromisesInEverySchedule() {
        assertThat(Schedules.firstWrong(this::run)).isEmpty();
    }

    @Test
    void seesLeasesInEveryProfile() {
        assertThat(Schedules.gains(this::run))
                .hasSize(Profile.values().length)
                .allSatisfy((profile, leases) -> assertThat(leases).isGreaterThan(500));
    }

    @Test
    void aSeedIsASchedule() {
        assertThat(run(1)).isEqualTo(run(1));
    }

    @Test
    void leasesMayOverlapWhenWallClocksJump() {
        assertThat(Schedules.breakIt(Promise.EXCLUSION, seed -> LockSimulation.run(seed, Profile.JUMPS, collaborators)))
                .isTrue();
    }

    private Outcome<Promise> run(long seed) {
        return LockSimulation.run(seed, Profile.of(seed), collaborators);
    }
}
