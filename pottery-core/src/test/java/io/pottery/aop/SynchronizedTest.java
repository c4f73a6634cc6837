package io.pottery.aop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.pottery.PotteryFactory;
import io.pottery.error.LeaseLostException;
import io.pottery.error.PotteryException;
import io.pottery.error.QuorumNotAchievedException;
import io.pottery.error.TooManyExtensionsException;
import io.pottery.lock.FencedValue;
import io.pottery.lock.Lease;
import io.pottery.lock.Redlock;
import io.pottery.lock.RedlockOptions;
import io.pottery.lock.Synchronized;
import io.pottery.lock.Synchronized.OnFailure;
import io.pottery.lock.Synchronized.OnLost;
import io.pottery.testing.TestRedis;
import io.pottery.testing.Threads;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.autoproxy.DefaultAdvisorAutoProxyCreator;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AliasFor;

/** Methods that return a value or nothing. */
class SynchronizedTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    private static AnnotationConfigApplicationContext context;
    private static Shop shop;

    private final String name = TestRedis.freshKey();
    private final Redlock lock = TestRedis.pottery().redlock(name);

    @BeforeAll
    static void start() {
        context = Contexts.with(
                Map.of("lease", "100ms", "prefix", "test:"),
                Shop.class,
                Gate.class,
                Composed.class,
                ImplementedWork.class,
                InheritedWork.class,
                DeskWorker.class,
                OldHall.class,
                Repositories.class,
                OfGenericType.class);
        shop = context.getBean(Shop.class);
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    /** What a test does inside of a synchronized method. */
    interface Inside<T> {
        @Nullable
        T run() throws Exception;
    }

    static class Shop {

        private final Map<String, Integer> sold = new HashMap<>();

        @Synchronized(key = "#{#lock}")
        public <T> @Nullable T run(String lock, Inside<T> inside) throws Exception {
            return inside.run();
        }

        @Synchronized(key = "#{#lock}")
        protected int sell(String lock) {
            return sold.merge(lock, 1, Integer::sum);
        }

        @Synchronized(key = "#{#lock}")
        String packagePrivate(String lock) {
            return CurrentLease.get().toString();
        }

        @Synchronized(key = "#{#lock}", timeout = "50ms")
        public String wait50ms(String lock) {
            return "ran";
        }

        @Synchronized(key = "#{#lock}", blocking = false)
        public String now(String lock) {
            return "ran";
        }

        @Synchronized(key = "#{#lock}", blocking = false, onFailure = OnFailure.SKIP)
        public @Nullable String skipped(String lock) {
            return "ran";
        }

        @Synchronized(key = "#{#lock}", timeout = "20ms", onFailure = OnFailure.SKIP)
        public Optional<String> skippedOptional(String lock) {
            return Optional.of("ran");
        }

        @Synchronized(key = "#{#lock}", blocking = false, onFailure = OnFailure.SKIP)
        public OptionalInt skippedInt(String lock) {
            return OptionalInt.of(1);
        }

        @Synchronized(key = "#{#lock}", blocking = false, onFailure = OnFailure.SKIP)
        public void skippedVoid(String lock) {
            throw new IllegalStateException("it ran");
        }

        @Synchronized(key = "#{#lock}", autoReleaseTime = "${lease}")
        public <T> @Nullable T leaseOf100ms(String lock, Inside<T> inside) throws Exception {
            return inside.run();
        }

        @Synchronized(key = "#{#lock}", autoReleaseTime = "100ms", onLost = OnLost.LOG)
        public <T> @Nullable T logged(String lock, Inside<T> inside) throws Exception {
            return inside.run();
        }

        @Synchronized(key = "#{#lock}", autoReleaseTime = "100ms", onLost = OnLost.INTERRUPT)
        public <T> @Nullable T interrupted(String lock, Inside<T> inside) throws Exception {
            return inside.run();
        }

        @Synchronized(key = "#{#lock}", onLost = OnLost.INTERRUPT)
        public <T> @Nullable T interruptedIfLost(String lock, Inside<T> inside) throws Exception {
            return inside.run();
        }

        @Synchronized(key = "#{#lock}", autoReleaseTime = "2s", onLost = OnLost.LOG)
        public <T> @Nullable T loggedAfter2s(String lock, Inside<T> inside) throws Exception {
            return inside.run();
        }

        @Synchronized(key = "#{#lock}", autoReleaseTime = "1s", renew = true)
        public <T> @Nullable T renewed(String lock, Inside<T> inside) throws Exception {
            return inside.run();
        }

        @Synchronized(key = "#{#lock}", numExtensions = 1)
        public void extendTwice(String lock) {
            CurrentLease.get().extend();
            CurrentLease.get().extend();
        }

        @Synchronized(key = "#{#lock}")
        public void declaresNothing(String lock) {}

        @Synchronized(key = "${prefix}#{#customer}:${absent:none}")
        public String placeholder(String customer) {
            return CurrentLease.get().toString();
        }

        @Synchronized(key = "#{#lock}")
        public Object undeclared(String lock) {
            return new CompletableFuture<>();
        }

        public boolean callsItself(String lock) {
            return catchThrowable(() -> packagePrivate(lock)) instanceof IllegalStateException;
        }
    }

    @Test
    void oneThreadRunsAtATime() {
        Threads.run(8, thread -> {
            for (int i = 0; i < 50; i++) {
                shop.sell(name);
            }
        });
        assertThat(shop.sell(name)).isEqualTo(401);
    }

    @Test
    void theLockIsHeldWhileTheMethodRunsAndNoLonger() throws Exception {
        assertThat(shop.run(name, lock::isLocked)).isTrue();
        assertThat(lock.isLocked()).isFalse();
        assertThat(shop.packagePrivate(name)).contains(lock.key());
    }

    @Test
    void whatTheMethodThrowsIsThrownAndTheLockGivenBack() {
        IOException failure = new IOException("the till is empty");
        assertThat(catchThrowable(() -> shop.run(name, () -> {
                    throw failure;
                })))
                .isSameAs(failure)
                .hasNoSuppressedExceptions();
        assertThat(lock.isLocked()).isFalse();
    }

    @Test
    void whoeverDoesNotGetTheLockInTimeIsToldWithTheName() throws Exception {
        try (Lease held = lock.acquire()) {
            assertThatExceptionOfType(QuorumNotAchievedException.class)
                    .isThrownBy(() -> shop.wait50ms(name))
                    .withMessageContaining("Shop.wait50ms did not run, because another one holds '%s'", lock.key())
                    .withMessageContaining("50 ms");
            assertThatExceptionOfType(QuorumNotAchievedException.class)
                    .isThrownBy(() -> shop.now(name))
                    .withMessageContaining("Shop.now");
        }
        assertThat(shop.wait50ms(name)).isEqualTo("ran");
        assertThat(shop.now(name)).isEqualTo("ran");
    }

    @Test
    void whoeverWaitsGetsTheLockWhenItIsFree() throws Exception {
        CompletableFuture<@Nullable Integer> waiting;
        try (Lease held = lock.acquire()) {
            waiting = CompletableFuture.supplyAsync(() -> shop.sell(name));
            TestRedis.awaitListeners(TestRedis.server(), lock.key(), 1);
            assertThat(waiting).isNotDone();
        }
        assertThat(waiting).succeedsWithin(SOON).isEqualTo(1);
    }

    @Test
    void aCallMayBeSkipped() throws Exception {
        try (Lease held = lock.acquire()) {
            assertThat(shop.skipped(name)).isNull();
            assertThat(shop.skippedOptional(name)).isEmpty();
            assertThat(shop.skippedInt(name)).isEmpty();
            shop.skippedVoid(name);
        }
        assertThat(shop.skipped(name)).isEqualTo("ran");
        assertThat(shop.skippedOptional(name)).contains("ran");
        assertThat(shop.skippedInt(name)).hasValue(1);
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> shop.skippedVoid(name));
    }

    @Test
    void nothingBeginsUnderALeaseThatWasLostOnTheWay() {
        AtomicBoolean ran = new AtomicBoolean();
        AppenderBase<ILoggingEvent> slow = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                await().until(() -> !lock.isLocked()); // while it is logged how long the call has waited
            }
        };
        assertThatExceptionOfType(LeaseLostException.class)
                .isThrownBy(() -> Logged.to(
                        slow,
                        Level.DEBUG,
                        () -> shop.leaseOf100ms(name, () -> {
                            ran.set(true);
                            return "ran";
                        })))
                .withMessageContaining("Shop.leaseOf100ms does not begin");
        assertThat(ran).isFalse();
    }

    @Test
    void aLostLeaseIsThrownWhenTheMethodReturns() {
        assertThatExceptionOfType(LeaseLostException.class)
                .isThrownBy(() -> shop.leaseOf100ms(name, SynchronizedTest::untilLost))
                .withMessageContaining(lock.key());
        assertThatExceptionOfType(LeaseLostException.class)
                .isThrownBy(() -> shop.run(name, () -> TestRedis.server().execute("DEL", lock.key())))
                .withMessageContaining(lock.key());
    }

    @Test
    void theExceptionOfTheMethodStaysFirst() {
        IOException failure = new IOException("the till is empty");
        assertThat(catchThrowable(() -> shop.leaseOf100ms(name, () -> {
                    untilLost();
                    throw failure;
                })))
                .isSameAs(failure);
        assertThat(failure.getSuppressed()).hasSize(1).hasOnlyElementsOfType(LeaseLostException.class);
    }

    @Test
    void aLostLeaseMayBeLoggedOnly() throws Exception {
        List<ILoggingEvent> log = Logged.by(
                Level.WARN,
                () -> assertThat(shop.logged(name, () -> {
                            untilLost();
                            return "ran";
                        }))
                        .isEqualTo("ran"));
        assertThat(log)
                .anySatisfy(event -> assertThat(event.getFormattedMessage()).contains("Shop.logged", lock.key()));
        IOException failure = new IOException("the till is empty");
        assertThat(catchThrowable(() -> shop.logged(name, () -> {
                    untilLost();
                    throw failure;
                })))
                .isSameAs(failure)
                .hasNoSuppressedExceptions();
    }

    @Test
    void aLostLeaseMayInterruptTheMethod() {
        CountDownLatch never = new CountDownLatch(1);
        assertThat(catchThrowable(
                        () -> shop.interrupted(name, () -> never.await(SOON.toMillis(), TimeUnit.MILLISECONDS))))
                .isInstanceOf(InterruptedException.class)
                .satisfies(failure -> assertThat(failure.getSuppressed())
                        .hasOnlyElementsOfType(LeaseLostException.class)
                        .hasSize(1));
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void anInterruptThatTheMethodDoesNotHeedIsTakenBack() {
        assertThatExceptionOfType(LeaseLostException.class)
                .isThrownBy(() -> shop.interrupted(name, () -> {
                    long limit = System.nanoTime() + SOON.toNanos();
                    while (!Thread.currentThread().isInterrupted() && System.nanoTime() < limit) {
                        Thread.onSpinWait();
                    }
                    return "ran";
                }));
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void whoeverIsInTimeIsNotInterrupted() throws Exception {
        assertThat(shop.interruptedIfLost(name, () -> "ran")).isEqualTo("ran");
        assertThat(Thread.interrupted()).isFalse();
        Thread.currentThread().interrupt();
        assertThat(catchThrowable(() -> shop.interruptedIfLost(name, () -> "ran")))
                .isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void anInterruptByOthersIsKept() throws Exception {
        shop.interruptedIfLost(name, () -> {
            Thread.currentThread().interrupt();
            return "ran";
        });
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void nobodyIsInterruptedWhenTheMethodHasReturned() throws Exception {
        Lease lease = TestRedis.pottery()
                .redlock(name, RedlockOptions.defaults().withAutoReleaseTime(Duration.ofMillis(100)))
                .acquire();
        Interruption.when(lease).close();
        CompletableFuture<String> lost = new CompletableFuture<>();
        lease.onLost(() -> lost.complete("lost")); // behind the other listener
        assertThat(lost).succeedsWithin(SOON);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void aRenewedLeaseLastsAsLongAsTheMethod() throws Exception {
        assertThat(shop.renewed(name, () -> {
                    Lease lease = CurrentLease.get();
                    Duration[] before = {lease.remaining()};
                    for (int renewals = 0; renewals < 4; ) {
                        Duration remaining = lease.remaining();
                        renewals += remaining.compareTo(before[0]) > 0 ? 1 : 0;
                        before[0] = remaining;
                        Thread.onSpinWait();
                    }
                    return lease.isValid();
                }))
                .isTrue();
        assertThat(lock.isLocked()).isFalse();
    }

    @Test
    void theCurrentLeaseIsThatOfTheInnermostMethod() throws Exception {
        String other = TestRedis.freshKey();
        List<String> leases = shop.run(name, () -> {
            Lease outer = CurrentLease.get();
            Lease inner = shop.run(other, CurrentLease::get);
            assertThat(CurrentLease.get()).isSameAs(outer);
            return Stream.of(outer, inner).map(Lease::toString).toList();
        });
        assertThat(leases.get(0)).contains(name);
        assertThat(leases.get(1)).contains(other);
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(CurrentLease::get)
                .withMessageContaining(Thread.currentThread().getName());
        assertThat(shop.callsItself(name)).isTrue();
    }

    @Test
    void theFencingTokenCanBePassedOn() throws Exception {
        FencedValue<Integer> stock = TestRedis.pottery().fencedValue(TestRedis.freshKey(), Integer.class);
        for (int left = 9; left > 6; left--) {
            shop.run(name, () -> {
                stock.set(CurrentLease.get().fencingToken(), stock.get().orElse(10) - 1);
                return null;
            });
            assertThat(stock.get()).contains(left);
        }
    }

    @Test
    void theLeaseMayBeExtendedAsOftenAsTheAnnotationSays() {
        assertThatExceptionOfType(TooManyExtensionsException.class).isThrownBy(() -> shop.extendTwice(name));
    }

    @Test
    void aThreadMayCallAnotherMethodUnderTheSameLock() throws Exception {
        Boolean same = shop.run(name, () -> {
            Lease outer = CurrentLease.get();
            Lease inner = shop.run(name, CurrentLease::get);
            assertThat(lock.isLocked()).isTrue();
            assertThat(shop.skipped(name)).isEqualTo("ran");
            String other = TestRedis.freshKey();
            assertThat(shop.run(other, () -> shop.run(name, CurrentLease::get))).isSameAs(outer);
            return inner == outer && CurrentLease.get() == outer;
        });
        assertThat(same).isTrue();
        assertThat(lock.isLocked()).isFalse();
    }

    @Test
    void anotherThreadMayNot() throws Exception {
        shop.run(
                name,
                () -> assertThat(CompletableFuture.supplyAsync(() -> shop.now(name)))
                        .failsWithin(SOON)
                        .withThrowableThat()
                        .withCauseInstanceOf(QuorumNotAchievedException.class));
    }

    @Test
    void aLeaseOfAnotherFactoryIsAnothers() throws Exception {
        try (AnnotationConfigApplicationContext other = new AnnotationConfigApplicationContext()) {
            other.registerBean(PotteryFactory.class, () -> PotteryFactory.create(TestRedis.connections()));
            other.register(Annotations.class, Gate.class);
            other.refresh();
            Gate gate = other.getBean(Gate.class);
            shop.run(
                    name,
                    () -> assertThatExceptionOfType(QuorumNotAchievedException.class)
                            .isThrownBy(() -> gate.pass(name)));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnablePottery
    static class Annotations {}

    @Test
    void nobodyBeginsOrEndsUnderALeaseThatIsLost() throws Exception {
        AtomicReference<Throwable> tooLate = new AtomicReference<>();
        AtomicReference<Throwable> endedTooLate = new AtomicReference<>();
        shop.loggedAfter2s(name, () -> {
            endedTooLate.set(catchThrowable(() -> shop.run(name, SynchronizedTest::untilLost)));
            tooLate.set(catchThrowable(() -> shop.declaresNothing(name)));
            return null;
        });
        assertThat(endedTooLate.get())
                .isInstanceOf(LeaseLostException.class)
                .hasMessageContaining("Shop.run has ended too late");
        assertThat(tooLate.get())
                .isInstanceOf(LeaseLostException.class)
                .hasMessageContaining("Shop.declaresNothing does not begin");
    }

    @Test
    void whoeverIsInterruptedWhileWaitingDoesNotRun() throws Exception {
        try (Lease held = lock.acquire()) {
            Map<String, Callable<?>> calls =
                    Map.of("declared", () -> shop.run(name, () -> "ran"), "undeclared", () -> shop.sell(name));
            for (Map.Entry<String, Callable<?>> call : calls.entrySet()) {
                AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
                AtomicReference<@Nullable Boolean> flag = new AtomicReference<>();
                Thread waiting = new Thread(() -> {
                    failure.set(catchThrowable(call.getValue()::call));
                    flag.set(Thread.currentThread().isInterrupted());
                });
                waiting.start();
                TestRedis.awaitListeners(TestRedis.server(), lock.key(), 1);
                waiting.interrupt();
                waiting.join(SOON.toMillis());
                if (call.getKey().equals("declared")) {
                    assertThat(failure.get()).isInstanceOf(InterruptedException.class);
                    assertThat(flag.get()).isFalse();
                } else {
                    assertThat(failure.get())
                            .isInstanceOf(PotteryException.class)
                            .hasMessageContaining("Shop.sell did not run: interrupted");
                    assertThat(flag.get()).isTrue();
                }
            }
        }
    }

    @Test
    void aKeyWithoutAValueTakesNoLock() {
        assertThatExceptionOfType(PotteryException.class)
                .isThrownBy(() -> shop.sell(null))
                .withMessageContaining("Shop.sell did not run, because its key has no value: #{#lock} is null");
        assertThatExceptionOfType(PotteryException.class)
                .isThrownBy(() -> shop.sell(" "))
                .withMessageContaining("#{#lock} is empty");
    }

    @Test
    void placeholdersAreThoseOfTheApplication() {
        assertThat(shop.placeholder("ada")).contains("redlock:test:ada:none");
    }

    @Test
    void whatGoesOnWithoutTheLockIsRefused() {
        assertThatExceptionOfType(PotteryException.class)
                .isThrownBy(() -> shop.undeclared(name))
                .withMessageContaining("Shop.undeclared has returned a java.util.concurrent.CompletableFuture");
        assertThat(lock.isLocked()).isFalse();
    }

    @Test
    void waitedAndHeldTimesAreLoggedAtDebug() {
        List<ILoggingEvent> log = Logged.by(Level.DEBUG, () -> shop.sell(name));
        assertThat(log)
                .filteredOn(event -> event.getFormattedMessage().contains(lock.key()))
                .allMatch(event -> event.getLevel() == Level.DEBUG)
                .extracting(ILoggingEvent::getFormattedMessage)
                .satisfiesExactly(
                        waited -> assertThat(waited).matches(".*Shop\\.sell waited \\d+ ms for '.*'"),
                        held -> assertThat(held).matches(".*Shop\\.sell held '.*' for \\d+ ms"));
    }

    /** A lock of one's own. */
    @Retention(RetentionPolicy.RUNTIME)
    @Synchronized(key = "", blocking = false)
    @interface Gated {

        @AliasFor(annotation = Synchronized.class, attribute = "key")
        String value();
    }

    static class Composed {

        @Gated("#{#lock}")
        public CompletableFuture<String> stage(String lock) {
            return CompletableFuture.completedFuture("ran");
        }

        @Gated("#{#lock}")
        public String run(String lock) {
            return CurrentLease.get().toString();
        }
    }

    @Synchronized(key = "#{#lock}", blocking = false)
    static class Gate {

        public String pass(String lock) {
            return CurrentLease.get().toString();
        }

        @Synchronized(key = "#{#lock}", autoReleaseTime = "100ms", onLost = OnLost.INTERRUPT)
        public void await(String lock, CountDownLatch latch) throws InterruptedException {
            latch.await(SOON.toSeconds(), TimeUnit.SECONDS);
        }

        @Synchronized(key = "own:#{#lock}")
        public String ownKey(String lock) {
            return CurrentLease.get().toString();
        }
    }

    interface Work {

        @Synchronized(key = "#{#lock}", blocking = false)
        String work(String lock);

        @Synchronized(key = "#{#lock}", blocking = false)
        default String workByDefault(String lock) {
            return CurrentLease.get().toString();
        }
    }

    static class ImplementedWork implements Work {

        @Override
        public String work(String itsName) {
            return CurrentLease.get().toString();
        }
    }

    static class Worker {

        public String work(String lock) {
            return CurrentLease.get().toString();
        }
    }

    static class InheritedWork extends Worker implements Work {}

    @Synchronized(key = "#{#id}")
    interface Hall {

        String enter(String id);
    }

    static class OldHall implements Hall {

        @Override
        public String enter(String visitor) {
            return CurrentLease.get().toString();
        }

        public boolean isOpen() {
            return catchThrowable(CurrentLease::get) instanceof IllegalStateException;
        }
    }

    interface Store<T> {

        @Synchronized(key = "#{#p0}", blocking = false)
        String save(T element);
    }

    /** Has a method that the compiler bridges to. */
    interface Names extends Store<String> {

        @Override
        String save(String element);
    }

    @Configuration(proxyBeanMethods = false)
    static class Repositories {

        /** A proxy of its own kind, as those of Spring Data are. */
        @Bean
        Names names() {
            return (Names) Proxy.newProxyInstance(
                    Names.class.getClassLoader(),
                    new Class<?>[] {Names.class},
                    (proxy, method, arguments) -> CurrentLease.get().toString());
        }
    }

    @Synchronized(key = "#{#lock}", blocking = false)
    interface Desk {

        String work(String lock);
    }

    static class DeskWorker extends Worker implements Desk {}

    interface Generic<T> {

        @Synchronized(key = "#{#lock}", blocking = false)
        String run(T lock);
    }

    static class OfGenericType implements Generic<String> {

        @Override
        public String run(String lock) {
            return CurrentLease.get().toString();
        }
    }

    @Test
    void theAnnotationMayStandWhereverAnAnnotationOfSpringMay() {
        assertThat(context.getBean(Composed.class).run(name)).contains(name);
        assertThat(context.getBean(Gate.class).pass(name)).contains(name);
        assertThat(context.getBean(Gate.class).ownKey(name)).contains("own:" + name);
        assertThat(context.getBean(ImplementedWork.class).work(name)).contains(name);
        assertThat(context.getBean(ImplementedWork.class).workByDefault(name)).contains(name);
        assertThat(context.getBean(InheritedWork.class).work(name)).contains(name);
        assertThat(context.getBean(DeskWorker.class).work(name)).contains(name);
        assertThat(((Generic<String>) context.getBean(OfGenericType.class)).run(name))
                .contains(name);
    }

    @Test
    void atATypeItIsForTheMethodsThatThisDeclares() {
        OldHall hall = context.getBean(OldHall.class);
        assertThat(hall.enter(name)).contains(name);
        assertThat(hall.isOpen()).isTrue();
    }

    @Test
    void beansThatAreProxiesThemselvesAreProxiedAroundThat() {
        Names names = context.getBean(Names.class);
        assertThat(names.save(name)).contains(name);
        assertThat(((Store<String>) names).save(name)).contains(name);
    }

    @Test
    void aBeanThatIsProxiedTwiceTakesTheLockOnce() {
        try (AnnotationConfigApplicationContext twice =
                Contexts.with(DefaultAdvisorAutoProxyCreator.class, Composed.class)) {
            assertThat(twice.getBean(Composed.class).run(name)).contains(name);
            assertThat(twice.getBean(Composed.class).stage(name)).succeedsWithin(SOON);
        }
    }

    @Test
    void anInterruptNeedsNoExecutor() {
        try (AnnotationConfigApplicationContext other = new AnnotationConfigApplicationContext()) {
            other.registerBean(
                    PotteryFactory.class,
                    () -> PotteryFactory.builder(TestRedis.connections())
                            .executor(task -> {}) // which is always busy
                            .build());
            other.register(Annotations.class, Gate.class);
            other.refresh();
            CountDownLatch never = new CountDownLatch(1);
            assertThat(catchThrowable(() -> other.getBean(Gate.class).await(name, never)))
                    .isInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void interfacesMayBeProxiedAlone() {
        try (AnnotationConfigApplicationContext ofInterfaces = Contexts.with(
                Map.of("spring.aop.proxy-target-class", "false"), ImplementedWork.class, OfGenericType.class)) {
            assertThat(ofInterfaces.getBean(Work.class).work(name)).contains(name);
            assertThat(ofInterfaces.getBean(Work.class).workByDefault(name)).contains(name);
            Generic<String> generic = ofInterfaces
                    .<Generic<String>>getBeanProvider(ResolvableType.forClassWithGenerics(Generic.class, String.class))
                    .getObject();
            assertThat(generic.run(name)).contains(name);
        }
    }

    /** Waits until the lease of the current method is over. */
    private static Object untilLost() {
        Lease lease = CurrentLease.get();
        while (lease.isValid()) {
            Thread.onSpinWait();
        }
        return "ran";
    }
}
