package io.pottery.observation;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/**
 * That a lock is waited for, {@value #ACQUIRE}, or held, {@value #HOLD}.
 *
 * <p>Of low cardinality are {@code lock}, which is the label of the lock's options or {@code none}, because names of
 * locks are without number; and {@code outcome}: of waiting {@code acquired}, {@code taken} if another one held the
 * lock for too long, {@code cancelled} or {@code failed}; of holding {@code released} or {@code lost}. Of high
 * cardinality is {@code lock.key}. Each extension and renewal is the event {@value #EXTENDED}.
 *
 * <p>Where the names of locks are few, an {@code ObservationFilter} can use them:
 *
 * <pre>{@code
 * @Bean
 * ObservationFilter locksByTheirKeys() {
 *     return context -> context instanceof LockObservationContext lock
 *             ? lock.addLowCardinalityKeyValue(KeyValue.of("lock", lock.key()))
 *             : context;
 * }
 * }</pre>
 */
public final class LockObservationContext extends Observation.Context {

    public static final String ACQUIRE = "pottery.lock.acquire";
    public static final String HOLD = "pottery.lock.hold";
    public static final String EXTENDED = "extended";

    private final String key;

    /** For the lock at {@code key}, which metrics call {@code label}. */
    public LockObservationContext(String key, @Nullable String label) {
        this.key = key;
        addLowCardinalityKeyValue(KeyValue.of("lock", label == null ? KeyValue.NONE_VALUE : label));
        addHighCardinalityKeyValue(KeyValue.of("lock.key", key));
    }

    /** The key of the lock on each master. */
    public String key() {
        return key;
    }

    /** Says what has come of it. */
    public void outcome(String outcome) {
        addLowCardinalityKeyValue(KeyValue.of("outcome", outcome));
    }
}
