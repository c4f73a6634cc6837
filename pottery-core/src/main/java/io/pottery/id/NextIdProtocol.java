package io.pottery.id;

import static java.util.Objects.requireNonNull;

import io.pottery.error.CorruptSequenceException;
import io.pottery.error.IdsExhaustedException;
import io.pottery.error.PotteryException;
import io.pottery.error.QuorumNotAchievedException;
import io.pottery.error.WrongTypeException;
import io.pottery.internal.quorum.Quorum;
import io.pottery.internal.quorum.Surroundings;
import io.pottery.internal.quorum.Votes;
import io.pottery.internal.redis.Completion;
import io.pottery.internal.redis.Lua;
import io.pottery.internal.redis.RedisMaster;
import io.pottery.time.ElapsedClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * The algorithm of ids: what is asked of the masters for one sequence, and what their answers mean. It keeps no state
 * between calls, and neither blocks nor starts a thread.
 *
 * <p>Each master grants an id at most once, because it grants only higher ones than before. Ids belong to a call when a
 * majority has granted exactly them to it. Two calls share a master, so their ids differ; if one had its ids before the
 * other began, that master granted them first, so they are lower. No clock has a part in it.
 *
 * <p>Masters are asked for whatever comes next on each. They agree, in one round trip, unless calls of several
 * processes reached them in different orders, or some have missed earlier ones. Then those that are behind are asked
 * for what is highest, which they refuse if that was granted meanwhile.
 *
 * <p>Source: Sanfilippo, <a href="http://antirez.com/news/102">The binary search of distributed programming</a>, which
 * reads what is highest from a majority, and proposes what is next to all; here one round trip does both.
 */
final class NextIdProtocol {

    /** The highest id: up to here, every reader of JSON and every Lua script counts exactly. */
    static final long HIGHEST = (1L << 53) - 1;

    private static final RedisScript<List<Object>> GRANT = Lua.listScript(NextIdProtocol.class, "grant.lua");
    private static final RedisScript<List<Object>> RESET = Lua.listScript(NextIdProtocol.class, "reset.lua");

    private static final String WHAT = "sequence of ids";

    private static final Duration FIRST_PAUSE = Duration.ofMillis(1);
    private static final int MOST_DOUBLINGS = 5;

    /** After so many tries, more is asked for than is next, for those who are far away and always come too late. */
    private static final int PATIENT_TRIES = 4;

    private static final int LONGEST_LEAD = 12;

    private final String key;
    private final NextIdOptions options;
    private final Surroundings world;

    NextIdProtocol(String key, NextIdOptions options, Surroundings world) {
        this.key = key;
        this.options = options;
        this.world = world;
    }

    /** The key on each master, which Python Pottery uses, too. */
    String key() {
        return key;
    }

    NextIdOptions options() {
        return options;
    }

    Surroundings world() {
        return world;
    }

    /** Has {@code count} ids that follow one another; completes with the first of them. */
    CompletableFuture<Long> next(int count) {
        Claim claim = new Claim(count);
        tryOnce(claim, world.masters()::connect);
        return claim.result;
    }

    private void tryOnce(Claim claim, Supplier<CompletableFuture<Votes<Boolean>>> connect) {
        claim.completingOnFailure(() -> connect.get()
                .thenCompose(connected -> {
                    requirePossible(connected);
                    return ask(claim);
                })
                .whenComplete((votes, failure) -> {
                    if (failure == null) {
                        claim.completingOnFailure(() -> conclude(claim, votes));
                    } else {
                        claim.result.completeExceptionally(Completion.causeOf(failure));
                    }
                }));
    }

    private CompletableFuture<Votes<Boolean>> ask(Claim claim) {
        long wanted = claim.begins(world.masters().masters().size());
        List<String> args = List.of(Integer.toString(claim.count), Long.toString(wanted), Long.toString(HIGHEST));
        boolean choosy = world.masters().canDoWithoutTheStalled();
        return world.masters()
                .ask(
                        master -> claim.isGrantedBy(master, wanted)
                                ? CompletableFuture.completedFuture(true)
                                : Quorum.unlessStalled(
                                        choosy,
                                        master,
                                        asked -> asked.run(GRANT, List.of(key), args)
                                                .thenApply(reply -> claim.answered(asked, wanted, reply))),
                        options.masterTimeout(),
                        votes -> claim.isDecided(wanted, votes),
                        votes -> votes.answers().size() >= votes.majority());
    }

