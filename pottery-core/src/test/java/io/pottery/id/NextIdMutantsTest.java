package io.pottery.id;

import static org.assertj.core.api.Assertions.assertThat;

import io.pottery.error.MasterConfigurationException;
import io.pottery.internal.redis.RedisMaster;
import io.pottery.internal.redis.Timer;
import io.pottery.simulation.ForwardingMaster;
import io.pottery.simulation.ModelMaster;
import io.pottery.simulation.Profile;
import io.pottery.simulation.Schedules;
import io.pottery.simulation.SimulatedClient;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * The simulation sees it when something is wrong: each mutant gives the production code one wrong collaborator, and
 * soon breaks the promise that depends on it. One of them is no fault of anybody's: that masters keep what they have
 * granted is what unique ids rest on, so those that forget it give out ids twice.
 *
 * <p>One change goes without harm, so there is no mutant of it: a server that is asked as two masters. It grants an id
 * to one of them only, so that both together are no more than one.
 */
class NextIdMutantsTest {

    @ParameterizedTest
    @MethodSource({"quorums", "masters", "transports", "callers"})
    void isFoundOut(Mutant mutant) {
        assertThat(Schedules.breakIt(
                        mutant.breaks, seed -> IdSimulation.run(seed, mutant.profile, mutant.collaborators)))
                .isTrue();
    }

    static Stream<Mutant> quorums() {
        return Stream.of(
                new Mutant("two majorities do not meet", Profile.FIVE, Promise.UNIQUE, new IdCollaborators() {
                    @Override
                    protected List<RedisMaster> masters(int client, List<RedisMaster> masters) {
                        return client % 2 == 0 ? masters.subList(0, 3) : masters.subList(2, 5);
                    }
                }),
                new Mutant("one answer counts for two masters", Profile.THREE, Promise.UNIQUE, new IdCollaborators() {
                    @Override
                    protected List<RedisMaster> masters(int client, List<RedisMaster> masters) {
                        Echoed echoed = new Echoed(masters.get(client % 3));
                        return List.of(echoed, echoed.echo, masters.get((client + 1) % 3));
                    }
                }));
    }

    static Stream<Mutant> masters() {
        return Stream.of(
                master(
                        "a grant is not stored",
                        Promise.UNIQUE,
                        (micros, subscribers) -> new IdMaster(micros, subscribers) {
                            @Override
                            List<Object> grant(String key, long count, long wanted, long highest) {
                                String last = get(key);
                                List<Object> reply = super.grant(key, count, wanted, highest);
                                put(key, last == null ? "0" : last);
                                return reply;
                            }
                        }),
                master(
                        "of a range, only the first is stored",
                        Promise.UNIQUE,
                        (micros, subscribers) -> new IdMaster(micros, subscribers) {
                            @Override
                            List<Object> grant(String key, long count, long wanted, long highest) {
                                return super.grant(key, 1, wanted, highest);
                            }
                        }),
                master(
                        "of a range, all but the last are stored",
                        Promise.UNIQUE,
                        (micros, subscribers) -> new IdMaster(micros, subscribers) {
                            @Override
                            List<Object> grant(String key, long count, long wanted, long highest) {
                                return super.grant(key, Math.max(1, count - 1), wanted, highest);
                            }
                        }),
                master(
                        "what is wanted is granted though higher ids were",
                        Promise.UNIQUE,
                        (micros, subscribers) -> new IdMaster(micros, subscribers) {
                            @Override
                            List<Object> grant(String key, long count, long wanted, long highest) {
                                List<Object> reply = super.grant(key, count, wanted, highest);
                                return reply.get(0).equals(0L) ? List.of(1L, wanted) : reply;
                            }
                        }),
                master(
                        "what is wanted is granted once more, if it was granted last",
                        Promise.UNIQUE,
                        (micros, subscribers) -> new IdMaster(micros, subscribers) {
                            @Override
                            List<Object> grant(String key, long count, long wanted, long highest) {
                                List<Object> reply = super.grant(key, count, wanted, highest);
                                return reply.equals(List.of(0L, wanted)) ? List.of(1L, wanted) : reply;
                            }
                        }),
                master(
                        "what is wanted is refused",
                        Promise.LIVENESS,
                        (micros, subscribers) -> new IdMaster(micros, subscribers) {
                            @Override
                            List<Object> grant(String key, long count, long wanted, long highest) {
                                return wanted == 0 ? super.grant(key, count, wanted, highest) : List.of(0L, wanted);
                            }
                        }),
                master(
                        "a crash forgets what was granted",
                        Promise.UNIQUE,
                        (micros, subscribers) -> new IdMaster(micros, subscribers) {
                            @Override
                            protected void restart() {
                                clear();
                            }
                        }));
    }

