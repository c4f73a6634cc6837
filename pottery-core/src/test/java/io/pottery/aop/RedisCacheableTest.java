package io.pottery.aop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.pottery.PotteryFactory;
import io.pottery.cache.RedisCacheEvict;
import io.pottery.cache.RedisCacheable;
import io.pottery.error.PotteryException;
import io.pottery.error.UnencodableValueException;
import io.pottery.lock.Lease;
import io.pottery.lock.Synchronized;
import io.pottery.testing.TestRedis;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.core.annotation.AliasFor;

/** Methods that return a value or nothing. */
class RedisCacheableTest {

    private static final AtomicInteger CALLS = new AtomicInteger();

    private static AnnotationConfigApplicationContext context;
    private static Shop shop;
    private static RedisCaches caches;

    private final String name = TestRedis.freshKey();
    private final PotteryFactory pottery = TestRedis.pottery();

    @BeforeAll
    static void start() {
        context = Contexts.with(
                Map.of("fixed", TestRedis.freshKey()),
                Shop.class,
                Composed.class,
                ImplementedStock.class,
                Unlucky.class);
        shop = context.getBean(Shop.class);
        caches = context.getBean(RedisCaches.class);
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    /** What is cached. */
    record Order(long id, String item) {}

    static class Shop {

        @RedisCacheable(key = "#{#cache}", arguments = "#id")
        public Order order(String cache, long id, String item) {
            CALLS.incrementAndGet();
            return new Order(id, item);
        }

        @RedisCacheable(key = "#{#cache}")
        public List<Order> all(String cache, List<Long> ids) {
            CALLS.incrementAndGet();
            return ids.stream().map(id -> new Order(id, "x")).toList();
        }

        @RedisCacheable(key = "#{#cache}")
        public @Nullable String mayBeNull(String cache) {
            CALLS.incrementAndGet();
            return null;
        }

        @RedisCacheable(key = "#{#cache}", nullTtl = "1m")
        public Optional<String> remembersNothing(String cache) {
            CALLS.incrementAndGet();
            return Optional.empty();
        }

        @RedisCacheable(key = "#{#cache}")
        public Optional<Order> optional(String cache) {
            CALLS.incrementAndGet();
            return Optional.of(new Order(1, "x"));
        }

        @RedisCacheable(key = "#{#cache}", arguments = "'int'", nullTtl = "1m")
        public OptionalInt optionalInt(String cache, OptionalInt value) {
            CALLS.incrementAndGet();
            return value;
        }

        @RedisCacheable(key = "#{#cache}", arguments = "'double'")
        public CompletableFuture<OptionalDouble> optionalDouble(String cache, OptionalDouble value) {
            CALLS.incrementAndGet();
            return CompletableFuture.completedFuture(value);
        }

        @RedisCacheable(key = "#{#cache}")
        public int number(String cache) {
            return CALLS.incrementAndGet();
        }

        @RedisCacheable(
                key = "#{#cache}",
                condition = "#number + 1 > 5",
                unless = "#result.startsWith('secret') or #number == 9")
        public String conditional(String cache, int number, String text) {
            CALLS.incrementAndGet();
            return text;
        }

        @RedisCacheable(key = "#{#cache}", condition = "#answer")
        public String undecided(String cache, @Nullable Boolean answer) {
            return "";
        }

        @RedisCacheable(key = "#{#cache}")
        public String failing(String cache) throws IOException {
            CALLS.incrementAndGet();
            throw new IOException("no luck");
        }

        @RedisCacheable(key = "#{#cache}")
        @Synchronized(key = "#{#cache}", blocking = false)
        public String locked(String cache) {
            return CurrentLease.get().toString();
        }

        @RedisCacheable(key = "#{#cache}", arguments = "#words")
        public String many(String cache, String... words) {
            return String.join("", words);
        }

        @RedisCacheable(key = "#{#cache}", sync = true, lease = "1m")
        @Synchronized(key = "#{#cache}", autoReleaseTime = "1m")
        public String inner(String cache) {
            return "computed";
        }

        @Synchronized(key = "#{#cache}", autoReleaseTime = "1m")
        public String outer(String cache, Supplier<String> work) {
            return work.get();
        }

        @RedisCacheable(key = "${fixed}", arguments = "#id", ttl = "1h")
        public String fixed(long id) {
            CALLS.incrementAndGet();
            return "fixed " + id;
        }

        @RedisCacheable(key = "#{#cache}")
        public String overloaded(String cache) {
            return "";
        }

        @RedisCacheable(key = "#{#cache}")
        public String overloaded(String cache, int more) {
            return "";
        }

        @RedisCacheEvict(key = "#{#cache}", arguments = "#id")
        public void change(String cache, long id) {
            CALLS.incrementAndGet();
        }

        @RedisCacheEvict(key = "#{#cache}", arguments = "#id")
        @RedisCacheEvict(key = "#{#other}", allEntries = true)
        public boolean changeBoth(String cache, String other, long id) {
            return true;
        }

        @RedisCacheEvict(key = "#{#cache}", arguments = "#id", condition = "#result.item == 'new'")
        public Optional<Order> changeIf(String cache, long id, String item) {
            return Optional.of(new Order(id, item));
        }

        @RedisCacheEvict(key = "#{#cache}", arguments = "#id")
        public void changeInVain(String cache, long id) {
            throw new IllegalStateException("in vain");
        }

        @RedisCacheEvict(key = "#{#cache}", arguments = "#id", beforeInvocation = true)
        public void changeAfterwards(String cache, long id) {
            throw new IllegalStateException("in vain");
        }

        @RedisCacheEvict(key = "#{#cache}")
        public void changeAll(String cache, List<Long> ids) {
            ids.clear();
        }

        @RedisCacheable(key = "#{#cache}")
        public String unwritable(String cache, Runnable what) {
            return "";
        }

        @RedisCacheEvict(key = "#{#cache}", failOpen = true)
        public void changeUnwritable(String cache, Runnable what) {
            CALLS.incrementAndGet();
        }

        @RedisCacheEvict(key = "#{#cache}", condition = "#cache != null")
        public void changeNamed(@Nullable String cache) {
            CALLS.incrementAndGet();
        }
    }

    @RedisCacheable(key = "")
    @Retention(RetentionPolicy.RUNTIME)
    @interface Remembered {

        @AliasFor(annotation = RedisCacheable.class, attribute = "key")
        String by();
    }

    static class Composed {

        private int calls;

        @Remembered(by = "#{#cache}")
        protected int count(String cache) {
            return ++calls;
        }
    }

    interface Stock {

        @RedisCacheable(key = "#{#cache}")
        int count(String cache);
    }

    static class ImplementedStock implements Stock {

        private int calls;

        @Override
        public int count(String cache) {
            return ++calls;
        }
    }

    static class Unlucky {

        @RedisCacheEvict(key = "#{#cache}", arguments = "#cache")
        public String change(String cache) {
            return "changed";
        }

        @RedisCacheEvict(key = "#{#cache}", arguments = "#cache", failOpen = true)
        public String changeAnyway(String cache) {
            return "changed";
        }

        @RedisCacheable(key = "#{#cache}", failOpen = false)
        public String read(String cache) {
            return "read";
        }
    }

    @Test
    void aCallThatWasThereBeforeIsAnsweredWithoutTheMethod() {
        assertThat(shop.order(name, 1, "a")).isEqualTo(new Order(1, "a"));
        assertThat(shop.order(name, 1, "b")).isEqualTo(new Order(1, "a"));
        assertThat(shop.order(name, 2, "b")).isEqualTo(new Order(2, "b"));
        assertThat(pottery.cache(name, String.class, Order.class).info().size()).isEqualTo(2);
    }

    @Test
    void allArgumentsTellEntriesApartByDefault() {
        assertThat(shop.all(name, List.of(1L, 2L))).hasSize(2);
        assertThat(shop.all(name, List.of(1L, 2L))).containsExactly(new Order(1, "x"), new Order(2, "x"));
        assertThat(shop.all(name, List.of(1L))).hasSize(1);
    }

    @Test
    void nullIsCachedOnlyIfThatIsWanted() {
        int before = CALLS.get();
        assertThat(shop.mayBeNull(name)).isNull();
        assertThat(shop.mayBeNull(name)).isNull();
        assertThat(CALLS).hasValue(before + 2);
        assertThat(shop.remembersNothing(name)).isEmpty();
        assertThat(shop.remembersNothing(name)).isEmpty();
        assertThat(CALLS).hasValue(before + 3);
    }

    @Test
    void valuesComeBackAsTheMethodReturnsThem() {
        assertThat(shop.optional(name)).contains(new Order(1, "x"));
        assertThat(shop.optional(name)).contains(new Order(1, "x"));
        String other = TestRedis.freshKey();
        assertThat(shop.number(other)).isEqualTo(shop.number(other));
    }

    @Test
    void numbersThatMayBeMissingAreCachedAsNumbers() {
        int before = CALLS.get();
        for (int i = 0; i < 2; i++) {
            assertThat(shop.optionalInt(name, OptionalInt.of(5))).hasValue(5);
            assertThat(shop.optionalDouble(name, OptionalDouble.of(2.5)).join()).hasValue(2.5);
        }
        assertThat(CALLS).hasValue(before + 2);
        assertThat(TestRedis.hash(name).values()).anyMatch(json -> json.endsWith("5"));
        String other = TestRedis.freshKey();
        for (int i = 0; i < 2; i++) {
            assertThat(shop.optionalInt(other, OptionalInt.empty())).isEmpty();
            assertThat(shop.optionalDouble(other, OptionalDouble.empty()).join())
                    .isEmpty();
        }
        assertThat(CALLS).hasValue(before + 5);
    }

    @Test
    void conditionsDecideAboutTheCacheAndAboutStoring() {
        int before = CALLS.get();
        shop.conditional(name, 1, "x");
        shop.conditional(name, 1, "x");
        shop.conditional(name, 9, "x");
        shop.conditional(name, 9, "x");
        shop.conditional(name, 7, "secret");
        shop.conditional(name, 7, "secret");
        assertThat(CALLS).hasValue(before + 6);
        shop.conditional(name, 7, "open");
        shop.conditional(name, 7, "open");
        assertThat(CALLS).hasValue(before + 7);
        assertThatExceptionOfType(PotteryException.class)
                .isThrownBy(() -> shop.undecided(name, null))
                .withMessageContaining("Shop.undecided did not run, because of its condition: '#answer' is null");
    }

    @Test
    void whatTheMethodThrowsIsThrownAndNotCached() {
        int before = CALLS.get();
        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> shop.failing(name))
                    .withMessage("no luck");
        }
        assertThat(CALLS).hasValue(before + 2);
    }

    @Test
    void aHitTakesNoLock() throws InterruptedException {
        String lease = shop.locked(name);
        try (Lease held = pottery.redlock(name).acquire()) {
            assertThat(shop.locked(name)).isEqualTo(lease).isNotEqualTo(held.toString());
        }
    }

    @Test
    void whoeverHoldsALeaseDoesNotWaitForOneWhoWaitsForThatLock() throws Exception {
        CompletableFuture<Boolean> held = new CompletableFuture<>();
        CompletableFuture<Boolean> missed = new CompletableFuture<>();
        CompletableFuture<String> holder = CompletableFuture.supplyAsync(() -> shop.outer(name, () -> {
            held.complete(true);
            missed.join();
            return shop.inner(name);
        }));
        held.get(10, TimeUnit.SECONDS);
        CompletableFuture<String> other = CompletableFuture.supplyAsync(() -> shop.inner(name));
        await().until(() -> caches.of(shop, "inner").cache(name).info().misses() == 1);
        missed.complete(true);
        assertThat(holder.get(10, TimeUnit.SECONDS)).isEqualTo("computed");
        assertThat(other.get(10, TimeUnit.SECONDS)).isEqualTo("computed");
    }

    @Test
    void annotationsMayBeComposedAndStandAtInterfaces() {
        assertThat(context.getBean(Composed.class).count(name))
                .isEqualTo(context.getBean(Composed.class).count(name));
        String other = TestRedis.freshKey();
        Stock stock = context.getBean(Stock.class);
        assertThat(stock.count(other)).isEqualTo(stock.count(other));
    }

    @Test
    void callersThatMissAtTheSameTimeShareOneCall() {
        int before = CALLS.get();
        CountDownLatch ready = new CountDownLatch(1);
        List<CompletableFuture<Integer>> callers = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> {
                    await().until(() -> ready.getCount() == 0);
                    return shop.number(name);
                }))
                .toList();
        ready.countDown();
        assertThat(callers).extracting(CompletableFuture::join).containsOnly(before + 1);
    }

    @Test
    void evictionsFollowTheMethod() {
        shop.order(name, 1, "old");
        shop.order(name, 2, "old");
        shop.change(name, 1);
        assertThat(shop.order(name, 1, "new").item()).isEqualTo("new");
        assertThat(shop.order(name, 2, "new").item()).isEqualTo("old");
        String other = TestRedis.freshKey();
        shop.order(other, 3, "old");
        assertThat(shop.changeBoth(name, other, 2)).isTrue();
        assertThat(shop.order(name, 2, "new").item()).isEqualTo("new");
        assertThat(shop.order(other, 3, "new").item()).isEqualTo("new");
    }

    @Test
    void evictionsDependOnTheResultIfTheySaySo() {
        shop.order(name, 1, "old");
        shop.changeIf(name, 1, "same");
        assertThat(shop.order(name, 1, "new").item()).isEqualTo("old");
        shop.changeIf(name, 1, "new");
        assertThat(shop.order(name, 1, "new").item()).isEqualTo("new");
    }

    @Test
    void aMethodThatFailsEvictsOnlyBeforeIt() {
        shop.order(name, 1, "old");
        assertThatIllegalStateException().isThrownBy(() -> shop.changeInVain(name, 1));
        assertThat(shop.order(name, 1, "new").item()).isEqualTo("old");
        assertThatIllegalStateException().isThrownBy(() -> shop.changeAfterwards(name, 1));
        assertThat(shop.order(name, 1, "new").item()).isEqualTo("new");
    }

    @Test
    void whichEntryIsMeantIsToldBeforeTheMethodRuns() {
        int before = CALLS.get();
        shop.all(name, List.of(1L));
        shop.changeAll(name, new ArrayList<>(List.of(1L)));
        shop.all(name, List.of(1L));
        assertThat(CALLS).hasValue(before + 2);
        assertThatExceptionOfType(UnencodableValueException.class)
                .isThrownBy(() -> shop.changeUnwritable(name, () -> {}))
                .withMessageContaining("Shop.changeUnwritable did not run, because its arguments have no JSON:");
        assertThatExceptionOfType(UnencodableValueException.class)
                .isThrownBy(() -> shop.unwritable(name, () -> {}))
                .withMessageContaining("Shop.unwritable did not run, because its arguments have no JSON:");
        assertThat(CALLS).hasValue(before + 2);
    }

    @Test
    void aConditionIsAskedBeforeTheKey() {
        int before = CALLS.get();
        shop.changeNamed(null);
        assertThat(CALLS).hasValue(before + 1);
    }

    @Test
    void failuresOfRedisAreThrownUnlessTheyAreForgiven() {
        pottery.list(name, String.class).add("no cache");
        Unlucky unlucky = context.getBean(Unlucky.class);
        assertThatExceptionOfType(PotteryException.class).isThrownBy(() -> unlucky.change(name));
        assertThatExceptionOfType(PotteryException.class).isThrownBy(() -> unlucky.read(name));
        assertThat(unlucky.changeAnyway(name)).isEqualTo("changed");
    }

    @Test
    void aCachedMethodTellsHowItDoesAndGoesPastItsCache() {
        CachedMethod fixed = caches.of(shop, "fixed");
        fixed.cacheClear();
        int before = CALLS.get();
        shop.fixed(1);
        shop.fixed(1);
        assertThat(fixed.cacheInfo().hits()).isEqualTo(1);
        assertThat(fixed.cacheInfo().misses()).isEqualTo(1);
        assertThat(fixed.bypass(1L)).isEqualTo("fixed 1");
        assertThat(((Shop) fixed.wrapped()).fixed(1)).isEqualTo("fixed 1");
        assertThat(CALLS).hasValue(before + 3);
        assertThat(fixed.cacheInfo().hits()).isEqualTo(1);
        assertThat(fixed.cacheInfo().misses()).isEqualTo(1);
        assertThat(fixed.bypass(2L)).isEqualTo("fixed 2");
        shop.fixed(2);
        assertThat(fixed.cacheInfo().hits()).isEqualTo(2);
        assertThat(fixed.cacheInfo().size()).isEqualTo(2);
        fixed.evict(1L);
        assertThat(fixed.cacheInfo().size()).isEqualTo(1);
        fixed.cacheClear();
        assertThat(fixed.cacheInfo().size()).isZero();
        assertThat(caches.of(shop, "fixed").cache(5L)).isSameAs(fixed.cache(6L));
    }

    @Test
    void aMethodWhoseKeyChangesHasACacheForEach() {
        CachedMethod order = caches.of(shop, "order");
        shop.order(name, 1, "old");
        shop.order(name, 1, "old");
        assertThat(order.cache(name, 1L, "").info().hits()).isEqualTo(1);
        assertThat(order.bypass(name, 1L, "new")).isEqualTo(new Order(1, "new"));
        assertThat(shop.order(name, 1, "old").item()).isEqualTo("new");
        order.evict(name, 1L, "");
        assertThat(shop.order(name, 1, "newest").item()).isEqualTo("newest");
        assertThatIllegalStateException()
                .isThrownBy(order::cacheInfo)
                .withMessageContaining("Shop.order has a cache for each value of its key: ask cache(arguments)");
        assertThatIllegalStateException().isThrownBy(order::cacheClear);
    }

    @Test
    void bypassKeepsLocksAndConditions() throws InterruptedException {
        CachedMethod locked = caches.of(shop, "locked");
        assertThat(locked.bypass(name)).asString().contains(name);
        try (Lease held = pottery.redlock(name).acquire()) {
            assertThatExceptionOfType(PotteryException.class)
                    .isThrownBy(() -> locked.bypass(name))
                    .withMessageContaining(held.toString().isEmpty() ? "" : "did not run");
        }
        String other = TestRedis.freshKey();
        CachedMethod conditional = caches.of(shop, "conditional");
        conditional.bypass(other, 7, "secret");
        conditional.bypass(other, 1, "x");
        assertThat(conditional.cache(other, 7, "").info().size()).isZero();
        assertThatExceptionOfType(UndeclaredThrowableException.class)
                .isThrownBy(() -> caches.of(shop, "failing").bypass(name))
                .withCauseInstanceOf(IOException.class);
    }

    @Test
    void whatIsNoCachedMethodIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> caches.of(shop, "nope"))
                .withMessageContaining("Shop has no method nope() with @RedisCacheable: there is all(String, List)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> caches.of(shop, "change"))
                .withMessageContaining("no method change()");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> caches.of(shop, "overloaded"))
                .withMessageContaining("overloaded(String), overloaded(String, int): give the parameter types");
        assertThat(caches.of(shop, "overloaded", String.class, int.class))
                .hasToString("CachedMethod[io.pottery.aop.RedisCacheableTest$Shop.overloaded]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> caches.of(new Shop(), "fixed"))
                .withMessageContaining("is no bean with the advice of @RedisCacheable");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> caches.of(shop, "fixed").bypass())
                .withMessageContaining("has 1 parameters, but there were 0 arguments");
    }

    @Test
    void proxiesOfInterfacesArePassedByToo() {
        try (AnnotationConfigApplicationContext interfaces =
                Contexts.with(Map.of("spring.aop.proxy-target-class", "false"), ImplementedStock.class)) {
            Stock stock = interfaces.getBean(Stock.class);
            CachedMethod count = interfaces.getBean(RedisCaches.class).of(stock, "count");
            assertThat(stock.count(name)).isEqualTo(1);
            assertThat(((Stock) count.wrapped()).count(name)).isEqualTo(2);
            assertThat(count.bypass(name)).isEqualTo(3);
            assertThat(stock.count(name)).isEqualTo(3);
        }
    }

    @Scope(scopeName = "prototype", proxyMode = ScopedProxyMode.TARGET_CLASS)
    static class ScopedStock extends ImplementedStock {

        private static final AtomicInteger OBJECTS = new AtomicInteger();

        private final int number = OBJECTS.incrementAndGet();

        @Override
        public int count(String cache) {
            return number;
        }
    }

    static class LazilyStocked {

        final Stock stock;

        LazilyStocked(@Lazy ImplementedStock stock) {
            this.stock = stock;
        }
    }

    @Test
    void whatIsBehindOtherProxiesIsPassedByToo() {
        try (AnnotationConfigApplicationContext lazy = Contexts.with(ImplementedStock.class, LazilyStocked.class)) {
            Stock stock = lazy.getBean(LazilyStocked.class).stock;
            assertThat(stock.count(name)).isEqualTo(1);
            assertThat(lazy.getBean(RedisCaches.class).of(stock, "count").bypass(name))
                    .isEqualTo(2);
            assertThat(stock.count(name)).isEqualTo(2);
        }
    }

    @Test
    void theObjectOfAScopeIsTheOneThatThereIsWhenItIsCalled() {
        try (AnnotationConfigApplicationContext scoped = Contexts.with(ScopedStock.class)) {
            Stock stock = scoped.getBean(Stock.class);
            CachedMethod count = scoped.getBean(RedisCaches.class).of(stock, "count");
            Object first = count.bypass(name);
            assertThat(stock.count(name)).isEqualTo(first);
            Object second = count.bypass(name);
            assertThat(second).isNotEqualTo(first);
            assertThat(stock.count(name)).isEqualTo(second);
            assertThat(((Stock) count.wrapped()).count(name)).isNotEqualTo(((Stock) count.wrapped()).count(name));
        }
    }

    @Test
    void argumentsArePassedAsTheMethodTakesThem() {
        CachedMethod fixed = caches.of(shop, "fixed");
        fixed.cacheClear();
        fixed.bypass(5);
        assertThat(fixed.cacheInfo().size()).isEqualTo(1);
        fixed.evict(5);
        assertThat(fixed.cacheInfo().size()).isZero();
        CachedMethod many = caches.of(shop, "many");
        many.bypass(name, new String[] {"a", "b"});
        many.evict(name, new String[] {"a", "b"});
        assertThat(many.cache(name, new String[0]).info().size()).isZero();
        assertThat(caches.of(shop, "mayBeNull").bypass((Object) name)).isNull();
    }

    @Test
    void argumentsThatTheMethodDoesNotTakeAreRefused() {
        CachedMethod fixed = caches.of(shop, "fixed");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fixed.evict("5"))
                .withMessage(
                        "io.pottery.aop.RedisCacheableTest$Shop.fixed: argument 0 must be a long, was a java.lang.String");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fixed.bypass((Object) null))
                .withMessageContaining("argument 0 must be a long, was null");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fixed.cache((Object[]) null))
                .withMessageContaining("Shop.fixed: there is no array of arguments; null as the only argument is");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> caches.of(shop, "many").evict(name, "a"))
                .withMessageContaining(
                        "argument 1 must be a java.lang.String[], was a java.lang.String: give an array");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> caches.of(shop, "order").evict(name, 1.5, "x"))
                .withMessageContaining("argument 1 must be a long, was a java.lang.Double");
    }
}
