package io.pottery.id;

import static org.assertj.core.api.Assertions.assertThat;

import io.pottery.simulation.Outcome;
import io.pottery.simulation.Profile;
import io.pottery.simulation.Schedules;
import org.junit.jupiter.api.Test;

/**
 * Ids are unique and in order whatever messages, clocks, masters and clients do: in 100,000 schedules of six profiles.
 * The failure names the seed of a schedule in which they are not. More schedules, or that one alone:
 *
 * <pre>
 * ./mvnw -o -pl pottery-core -am test -Dtest=NextIdSimulationTest -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Dsim.schedules=1000000
 * ./mvnw -o -pl pottery-core -am test -Dtest=NextIdSimulationTest -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Dsim.seed=4711
 * </pre>
 */
class NextIdSimulationTest {

    private final IdCollaborators collaborators = new IdCollaborators();

    @Test
    void keepsItsPromisesInEverySchedule() {
        assertThat(Schedules.firstWrong(this::run)).isEmpty();
    }

    @Test
    void seesIdsInEveryProfile() {
        assertThat(Schedules.gains(this::run))
                .hasSize(Profile.values().length)
                .allSatisfy((profile, gains) -> assertThat(gains).isGreaterThan(1_000));
    }

    @Test
    void aSeedIsASchedule() {
        assertThat(run(1)).isEqualTo(run(1));
    }

    private Outcome<Promise> run(long seed) {
        return IdSimulation.run(seed, Profile.of(seed), collaborators);
    }
}
