package io.pottery.sample.redis;

import io.pottery.PotteryFactory;
import io.pottery.autoconfigure.PotteryProperties;
import io.pottery.lock.LeaseInfo;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What the page asks for again and again: the leases that are held right now, and what servers have run since. */
@RestController
class LiveController {

    /**
     * What is going on.
     *
     * @param redis which Redis this is
     * @param prefix what all keys of the application begin with
     * @param silent why no commands are shown, if they are not
     * @param epoch another one than before if something may have been missed since
     * @param last the number to ask with next time
     */
    record Live(
            String redis,
            String prefix,
            List<Held> leases,
            List<CommandLog.Entry> commands,
            @Nullable String silent,
            String epoch,
            long last) {}

    /** A lease that this application holds. */
    record Held(String key, long fencingToken, long remainingMillis) {

        static Held of(LeaseInfo lease) {
            return new Held(lease.key(), lease.fencingToken(), lease.remaining().toMillis());
        }
    }

    private final PotteryFactory pottery;
    private final RedisInUse redis;
    private final CommandLog log;
    private final String prefix;

    LiveController(PotteryFactory pottery, RedisInUse redis, CommandLog log, PotteryProperties properties) {
        this.pottery = pottery;
        this.redis = redis;
        this.log = log;
        this.prefix = properties.keyPrefix();
    }

    /** Asks for what has happened after {@code after}; without, from now on. */
    @GetMapping("/live")
    Live live(@RequestParam(required = false) @Nullable Long after) {
        List<Held> leases = pottery.leases().stream()
                .map(Held::of)
                .sorted(Comparator.comparing(Held::fencingToken))
                .toList();
        List<CommandLog.Entry> commands = log.after(after == null ? Long.MAX_VALUE : after);
        long last = commands.isEmpty()
                ? (after == null ? log.last() : Math.min(after, log.last())) // which begins anew with the application
                : commands.get(commands.size() - 1).number();
        return new Live(redis.sentence(), prefix, leases, commands, log.silent(), log.epoch(), last);
    }
}
