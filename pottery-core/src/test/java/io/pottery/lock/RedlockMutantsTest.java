package io.pottery.lock;

import static org.assertj.core.api.Assertions.assertThat;

import io.pottery.error.MasterConfigurationException;
import io.pottery.internal.redis.RedisMaster;
import io.pottery.internal.redis.Timer;
import io.pottery.simulation.ForwardingMaster;
import io.pottery.simulation.ModelMaster;
import io.pottery.simulation.Profile;
import io.pottery.simulation.Schedules;
import io.pottery.simulation.SimulatedClient;
import io.pottery.time.ElapsedClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * The simulation sees it when something is wrong: each mutant gives the production code one wrong collaborator, and
 * soon breaks the promise that depends on it.
 *
 * <p>One change goes without harm, so there is no mutant of it: a master whose {@code extend} takes a lock that is free
 * and says yes. An extension counts only until the lease's deadline, when a majority holds the token anyhow.
 */
@ExtendWith(SilentLocks.class)
class RedlockMutantsTest {

    @ParameterizedTest
    @MethodSource({"clocks", "quorums", "masters", "transports"})
    void isFoundOut(Mutant mutant) {
        assertThat(Schedules.breakIt(
                        mutant.breaks, seed -> LockSimulation.run(seed, mutant.profile, mutant.collaborators)))
                .isTrue();
    }

    static Stream<Mutant> clocks() {
        return Stream.of(
                new Mutant(
                        "clocks differ, and no allowance is made",
                        Profile.THREE,
                        Promise.EXCLUSION,
                        new LockCollaborators() {
                            @Override
                            protected double clockError() {
                                return 0.009;
                            }

                            @Override
                            RedlockOptions options(RedlockOptions options) {
                                return options.withClockDriftFactor(0);
                            }
                        }),
                new Mutant(
                        "a clock runs slower than allowed",
                        Profile.FIVE,
                        Promise.EXCLUSION,
                        clock(client -> new ElapsedClock(() -> client.nanoTime() / 20 * 19, () -> Instant.EPOCH))),
                new Mutant(
                        "a clock stands still while its machine is suspended",
                        Profile.SUSPENDED,
                        Promise.EXCLUSION,
                        clock(client -> new ElapsedClock(client::nanoTime, () -> Instant.EPOCH))),
                new Mutant(
                        "a clock ticks ten times a second",
                        Profile.FIVE,
                        Promise.EXCLUSION,
                        clock(client -> new ElapsedClock(
                                () -> client.nanoTime() / 100_000_000 * 100_000_000, () -> Instant.EPOCH))),
                new Mutant("a timer never goes off", Profile.ONE, Promise.NOTICE, new LockCollaborators() {
                    @Override
                    protected Timer timer(SimulatedClient client) {
                        return (delay, work) -> () -> {};
                    }
                }));
    }

    static Stream<Mutant> quorums() {
        return Stream.of(
                new Mutant("two majorities do not meet", Profile.FIVE, Promise.EXCLUSION, new LockCollaborators() {
                    @Override
                    protected List<RedisMaster> masters(int client, List<RedisMaster> masters) {
                        return client % 2 == 0 ? masters.subList(0, 3) : masters.subList(2, 5);
                    }
                }),
                new Mutant("one master votes twice", Profile.THREE, Promise.EXCLUSION, new LockCollaborators() {
                    @Override
                    protected List<RedisMaster> masters(int client, List<RedisMaster> masters) {
                        List<RedisMaster> counted = new ArrayList<>(masters);
                        counted.set(client % 3, new ForwardingMaster(masters.get((client + 1) % 3)));
                        return counted;
                    }
                }));
    }

