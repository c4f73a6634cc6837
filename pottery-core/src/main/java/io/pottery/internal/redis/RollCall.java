package io.pottery.internal.redis;

import io.pottery.error.MasterConfigurationException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which server each master of a quorum is, so that none has two votes, by whatever addresses it is known. */
final class RollCall {

    private static final Pattern RUN_ID = Pattern.compile("run_id:(\\w+)");

    private final Map<String, String> servers = new HashMap<>();
    private @Nullable String refused;
    private volatile @Nullable MasterConfigurationException refusal;

    /** Why nothing may be asked of any master; null if all is well. */
    @Nullable
    MasterConfigurationException refusal() {
        return refusal;
    }

    /** Takes down that {@code master} is the server which gave {@code info}; throws if another master is, too. */
    synchronized void answer(String master, String info) {
        Matcher runId = RUN_ID.matcher(info);
        if (!runId.find()) {
            return;
        }
        String server = runId.group(1);
        for (Map.Entry<String, String> other : servers.entrySet()) {
            if (other.getValue().equals(server) && !other.getKey().equals(master)) {
                MasterConfigurationException sameServer = new MasterConfigurationException(
                        "%s and %s are the same server, which would have two votes: give each master a server of its own"
                                .formatted(other.getKey(), master));
                refused = master;
                refusal = sameServer;
                throw sameServer;
            }
        }
        servers.put(master, server);
        if (master.equals(refused)) {
            refused = null;
            refusal = null;
        }
    }
}