    private void conclude(Claim claim, Votes<Boolean> votes) {
        Long first = claim.granted(votes.majority());
        if (first != null) {
            claim.result.complete(first);
            return;
        }
        if (votes.isCutOff() && claim.mayReconnect()) {
            tryOnce(claim, () -> world.masters().connectAll(options.masterTimeout()));
            return;
        }
        requirePossible(votes);
        if (claim.since.elapsed().compareTo(options.timeout()) >= 0) {
            throw new QuorumNotAchievedException(
                    "No majority of the %d masters of '%s' granted the same ids within %d ms, in %d tries: other processes were faster each time, or masters slow"
                            .formatted(votes.masters(), key, options.timeout().toMillis(), claim.tries),
                    votes.failures());
        }
        world.timer().after(claim.pause(), () -> tryOnce(claim, world.masters()::connect));
    }

    /**
     * Has all masters forget the sequence. Changes nothing unless all of them answer; fails with those that were reset
     * if others failed after that.
     */
    CompletableFuture<@Nullable Void> reset() {
        return world.masters()
                .connectAll()
                .thenCompose(connected -> {
                    connected.requireWellConfigured();
                    return askAll(master -> "0");
                })
                .thenCompose(looked -> {
                    if (!looked.failures().isEmpty()) {
                        throw notReset(looked);
                    }
                    // what arrives late, over a connection that was given up, must not undo what has been granted since
                    long patience = options.masterTimeout().toSeconds() + 2;
                    return askAll(master ->
                            Long.toString(requireNonNull(looked.answers().get(master)) + patience));
                })
                .thenApply(reset -> {
                    if (!reset.failures().isEmpty()) {
                        throw new QuorumNotAchievedException(
                                "'%s' was reset on %s, but perhaps not on the others: reset it again, because who was not reset still counts on"
                                        .formatted(key, names(reset.answers().keySet())),
                                reset.failures());
                    }
                    return null;
                });
    }

    private PotteryException notReset(Votes<Long> looked) {
        for (Throwable failure : looked.failures().values()) {
            if (failure instanceof WrongTypeException found) {
                return new WrongTypeException(
                        "'%s' was not reset: expected a %s there, but %s".formatted(key, WHAT, found.getMessage()),
                        found);
            }
        }
        return new QuorumNotAchievedException(
                "'%s' was not reset, and nothing was changed: all %d masters must answer, and %d did not"
                        .formatted(key, looked.masters(), looked.failures().size()),
                looked.failures());
    }

    /** Has every master look or, until a time of its clock, reset; completes with the times of their clocks. */
    private CompletableFuture<Votes<Long>> askAll(Function<RedisMaster, String> until) {
        return world.masters()
                .ask(
                        master -> master.run(RESET, List.of(key), List.of(until.apply(master)))
                                .thenApply(NextIdProtocol::inTime),
                        options.masterTimeout(),
                        votes -> false);
    }

    private static Long inTime(List<Object> reply) {
        if (!reply.get(0).equals(1L)) {
            throw new PotteryException("it was asked too late");
        }
        return (Long) reply.get(1);
    }

    private static String names(Set<RedisMaster> masters) {
        return masters.isEmpty()
                ? "no master"
                : masters.stream().map(RedisMaster::toString).collect(Collectors.joining(", "));
    }

    private void requirePossible(Votes<Boolean> votes) {
        votes.prevailing(CorruptSequenceException.class).ifPresent(corrupt -> {
            throw corrupt;
        });
        votes.prevailing(IdsExhaustedException.class).ifPresent(exhausted -> {
            throw exhausted;
        });
        votes.requirePossible(WHAT, key);
    }

    /** One call for ids, through all its tries. */
    private final class Claim {

        private static final long GRANTED = 1;
        private static final long REFUSED = 0;
        private static final long EXHAUSTED = -1;

