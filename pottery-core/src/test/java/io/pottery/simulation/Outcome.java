package io.pottery.simulation;

import java.util.Map;
import java.util.Set;

/**
 * What came of a schedule.
 *
 * @param gained how many times somebody got what they wanted
 * @param promised what is promised in spite of the faults
 * @param broken how promises were broken, whether it was promised or not
 */
public record Outcome<P>(long seed, Profile profile, int gained, Set<P> promised, Map<P, String> broken) {

    boolean isWrong() {
        return broken.keySet().stream().anyMatch(promised::contains);
    }
}