    static Stream<Mutant> masters() {
        return Stream.of(
                master(
                        "acquire takes what others hold",
                        Promise.EXCLUSION,
                        (micros, subscribers) -> new LockMaster(micros, subscribers) {
                            @Override
                            List<Object> acquire(
                                    List<String> keys, String token, long lease, long fenceMillis, long markMillis) {
                                delete(keys.get(0));
                                return super.acquire(keys, token, lease, fenceMillis, markMillis);
                            }
                        }),
                master(
                        "extend takes what others hold",
                        Profile.THREE,
                        Promise.EXCLUSION,
                        (micros, subscribers) -> new LockMaster(micros, subscribers) {
                            @Override
                            List<Object> extend(String lock, String token, long lease) {
                                set(lock, token, lease);
                                return YES;
                            }
                        }),
                master(
                        "release gives back what others hold",
                        Promise.EXCLUSION,
                        (micros, subscribers) -> new LockMaster(micros, subscribers) {
                            @Override
                            List<Object> release(List<String> keys, String token, String fence, long fenceMillis) {
                                String holder = get(keys.get(0));
                                return super.release(keys, holder == null ? token : holder, fence, fenceMillis);
                            }
                        }),
                master(
                        "acquire does not count",
                        Promise.FENCING,
                        (micros, subscribers) -> new LockMaster(micros, subscribers) {
                            @Override
                            List<Object> acquire(
                                    List<String> keys, String token, long lease, long fenceMillis, long markMillis) {
                                String fence = get(keys.get(1));
                                List<Object> reply = super.acquire(keys, token, lease, fenceMillis, markMillis);
                                if (fence == null || !reply.get(0).equals(1L)) {
                                    return reply;
                                }
                                set(keys.get(1), fence, fenceMillis);
                                return List.of(1L, Long.parseLong(fence));
                            }
                        }),
                master(
                        "a fence begins at 1 for each lease",
                        Promise.FENCING,
                        (micros, subscribers) -> new LockMaster(micros, subscribers) {
                            @Override
                            List<Object> acquire(
                                    List<String> keys, String token, long lease, long fenceMillis, long markMillis) {
                                if (get(keys.get(0)) == null) {
                                    set(keys.get(1), "0", fenceMillis);
                                }
                                return super.acquire(keys, token, lease, fenceMillis, markMillis);
                            }
                        }),
                master(
                        "a fence is kept for less than a lease, and begins anew at 1",
                        Promise.FENCING,
                        (micros, subscribers) -> new LockMaster(micros, subscribers) {
                            @Override
                            List<Object> acquire(
                                    List<String> keys, String token, long lease, long fenceMillis, long markMillis) {
                                if (get(keys.get(1)) == null) {
                                    set(keys.get(1), "0", fenceMillis);
                                }
                                return super.acquire(keys, token, lease, 500, markMillis);
                            }
                        }),
                master(
                        "confirm does not ask who holds the lock",
                        Profile.JUMPS,
                        Promise.FENCING,
                        (micros, subscribers) -> new LockMaster(micros, subscribers) {
                            @Override
                            List<Object> confirm(List<String> keys, String token, String fence, long fenceMillis) {
                                String holder = get(keys.get(0));
                                return super.confirm(keys, holder == null ? token : holder, fence, fenceMillis);
                            }
                        }),
                master(
                        "confirm says yes without raising the fence",
                        Promise.FENCING,
                        (micros, subscribers) -> new LockMaster(micros, subscribers) {
                            @Override
                            List<Object> confirm(List<String> keys, String token, String fence, long fenceMillis) {
                                return holds(keys.get(0), token) ? YES : NO;
                            }
                        }),
                master(
                        "who did not get the lock counts the fence back",
                        Promise.FENCING,
                        (micros, subscribers) -> new LockMaster(micros, subscribers) {
                            @Override
                            List<Object> release(List<String> keys, String token, String fence, long fenceMillis) {
                                String present = get(keys.get(1));
                                if (fence.equals("0") && present != null && !holds(keys.get(0), token)) {
                                    set(keys.get(1), Long.toString(Long.parseLong(present) - 1), fenceMillis);
                                }
                                return super.release(keys, token, fence, fenceMillis);
                            }
                        }));
    }