        final int count;
        final ElapsedClock.Mark since = world.clock().mark();
        final CompletableFuture<Long> result = new CompletableFuture<>();
        private final Map<RedisMaster, Long> granted = new HashMap<>();
        private final Map<RedisMaster, Long> next = new HashMap<>();
        private int tries;
        private boolean reconnected;

        Claim(int count) {
            this.count = count;
        }

        /** Does {@code step}, whose failure is that of the call. */
        void completingOnFailure(Runnable step) {
            try {
                step.run();
            } catch (RuntimeException | Error e) {
                result.completeExceptionally(e);
            }
        }

        /**
         * Begins a try; returns the first id that is wanted, 0 for the lowest that can be had. It is the lowest that a
         * majority has granted to this call or can still grant: so a minority that is far ahead leads nowhere.
         */
        synchronized long begins(int masters) {
            int majority = masters / 2 + 1;
            tries++;
            if (next.size() < majority) {
                return 0;
            }
            long wanted = next.values().stream()
                    .sorted()
                    .skip(majority - 1)
                    .findFirst()
                    .orElseThrow();
            long lead = tries <= PATIENT_TRIES ? 0 : 1L << Math.min(tries - PATIENT_TRIES, LONGEST_LEAD);
            return Math.min(wanted + lead, Math.max(wanted, HIGHEST - count + 1));
        }

        /** Whether there has not been a second chance yet for connections that were lost. */
        synchronized boolean mayReconnect() {
            boolean first = !reconnected;
            reconnected = true;
            return first;
        }

        synchronized boolean isGrantedBy(RedisMaster master, long first) {
            Long had = granted.get(master);
            return had != null && had == first;
        }

        /** Takes down what {@code master} has answered to a try that wanted {@code asked}, however late. */
        synchronized boolean answered(RedisMaster master, long asked, List<Object> reply) {
            long code = (Long) reply.get(0);
            if (code == GRANTED) {
                long first = (Long) reply.get(1);
                granted.merge(master, first, Math::max);
                next.merge(master, first, Math::max);
            } else if (code == REFUSED) {
                if (!isGrantedBy(master, asked)) { // which an earlier try had, whose answer was late
                    next.merge(master, (Long) reply.get(1) + 1, Math::max);
                }
            } else {
                throw code == EXHAUSTED ? exhausted() : corrupt(master);
            }
            return true;
        }

        /** Whether the masters agree, or cannot any more in this try, which wanted {@code asked}. */
        boolean isDecided(long asked, Votes<Boolean> votes) {
            return granted(votes.majority()) != null || most(asked) + votes.outstanding() < votes.majority();
        }

        /** The first of the ids that a majority has granted; null if there is none. */
        synchronized @Nullable Long granted(int majority) {
            return granted.values().stream()
                    .filter(first -> mastersOf(first) >= majority)
                    .findFirst()
                    .orElse(null);
        }

        /** The number of masters that have granted the same ids: those that were asked for, if any were. */
        private synchronized int most(long asked) {
            if (asked > 0) {
                return mastersOf(asked);
            }
            int most = 0;
            for (Long first : granted.values()) {
                most = Math.max(most, mastersOf(first));
            }
            return most;
        }

        private int mastersOf(long first) {
            int masters = 0;
            for (Long other : granted.values()) {
                if (other == first) {
                    masters++;
                }
            }
            return masters;
        }

        /** A pause at random, from a range that grows. */
        synchronized Duration pause() {
            long range = FIRST_PAUSE.toNanos() << Math.min(tries - 1, MOST_DOUBLINGS);
            return Duration.ofNanos(world.random().nextLong(range));
        }

        private IdsExhaustedException exhausted() {
            return new IdsExhaustedException(
                    "'%s' has fewer than %d ids left: the highest is %d, up to which every reader of JSON counts exactly. Begin another sequence, or reset this one if its ids may be given out again"
                            .formatted(key, count, HIGHEST));
        }

        private CorruptSequenceException corrupt(RedisMaster master) {
            return new CorruptSequenceException(
                    "Expected the last id at '%s', a decimal number, but %s holds other text there: delete the key there, or reset the sequence if its ids may be given out again"
                            .formatted(key, master));
        }
    }
}
