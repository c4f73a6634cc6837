package io.pottery.lock;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.pottery.PotteryFactory;
import io.pottery.RedisMasters;
import io.pottery.error.QuorumIsImpossibleException;
import io.pottery.observation.LockObservationContext;
import io.pottery.observation.MasterObservationContext;
import io.pottery.testing.Servers;
import io.pottery.testing.TestRedis;
import io.pottery.testredis.RedisServer;
import io.pottery.time.ContextTimer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What can be seen from outside of who waits for locks and holds them. */
class LockObservationTest {

    private static final RedlockOptions BRIEF =
            RedlockOptions.defaults().withAutoReleaseTime(ofMillis(300)).withMasterTimeout(ofSeconds(1));

    private final Seen seen = new Seen();
    private final ObservationRegistry registry = ObservationRegistry.create();
    private final String name = TestRedis.freshKey();
    private final PotteryFactory pottery;

    LockObservationTest() {
        registry.observationConfig().observationHandler(seen);
        pottery = PotteryFactory.builder(TestRedis.connections())
                .observations(registry)
                .build();
    }

    @Test
    void waitingAndHoldingAreObserved() throws Exception {
        try (Lease lease = pottery.redlock(name).acquire()) {
            await().untilAsserted(() -> assertThat(seen.tags(LockObservationContext.ACQUIRE))
                    .containsExactly(Map.of("lock", "none", "outcome", "acquired")));
            assertThat(seen.tags(LockObservationContext.HOLD)).isEmpty();
            assertThat(lease.isValid()).isTrue();
        }
        assertThat(seen.tags(LockObservationContext.HOLD))
                .containsExactly(Map.of("lock", "none", "outcome", "released"));
        assertThat(seen.stopped(LockObservationContext.HOLD))
                .singleElement()
                .satisfies(context -> assertThat(context.getHighCardinalityKeyValues())
                        .containsExactly(KeyValue.of("lock.key", "redlock:" + name)));
    }

    @Test
    void theLabelOfTheOptionsIsTheNameOfTheLock() throws Exception {
        pottery.redlock(name, BRIEF.withLabel("orders")).acquire().close();
        assertThat(seen.tags(LockObservationContext.HOLD))
                .containsExactly(Map.of("lock", "orders", "outcome", "released"));
    }

    @Test
    void waitingInVainIsObserved() throws Exception {
        Redlock lock = pottery.redlock(name);
        try (Lease lease = TestRedis.pottery().redlock(name).acquire()) {
            assertThat(lock.tryAcquire()).isEmpty();
            assertThat(lock.tryAcquire(ofMillis(20))).isEmpty();
            CompletableFuture<?> waiting = lock.async().acquire().toCompletableFuture();
            waiting.cancel(false);
            await().untilAsserted(() -> assertThat(seen.tags(LockObservationContext.ACQUIRE))
                    .extracting(tags -> tags.get("outcome"))
                    .containsExactlyInAnyOrder("taken", "taken", "cancelled"));
            assertThat(lease.isValid()).isTrue();
        }
        assertThat(seen.tags(LockObservationContext.HOLD)).isEmpty();
    }

    @Test
    void mastersThatFailAreObserved() {
        try (RedisMasters none = RedisMasters.of("redis://127.0.0.1:1")) {
            Redlock lock = PotteryFactory.builder(TestRedis.connections())
                    .masters(none)
                    .observations(registry)
                    .build()
                    .redlock(name);
            assertThatExceptionOfType(QuorumIsImpossibleException.class).isThrownBy(lock::tryAcquire);
            await().untilAsserted(() -> assertThat(seen.tags(LockObservationContext.ACQUIRE))
                    .containsExactly(Map.of("lock", "none", "outcome", "failed")));
        }
    }

    @Test
    void eachExtensionAndRenewalIsAnEvent() throws Exception {
        try (Lease lease = pottery.redlock(name).acquire()) {
            lease.extend();
            lease.extend();
            assertThat(seen.events).containsExactly("extended", "extended");
        }
        try (Lease lease = pottery.redlock(
                        name, BRIEF.withAutoReleaseTime(ofSeconds(1)).withRenewal())
                .acquire()) {
            await().until(() -> seen.events.size() >= 4);
            assertThat(lease.isValid()).isTrue();
        }
    }