    static Stream<Mutant> transports() {
        return Stream.of(
                transport(
                        "who does not answer grants what was wanted",
                        Promise.UNIQUE,
                        link -> new ForwardingMaster(link) {
                            @Override
                            public CompletableFuture<List<Object>> run(
                                    RedisScript<List<Object>> script, List<String> keys, List<String> args) {
                                long wanted = Long.parseLong(args.get(1));
                                CompletableFuture<List<Object>> reply = super.run(script, keys, args);
                                return wanted == 0 ? reply : reply.exceptionally(failure -> List.of(1L, wanted));
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

    static Stream<Mutant> callers() {
        return Stream.of(
                new Mutant(
                        "who comes later shares what is under way", Profile.FIVE, Promise.ORDER, new IdCollaborators() {
                            @Override
                            IntFunction<CompletableFuture<IdRange>> taking(AsyncNextId ids) {
                                return new Latecomers(ids);
                            }
                        }),
                new Mutant("ids are taken in advance", Profile.FIVE, Promise.ORDER, new IdCollaborators() {
                    @Override
                    NextIdOptions options(NextIdOptions options) {
                        return options.withBlock(16);
                    }
                }),
                new Mutant("a timer never goes off", Profile.FIVE, Promise.LIVENESS, new IdCollaborators() {
                    @Override
                    protected Timer timer(SimulatedClient client) {
                        return (delay, work) -> () -> {};
                    }
                }));
    }

    /** A master whose answers another one gives, too. */
    private static final class Echoed extends ForwardingMaster {

        private CompletableFuture<List<Object>> last = new CompletableFuture<>();

        final RedisMaster echo = new ForwardingMaster(this) {
            @Override
            public CompletableFuture<List<Object>> run(
                    RedisScript<List<Object>> script, List<String> keys, List<String> args) {
                return last;
            }
        };

        Echoed(RedisMaster master) {
            super(master);
        }

        @Override
        public CompletableFuture<List<Object>> run(
                RedisScript<List<Object>> script, List<String> keys, List<String> args) {
            last = super.run(script, keys, args);
            return last;
        }
    }

    /** Takes some ids more than are wanted, for who comes until they are here. */
    private static final class Latecomers implements IntFunction<CompletableFuture<IdRange>> {

        private static final int MORE = 5;

        private final AsyncNextId ids;
        private CompletableFuture<IdRange> underWay = CompletableFuture.completedFuture(null);
        private int taken;

        Latecomers(AsyncNextId ids) {
            this.ids = ids;
        }

        @Override
        public CompletableFuture<IdRange> apply(int count) {
            if (count > MORE) {
                return ids.next(count);
            }
            if (underWay.isDone() || taken + count > 2 * MORE) {
                underWay = ids.next(2 * MORE);
                taken = 0;
            }
            int before = taken;
            taken += count;
            return underWay.thenApply(range -> IdRange.of(range.first() + before, count));
        }
    }

    /** A wrong world, and the promise that cannot be kept in it. */
    private record Mutant(String name, Profile profile, Promise breaks, IdCollaborators collaborators) {

        @Override
        public String toString() {
            return name;
        }
    }

    private static Mutant master(
            String name, Promise breaks, BiFunction<LongSupplier, Consumer<String>, IdMaster> master) {
        return new Mutant(name, Profile.FIVE, breaks, new IdCollaborators() {
            @Override
            protected ModelMaster master(LongSupplier micros, Consumer<String> subscribers) {
                return master.apply(micros, subscribers);
            }
        });
    }

    private static Mutant transport(String name, Promise breaks, UnaryOperator<RedisMaster> transport) {
        return new Mutant(name, Profile.FIVE, breaks, new IdCollaborators() {
            @Override
            protected List<RedisMaster> masters(int client, List<RedisMaster> masters) {
                return masters.stream().map(transport).toList();
            }
        });
    }
}
