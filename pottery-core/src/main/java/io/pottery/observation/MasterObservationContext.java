package io.pottery.observation;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;

/**
 * That one master is asked something about a lock or a sequence of ids, {@value #REQUEST}: from when it is sent until
 * the answer is here.
 *
 * <p>Of low cardinality are {@code master}, its name in the configuration and its address; and {@code outcome}:
 * {@code answered} or {@code failed}.
 */
public final class MasterObservationContext extends Observation.Context {

    public static final String REQUEST = "pottery.master.request";

    /** For the master that messages call {@code master}. */
    public MasterObservationContext(String master) {
        addLowCardinalityKeyValue(KeyValue.of("master", master));
    }

    /** Says what has come of it. */
    public void outcome(String outcome) {
        addLowCardinalityKeyValue(KeyValue.of("outcome", outcome));
    }
}
