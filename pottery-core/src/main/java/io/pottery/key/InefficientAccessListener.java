package io.pottery.key;

import io.pottery.error.PotteryException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Is told when a call reads or moves a whole container, an O(n) operation that may surprise whoever thinks of it as a
 * local collection. Runs on the caller's thread, before anything is sent.
 */
@FunctionalInterface
public interface InefficientAccessListener {

    /** Takes note that {@code call}, such as {@code RedisDict.toMap()}, is about to read or move all of {@code key}. */
    void onInefficientAccess(String call, String key);

    /** Lets all calls pass; the default. */
    static InefficientAccessListener ignore() {
        return (call, key) -> {};
    }

    /** Logs a warning for the first such call from each place in the application's code. */
    static InefficientAccessListener log() {
        Log log = LogFactory.getLog(InefficientAccessListener.class);
        Set<String> known = ConcurrentHashMap.newKeySet();
        return (call, key) -> {
            String place = CallSite.current();
            if (known.add(call + place)) {
                log.warn("%s on '%s' is an O(n) Redis operation (called by %s)".formatted(call, key, place));
            }
        };
    }

    /** Refuses such calls with a {@link PotteryException}; for tests. */
    static InefficientAccessListener refuse() {
        return (call, key) -> {
            throw new PotteryException(
                    "%s on '%s' is an O(n) Redis operation, and pottery.inefficient-access=throw refuses those"
                            .formatted(call, key));
        };
    }
}