    @Test
    void aLeaseThatEndsByItselfIsSeenAsLostThoughNobodyAsks() throws Exception {
        Lease lease = pottery.redlock(name, BRIEF).acquire();
        await().untilAsserted(() -> assertThat(seen.tags(LockObservationContext.HOLD))
                .containsExactly(Map.of("lock", "none", "outcome", "lost")));
        assertThat(lease.isValid()).isFalse();
    }

    @Test
    void aLeaseThatIsDroppedIsSeenAsLostWhenItEnds() throws Exception {
        RedlockOptions brief = BRIEF.withAutoReleaseTime(ofSeconds(4));
        ContextTimer timer = ContextTimer.started();
        drop(pottery.redlock(name, brief));
        await().until(() -> {
            System.gc();
            return pottery.leases().isEmpty();
        });
        await().untilAsserted(() -> assertThat(seen.tags(LockObservationContext.HOLD))
                .containsExactly(Map.of("lock", "none", "outcome", "lost")));
        assertThat(timer.elapsed()).isGreaterThan(ofMillis(3_900)); // less the drift that is allowed for
    }

    @Test
    void aLeaseThatEndsBeforeItIsHandedOverIsSeenAsLost() throws Exception {
        registry.observationConfig().observationHandler(new ObservationHandler<LockObservationContext>() {
            @Override
            public void onStart(LockObservationContext context) {
                if (context.getName().equals(LockObservationContext.HOLD)) {
                    await().until(() -> pottery.leases().isEmpty());
                }
            }

            @Override
            public boolean supportsContext(Observation.Context context) {
                return context instanceof LockObservationContext;
            }
        });
        RedlockOptions brief = BRIEF.withRenewal().withMaximumHold(BRIEF.autoReleaseTime()); // watched, never renewed
        Lease lease = pottery.redlock(name, brief).acquire();
        assertThat(lease.isValid()).isFalse();
        await().untilAsserted(() -> assertThat(seen.tags(LockObservationContext.HOLD))
                .containsExactly(Map.of("lock", "none", "outcome", "lost")));
    }

    private static void drop(Redlock lock) throws InterruptedException {
        assertThat(lock.tryAcquire()).isPresent();
    }

    @Test
    void holdingIsAPartOfWhatTheCallerDoes() throws Exception {
        Observation request = Observation.start("request", registry);
        try (Observation.Scope scope = request.openScope();
                Lease lease = pottery.redlock(name).acquire()) {
            assertThat(lease.isValid()).isTrue();
        }
        assertThat(seen.stopped(LockObservationContext.HOLD))
                .singleElement()
                .satisfies(context -> assertThat(context.getParentObservation()).isSameAs(request));
        request.stop();
    }

    @Test
    void anObserverThatFailsHasTheOthersHearOfTheEnd() throws Exception {
        ObservationRegistry broken = ObservationRegistry.create();
        broken.observationConfig().observationHandler(seen).observationHandler(new Late());
        PotteryFactory.builder(TestRedis.connections())
                .observations(broken)
                .build()
                .redlock(name)
                .acquire()
                .close();
        await().untilAsserted(() -> assertThat(seen.started).isNotEmpty().hasSameElementsAs(seen.stopped));
    }

    @Test
    void observersThatFailHarmNobody() throws Exception {
        ObservationRegistry broken = ObservationRegistry.create();
        broken.observationConfig().observationHandler(new Broken());
        Redlock lock = PotteryFactory.builder(TestRedis.connections())
                .observations(broken)
                .build()
                .redlock(name);
        try (Lease lease = lock.acquire()) {
            lease.extend();
            assertThat(lease.isValid()).isTrue();
        }
        assertThat(lock.isLocked()).isFalse();
    }