    static Stream<Mutant> transports() {
        return Stream.of(
                transport("who does not answer agrees", Promise.EXCLUSION, link -> new ForwardingMaster(link) {
                    @Override
                    public CompletableFuture<List<Object>> run(
                            RedisScript<List<Object>> script, List<String> keys, List<String> args) {
                        return super.run(script, keys, args).exceptionally(failure -> List.of(1L, 1L));
                    }
                }),
                transport("extend is taken for granted", Promise.EXCLUSION, link -> new ForwardingMaster(link) {
                    @Override
                    public CompletableFuture<List<Object>> run(
                            RedisScript<List<Object>> script, List<String> keys, List<String> args) {
                        CompletableFuture<List<Object>> reply = super.run(script, keys, args);
                        return LockScript.of(script) == LockScript.EXTEND ? answer(1L) : reply;
                    }
                }),
                transport("confirm is taken for granted", Promise.FENCING, link -> new ForwardingMaster(link) {
                    @Override
                    public CompletableFuture<List<Object>> run(
                            RedisScript<List<Object>> script, List<String> keys, List<String> args) {
                        return LockScript.of(script) == LockScript.CONFIRM ? answer(1L) : super.run(script, keys, args);
                    }
                }),
                transport("release is not sent", Promise.LIVENESS, link -> new ForwardingMaster(link) {
                    @Override
                    public CompletableFuture<List<Object>> run(
                            RedisScript<List<Object>> script, List<String> keys, List<String> args) {
                        return LockScript.of(script) == LockScript.RELEASE
                                ? answer(0L, 0L)
                                : super.run(script, keys, args);
                    }
                }),
                transport("who does not answer holds nothing", Promise.LOCKED, link -> new ForwardingMaster(link) {
                    @Override
                    public CompletableFuture<List<Object>> run(
                            RedisScript<List<Object>> script, List<String> keys, List<String> args) {
                        CompletableFuture<List<Object>> reply = super.run(script, keys, args);
                        return LockScript.of(script) == LockScript.HOLDER
                                ? reply.exceptionally(failure -> List.of())
                                : reply;
                    }
                }),
                transport("masters fail in a way of their own", Promise.FAILURES, link -> new ForwardingMaster(link) {
                    @Override
                    public CompletableFuture<List<Object>> run(
                            RedisScript<List<Object>> script, List<String> keys, List<String> args) {
                        return CompletableFuture.failedFuture(new MasterConfigurationException("not this one"));
                    }
                }));
    }

    /** A wrong world, and the promise that cannot be kept in it. */
    private record Mutant(String name, Profile profile, Promise breaks, LockCollaborators collaborators) {

        @Override
        public String toString() {
            return name;
        }
    }

    private static CompletableFuture<List<Object>> answer(Object... reply) {
        return CompletableFuture.completedFuture(List.of(reply));
    }

    private static LockCollaborators clock(Function<SimulatedClient, ElapsedClock> clock) {
        return new LockCollaborators() {
            @Override
            protected ElapsedClock clock(SimulatedClient client) {
                return clock.apply(client);
            }
        };
    }

    private static Mutant master(
            String name, Promise breaks, BiFunction<LongSupplier, Consumer<String>, LockMaster> master) {
        return master(name, Profile.FIVE, breaks, master);
    }

    private static Mutant master(
            String name,
            Profile profile,
            Promise breaks,
            BiFunction<LongSupplier, Consumer<String>, LockMaster> master) {
        return new Mutant(name, profile, breaks, new LockCollaborators() {
            @Override
            protected ModelMaster master(LongSupplier micros, Consumer<String> subscribers) {
                return master.apply(micros, subscribers);
            }
        });
    }

    private static Mutant transport(String name, Promise breaks, UnaryOperator<RedisMaster> transport) {
        return new Mutant(name, Profile.FIVE, breaks, new LockCollaborators() {
            @Override
            protected List<RedisMaster> masters(int client, List<RedisMaster> masters) {
                return masters.stream().map(transport).toList();
            }
        });
    }
}
