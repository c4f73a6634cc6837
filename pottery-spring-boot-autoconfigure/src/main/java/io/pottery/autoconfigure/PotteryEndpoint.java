package io.pottery.autoconfigure;

import io.pottery.MastersInfo;
import io.pottery.PotteryFactory;
import io.pottery.RedisMasters;
import io.pottery.cache.CacheFigures;
import io.pottery.error.PotteryException;
import io.pottery.lock.LeaseInfo;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** Shows what this process has to do with Redis: its masters, the leases that it holds and its caches. No passwords. */
@Endpoint(id = "pottery")
public final class PotteryEndpoint {

    private final PotteryFactory pottery;

    PotteryEndpoint(PotteryFactory pottery) {
        this.pottery = pottery;
    }

    /** Asks all masters whether they can be reached; all else is known here. */
    @ReadOperation
    public Overview overview() {
        RedisMasters masters = lettuceOnly(pottery::masters);
        RedisMasters idMasters = lettuceOnly(pottery::idMasters);
        return new Overview(
                masters == null ? null : masters.info(),
                idMasters == null || idMasters == masters ? null : idMasters.info(),
                masters == null ? List.of() : pottery.leases(),
                pottery.caches());
    }

    /** Without Lettuce, there are no masters. */
    private static @Nullable RedisMasters lettuceOnly(Supplier<RedisMasters> masters) {
        try {
            return masters.get();
        } catch (PotteryException e) {
            return null;
        }
    }

    /**
     * What the endpoint shows.
     *
     * @param masters the masters that decide about locks; null if Redis is not reached through Lettuce
     * @param idMasters the masters that decide about ids; null if they are those of the locks
     * @param leases the leases that this process holds
     * @param caches what this process has counted, by the labels of its caches
     */
    public record Overview(
            @Nullable MastersInfo masters,
            @Nullable MastersInfo idMasters,
            List<LeaseInfo> leases,
            Map<String, CacheFigures> caches)
            implements OperationResponseBody {}
}