    @Test
    void eachMasterIsObserved() throws Exception {
        List<RedisServer> servers = RedisServer.start(3);
        try (RedisMasters masters =
                RedisMasters.of(servers.stream().map(Servers::uri).toArray(String[]::new))) {
            Redlock lock = PotteryFactory.builder(TestRedis.connections())
                    .masters(masters)
                    .observations(registry)
                    .build()
                    .redlock(name);
            lock.acquire().close();
            List<String> names = masters.names();
            await().untilAsserted(() -> assertThat(answered()).containsOnlyKeys(names));
            servers.get(1).kill();
            long before = answered().get(names.get(2));
            lock.acquire().close();
            await().until(() -> answered().get(names.get(2)) > before);
            servers.get(0).pause();
            assertThatExceptionOfType(QuorumIsImpossibleException.class).isThrownBy(lock::acquire);
            await().untilAsserted(() -> assertThat(seen.stopped(MasterObservationContext.REQUEST))
                    .anyMatch(context -> context.getError() != null
                            && context.getLowCardinalityKeyValue("outcome")
                                    .getValue()
                                    .equals("failed")));
            servers.get(0).resume();
        } finally {
            servers.forEach(RedisServer::close);
        }
    }

    private Map<String, Long> answered() {
        return seen.tags(MasterObservationContext.REQUEST).stream()
                .filter(tags -> "answered".equals(tags.get("outcome")))
                .collect(Collectors.groupingBy(tags -> tags.get("master"), Collectors.counting()));
    }

    @Test
    void theLeasesOfThisProcessAreTold() throws Exception {
        Redlock lock = pottery.redlock(name, RedlockOptions.defaults().withLabel("orders"));
        Lease lease = lock.acquire();
        assertThat(pottery.leases()).singleElement().satisfies(info -> {
            assertThat(info.key()).isEqualTo("redlock:" + name);
            assertThat(info.label()).isEqualTo("orders");
            assertThat(info.fencingToken()).isEqualTo(lease.fencingToken());
            assertThat(info.remaining()).isBetween(ofSeconds(1), ofSeconds(10));
            assertThat(info.renewal()).isFalse();
        });
        lease.close();
        assertThat(pottery.leases()).isEmpty();
        Lease brief = pottery.redlock(name, BRIEF).acquire();
        await().until(() -> pottery.leases().isEmpty());
        assertThat(brief.isValid()).isFalse();
    }

    /** Takes down what has stopped, and the events. */
    private static final class Seen implements ObservationHandler<Observation.Context> {

        final List<String> events = new CopyOnWriteArrayList<>();
        private final List<Observation.Context> started = new CopyOnWriteArrayList<>();
        private final List<Observation.Context> stopped = new CopyOnWriteArrayList<>();

        List<Observation.Context> stopped(String name) {
            return stopped.stream()
                    .filter(context -> name.equals(context.getName()))
                    .toList();
        }

        /** What metrics see. */
        List<Map<String, String>> tags(String name) {
            return stopped(name).stream()
                    .map(context -> StreamSupport.stream(
                                    context.getLowCardinalityKeyValues().spliterator(), false)
                            .collect(Collectors.toMap(KeyValue::getKey, KeyValue::getValue)))
                    .toList();
        }

        @Override
        public void onStart(Observation.Context context) {
            started.add(context);
        }

        @Override
        public void onEvent(Observation.Event event, Observation.Context context) {
            events.add(event.getName());
        }

        @Override
        public void onStop(Observation.Context context) {
            stopped.add(context);
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return true;
        }
    }

    /** Fails to begin. */
    private static final class Late implements ObservationHandler<Observation.Context> {

        @Override
        public void onStart(Observation.Context context) {
            throw new IllegalStateException("start");
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return true;
        }
    }

    private static final class Broken implements ObservationHandler<Observation.Context> {

        @Override
        public void onStart(Observation.Context context) {
            if (LockObservationContext.ACQUIRE.equals(context.getName())) {
                throw new IllegalStateException("start");
            }
        }

        @Override
        public void onEvent(Observation.Event event, Observation.Context context) {
            throw new IllegalStateException("event");
        }

        @Override
        public void onStop(Observation.Context context) {
            throw new IllegalStateException("stop");
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return true;
        }
    }
}
