package io.pottery.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.instanceOf;

import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.pottery.PotteryFactory;
import io.pottery.error.PotteryException;
import io.pottery.error.UnencodableValueException;
import io.pottery.testing.TestRedis;
import io.pottery.testing.Threads;
import io.pottery.testredis.RedisServer;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.cache.Cache;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.CachePut;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.interceptor.SimpleKey;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Spring's own annotations. */
class PotteryCacheManagerTest {

    private static final CacheOptions OPTIONS = CacheOptions.defaults();
    private static final CacheOptions WITH_NULLS = OPTIONS.withNullTtl(Duration.ofMinutes(1));
    private static final Duration SOON = Duration.ofSeconds(20);

    private final PotteryFactory pottery = TestRedis.pottery();
    private final RedisServer redis = TestRedis.server();
    private final String key = TestRedis.freshKey();
    private AnnotationConfigApplicationContext context;

    record Book(long isbn, String title) {}

    @Configuration(proxyBeanMethods = false)
    @EnableCaching
    static class Caching {}

    static class Shop {

        private final AtomicInteger calls = new AtomicInteger();

        public int calls() {
            return calls.get();
        }

        @Cacheable("books")
        public Book find(long isbn) {
            calls.incrementAndGet();
            return new Book(isbn, "Title");
        }

        @CachePut(cacheNames = "books", key = "#book.isbn")
        public Book save(Book book) {
            return book;
        }

        @CachePut("books")
        public Book lose(long isbn) {
            return null;
        }

        @CacheEvict("books")
        public void remove(long isbn) {}

        @CacheEvict(cacheNames = "books", beforeInvocation = true)
        public void removeBefore(long isbn) {}

        @CacheEvict(cacheNames = "books", allEntries = true)
        public void removeAll() {}

        @CacheEvict(cacheNames = "books", allEntries = true, beforeInvocation = true)
        public void removeAllBefore() {}

        @Cacheable("books")
        public List<Book> byAuthor(String author, int page) {
            calls.incrementAndGet();
            return List.of(new Book(page, author));
        }

        @Cacheable("books")
        public Object any(Object... parameters) {
            return calls.incrementAndGet();
        }

        @Cacheable(cacheNames = "books", key = "T(io.pottery.cache.Arguments).of(#a, #b)")
        public Object both(Object a, Object b) {
            return calls.incrementAndGet();
        }

        @Cacheable(cacheNames = "books", key = "#number")
        public <T> T get(int number, Callable<T> inside) throws Exception {
            calls.incrementAndGet();
            return inside.call();
        }

        @Cacheable(cacheNames = "books", key = "#number", sync = true)
        public <T> T getInSync(int number, Callable<T> inside) throws Exception {
            calls.incrementAndGet();
            return inside.call();
        }

        @Cacheable(cacheNames = "books", key = "#number")
        public Optional<Book> maybe(int number, Callable<Optional<Book>> inside) throws Exception {
            calls.incrementAndGet();
            return inside.call();
        }

        @Cacheable(cacheNames = "books", key = "#number")
        public <T> CompletableFuture<T> future(int number, Supplier<CompletableFuture<T>> inside) {
            calls.incrementAndGet();
            return inside.get();
        }

        @Cacheable(cacheNames = "books", key = "#number", sync = true)
        public <T> CompletableFuture<T> futureInSync(int number, Supplier<CompletableFuture<T>> inside) {
            calls.incrementAndGet();
            return inside.get();
        }

        @Cacheable(cacheNames = "books", key = "#number")
        public <T> Mono<T> mono(int number, Mono<T> inside) {
            return inside.doOnSubscribe(subscription -> calls.incrementAndGet());
        }

        @Cacheable(cacheNames = "books", key = "#number", sync = true)
        public <T> Mono<T> monoInSync(int number, Mono<T> inside) {
            return inside.doOnSubscribe(subscription -> calls.incrementAndGet());
        }

        @Cacheable(cacheNames = "books", key = "#number")
        public <T> Flux<T> flux(int number, Flux<T> inside) {
            return inside.doOnSubscribe(subscription -> calls.incrementAndGet());
        }

        @Cacheable(cacheNames = "books", key = "#number", sync = true)
        public <T> Flux<T> fluxInSync(int number, Flux<T> inside) {
            return inside.doOnSubscribe(subscription -> calls.incrementAndGet());
        }

        @CachePut(cacheNames = "books", key = "#number")
        public <T> Mono<T> saveLater(int number, Mono<T> inside) {
            return inside;
        }

        @CacheEvict(cacheNames = "books", key = "#number")
        public Mono<Boolean> removeLater(int number, Mono<Boolean> inside) {
            return inside;
        }

        @Cacheable("nowhere")
        public String elsewhere(int number) {
            return "";
        }
    }

    @FunctionalInterface
    private interface Work {
        void in(Shop shop) throws Exception;
    }

    @AfterEach
    void close() {
        if (context != null) {
            context.close();
        }
    }

    @Test
    void resultsAreRemembered() {
        Shop shop = shop(cache(Book.class, OPTIONS));
        assertThat(shop.find(1)).isEqualTo(new Book(1, "Title"));
        assertThat(shop.find(1)).isEqualTo(new Book(1, "Title"));
        assertThat(shop.find(2)).isEqualTo(new Book(2, "Title"));
        assertThat(shop.calls()).isEqualTo(2);
        assertThat(TestRedis.hash(key).values())
                .containsExactlyInAnyOrder(
                        "{\"isbn\": 1, \"title\": \"Title\"}", "{\"isbn\": 2, \"title\": \"Title\"}");
    }

    @Test
    void theEntriesAreThoseThatTheCacheItselfHas() {
        RedisCache<Long, Book> books = pottery.cache(key, Long.class, Book.class);
        Shop shop = shop(books);
        books.put(7L, new Book(7, "Own"));
        assertThat(shop.find(7).title()).isEqualTo("Own");
        shop.find(8);
        assertThat(books.getIfPresent(8L)).isEqualTo(new Book(8, "Title"));
        assertThat(books.info().hits()).isEqualTo(2);
    }

    @Test
    void parametersAreToldApart() {
        Shop shop = shop(cache(Integer.class, OPTIONS));
        List<Supplier<Object>> calls = List.of(
                () -> shop.any(),
                () -> shop.any((Object) null),
                () -> shop.any(1, 2),
                () -> shop.any(1, 2L),
                () -> shop.any("1", "2"),
                () -> shop.any(1, null),
                () -> shop.any(null, 1),
                () -> shop.any(2, 1),
                () -> shop.any(new int[] {1, 2}, "a"),
                () -> shop.any(new int[] {1, 3}, "a"),
                () -> shop.any(List.of(1, 2), new Book(1, "One")),
                () -> shop.any(List.of(1, 2), new Book(1, "Two")),
                () -> shop.any(1, 2, 3));
        for (int round = 0; round < 2; round++) {
            assertThat(calls.stream().map(Supplier::get))
                    .isEqualTo(IntStream.rangeClosed(1, calls.size()).boxed().toList());
        }
        assertThat(pottery.cache(key, Arguments.class, Integer.class).getIfPresent(Arguments.of(1, 2)))
                .isEqualTo(3);
        assertThat(shop.both(1, 2L)).isEqualTo(4);
        assertThat(shop.both(2L, 1)).isEqualTo(calls.size() + 1);
    }

    @Test
    void typesWithArgumentsAreRead() {
        Shop shop = shop(pottery.cache(
                key, Object.class, pottery.json(new ParameterizedTypeReference<List<Book>>() {}), OPTIONS));
        assertThat(shop.byAuthor("Ann", 3)).containsExactly(new Book(3, "Ann"));
        assertThat(shop.byAuthor("Ann", 3)).containsExactly(new Book(3, "Ann"));
        assertThat(shop.byAuthor("Ann", 4)).containsExactly(new Book(4, "Ann"));
        assertThat(shop.calls()).isEqualTo(2);
    }

    @Test
    void entriesAreReplacedAndRemoved() {
        Shop shop = shop(cache(Book.class, OPTIONS));
        shop.find(1);
        shop.find(2);
        shop.save(new Book(1, "New"));
        assertThat(shop.find(1).title()).isEqualTo("New");
        shop.remove(1);
        assertThat(shop.find(1).title()).isEqualTo("Title");
        shop.save(new Book(1, "New"));
        shop.removeBefore(1);
        assertThat(shop.find(1).title()).isEqualTo("Title");
        assertThat(shop.calls()).isEqualTo(4);
        assertThat(TestRedis.hash(key)).hasSize(2);
        shop.removeAll();
        assertThat(TestRedis.hash(key)).isEmpty();
        shop.find(1);
        shop.removeAllBefore();
        assertThat(TestRedis.hash(key)).isEmpty();
    }

    @Test
    void clearingUnlinksOneKeyWhateverElseThereIs() {
        Shop shop = shop(cache(Book.class, OPTIONS));
        IntStream.range(0, 100).forEach(shop::find);
        shop.removeAll();
        shop.find(1);
        redis.execute("CONFIG", "RESETSTAT");
        shop.removeAll();
        assertThat(String.valueOf(redis.execute("INFO", "commandstats")))
                .contains("cmdstat_unlink:calls=1,", "cmdstat_evalsha:calls=1,")
                .doesNotContain("cmdstat_keys", "cmdstat_scan", "cmdstat_del:", "cmdstat_hdel");
    }

    @Test
    void nullsAreReturnedAndNotStored() throws Exception {
        Shop shop = shop(cache(Book.class, OPTIONS));
        for (int i = 1; i <= 2; i++) {
            assertThat(shop.<Book>get(1, () -> null)).isNull();
            assertThat(shop.<Book>getInSync(2, () -> null)).isNull();
            assertThat(shop.maybe(3, Optional::empty)).isEmpty();
            assertThat(shop.<Book>future(4, () -> done(null)).join()).isNull();
            assertThat(shop.<Book>futureInSync(5, () -> done(null)).join()).isNull();
            assertThat(shop.<Book>mono(6, Mono.empty()).block(SOON)).isNull();
            assertThat(shop.<Book>monoInSync(7, Mono.empty()).block(SOON)).isNull();
            assertThat(shop.calls()).isEqualTo(7 * i);
        }
        assertThat(redis.execute("EXISTS", key)).isEqualTo(0L);
    }

    @Test
    void nullsAreStoredIfTheOptionsSayForHowLong() throws Exception {
        Shop shop = shop(cache(Book.class, WITH_NULLS));
        for (int i = 1; i <= 2; i++) {
            assertThat(shop.<Book>get(1, () -> null)).isNull();
            assertThat(shop.<Book>getInSync(2, () -> null)).isNull();
            assertThat(shop.maybe(3, Optional::empty)).isEmpty();
            assertThat(shop.<Book>future(4, () -> done(null)).join()).isNull();
            assertThat(shop.<Book>futureInSync(5, () -> done(null)).join()).isNull();
            assertThat(shop.<Book>mono(6, Mono.empty()).block(SOON)).isNull();
            assertThat(shop.<Book>monoInSync(7, Mono.empty()).block(SOON)).isNull();
            assertThat(shop.calls()).isEqualTo(7);
        }
        assertThat(TestRedis.hash(key).values()).hasSize(7).allMatch(value -> value.matches("\\d+ null"));
    }

    @Test
    void aNullInPlaceOfAValueRemovesTheValue() {
        Shop shop = shop(cache(Book.class, OPTIONS));
        shop.find(1);
        shop.lose(1);
        assertThat(TestRedis.hash(key)).isEmpty();
    }

    @Test
    void optionalsAreStoredAsWhatIsInside() throws Exception {
        Shop shop = shop(cache(Book.class, OPTIONS));
        assertThat(shop.maybe(1, () -> Optional.of(new Book(1, "One")))).contains(new Book(1, "One"));
        assertThat(shop.maybe(1, Optional::empty)).contains(new Book(1, "One"));
        assertThat(shop.calls()).isEqualTo(1);
    }

    @Test
    void exceptionsReachTheCallerAsTheyAreAndAreNotStored() throws Exception {
        Shop shop = shop(cache(Book.class, OPTIONS));
        IOException failure = new IOException("no paper");
        Callable<Book> failing = () -> {
            throw failure;
        };
        assertThatThrownBy(() -> shop.get(1, failing)).isSameAs(failure);
        assertThatThrownBy(() -> shop.getInSync(1, failing)).isSameAs(failure);
        assertThat(shop.<Book>future(1, () -> CompletableFuture.failedFuture(failure)))
                .failsWithin(SOON)
                .withThrowableThat()
                .withCause(failure);
        assertThat(shop.<Book>futureInSync(1, () -> CompletableFuture.failedFuture(failure)))
                .failsWithin(SOON)
                .withThrowableThat()
                .withCause(failure);
        assertThatThrownBy(() -> shop.mono(1, Mono.error(failure)).block(SOON)).hasRootCause(failure);
        assertThatThrownBy(() -> shop.monoInSync(1, Mono.error(failure)).block(SOON))
                .hasRootCause(failure);
        assertThat(redis.execute("EXISTS", key, "{" + key + "}:loads")).isEqualTo(0L);
        assertThat(shop.getInSync(1, () -> new Book(1, "One"))).isEqualTo(new Book(1, "One"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void futuresAndPublishersAreRemembered(boolean sync) {
        Shop shop = shop(cache(Book.class, OPTIONS));
        Book book = new Book(1, "One");
        for (int i = 0; i < 2; i++) {
            CompletableFuture<Book> future = sync
                    ? shop.futureInSync(1, () -> CompletableFuture.supplyAsync(() -> book))
                    : shop.future(1, () -> CompletableFuture.supplyAsync(() -> book));
            assertThat(future).succeedsWithin(SOON).isEqualTo(book);
            Mono<Book> late = Mono.delay(Duration.ofMillis(1)).thenReturn(book);
            Mono<Book> mono = sync ? shop.monoInSync(2, late) : shop.mono(2, late);
            assertThat(mono.block(SOON)).isEqualTo(book);
            await().untilAsserted(() -> assertThat(TestRedis.hash(key)).hasSize(2));
        }
        assertThat(shop.calls()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void manyValuesOfOnePublisherAreOneEntry(boolean sync) {
        Shop shop = shop(pottery.cache(
                key, Object.class, pottery.json(new ParameterizedTypeReference<List<Book>>() {}), OPTIONS));
        Flux<Book> books = Flux.range(1, 3).map(isbn -> new Book(isbn, "Title"));
        for (int i = 0; i < 2; i++) {
            Flux<Book> flux = sync ? shop.fluxInSync(1, books) : shop.flux(1, books);
            assertThat(flux.collectList().block(SOON)).extracting(Book::isbn).containsExactly(1L, 2L, 3L);
        }
        assertThat(shop.calls()).isEqualTo(1);
        assertThat(TestRedis.hash(key)).hasSize(1);
    }

    @Test
    void theThreadThatReadsRepliesNeverWaitsForOne() {
        Shop shop = shop(cache(String.class, OPTIONS));
        assertThat(shop.future(1, this::lateReply)).succeedsWithin(SOON).isEqualTo("OK");
        await().untilAsserted(() -> assertThat(TestRedis.hash(key)).hasSize(1));
        assertThat(shop.removeLater(1, Mono.fromFuture(this::lateReply).map("OK"::equals))
                        .block(SOON))
                .isTrue();
        await().untilAsserted(() -> assertThat(TestRedis.hash(key)).isEmpty());
        assertThat(shop.futureInSync(1, this::lateReply)).succeedsWithin(SOON).isEqualTo("OK");
        assertThat(TestRedis.hash(key)).hasSize(1);
    }

    /** A reply that comes when somebody listens, over the connection that caches use. */
    @SuppressWarnings("unchecked") // as Spring Data Redis has it
    private CompletableFuture<String> lateReply() {
        try (RedisConnection connection = TestRedis.connections().getConnection()) {
            String script = """
                    local start = redis.call('TIME')[2]
                    repeat until math.abs(redis.call('TIME')[2] - start) > 200000
                    return redis.status_reply('OK')
                    """;
            return ((RedisClusterAsyncCommands<byte[], byte[]>) connection.getNativeConnection())
                    .<String>eval(script, ScriptOutputType.STATUS)
                    .toCompletableFuture();
        }
    }

    @Test
    void changesOnThreadsThatMustNotWaitKeepTheirOrder() {
        Shop shop = shop(cache(Integer.class, OPTIONS));
        int last = 300;
        Flux.range(1, last)
                .publishOn(Schedulers.parallel())
                .concatMap(i -> shop.saveLater(1, Mono.just(i)))
                .blockLast(SOON);
        await().untilAsserted(() -> assertThat(TestRedis.hash(key)).containsValue(Integer.toString(last)));
        Cache cache = PotteryCacheManager.of(Map.of("books", cache(Integer.class, OPTIONS)))
                .getCache("books");
        Mono.fromRunnable(() -> IntStream.range(0, 300).forEach(i -> {
                    cache.put(i, i);
                    cache.evictIfPresent(i);
                }))
                .then(Mono.fromRunnable(cache::clear))
                .then(Mono.fromRunnable(() -> cache.put(0, -1)))
                .subscribeOn(Schedulers.parallel())
                .block(SOON);
        await().untilAsserted(() -> assertThat(TestRedis.hash(key).values()).containsExactly("-1"));
    }

    @Test
    void inSyncOneThreadComputesAndTheOthersGetItsResult() {
        Shop shop = shop(cache(Integer.class, OPTIONS));
        Threads.run(
                30, thread -> assertThat(shop.<Integer>getInSync(1, slow(42))).isEqualTo(42));
        assertThat(shop.calls()).isEqualTo(1);
        Threads.run(
                30,
                thread -> assertThat(shop.futureInSync(2, () -> CompletableFuture.supplyAsync(late(43))))
                        .succeedsWithin(SOON)
                        .isEqualTo(43));
        assertThat(shop.calls()).isEqualTo(2);
    }

    @Test
    void inSyncOneProcessComputesAndTheOthersGetItsResult() {
        List<Cache> processes = IntStream.range(0, 3)
                .mapToObj(i -> cache(Integer.class, OPTIONS.withSync()))
                .map(each -> PotteryCacheManager.of(Map.of("books", each)).getCache("books"))
                .toList();
        AtomicInteger calls = new AtomicInteger();
        Threads.run(
                30,
                thread -> assertThat(processes.get(thread % 3).<Integer>get(1, () -> {
                            calls.incrementAndGet();
                            return slow(42).call();
                        }))
                        .isEqualTo(42));
        assertThat(calls).hasValue(1);
    }

    @Test
    void inSyncNothingIsStoredThatBeganBeforeAnEviction() throws Exception {
        Shop shop = shop(cache(Integer.class, OPTIONS));
        assertThat(shop.<Integer>getInSync(1, () -> evictingElsewhere(1))).isEqualTo(1);
        assertThat(TestRedis.hash(key)).isEmpty();
        assertThat(shop.<Integer>get(1, () -> evictingElsewhere(1))).isEqualTo(1);
        assertThat(TestRedis.hash(key)).as("by Spring itself").hasSize(1);
    }

    private int evictingElsewhere(int number) {
        cache(Integer.class, OPTIONS).evict(number);
        return number;
    }

    @Test
    void inSyncAnErrorOfOneIsNotThatOfOthers() {
        Shop shop = shop(cache(Integer.class, OPTIONS));
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread first = new Thread(() -> failure.set(catchThrowable(() -> shop.getInSync(1, () -> {
            begun.countDown();
            end.await();
            throw new StackOverflowError();
        }))));
        first.start();
        Threads.run(3, thread -> {
            begun.await();
            if (thread == 0) {
                TimeUnit.MILLISECONDS.sleep(300);
                end.countDown();
            } else {
                assertThat(shop.<Integer>getInSync(1, () -> 5)).isEqualTo(5);
            }
        });
        await().untilAtomic(failure, instanceOf(StackOverflowError.class));
    }

    @Test
    void inSyncAnEntryThatEndsSoonIsComputedAhead() throws Exception {
        Shop shop = shop(cache(
                Integer.class,
                CacheOptions.ofTtl(Duration.ofSeconds(30)).withJitter(0).withRefreshAhead(Duration.ofMillis(29_900))));
        shop.getInSync(1, () -> 1);
        await().untilAsserted(
                        () -> assertThat(shop.<Integer>getInSync(1, () -> 2)).isEqualTo(2));
    }

    @Test
    void aValueOfAnotherTypeIsRefused() {
        Shop numbers = shop(cache(Integer.class, OPTIONS));
        assertThatExceptionOfType(UnencodableValueException.class)
                .isThrownBy(() -> numbers.find(1))
                .withMessageContainingAll("'" + key + "'", Book.class.getName(), Integer.class.getName());
        assertThatExceptionOfType(UnencodableValueException.class)
                .isThrownBy(() -> numbers.getInSync(1, () -> "text"))
                .withMessageContainingAll("'" + key + "'", String.class.getName(), Integer.class.getName());
        context.close();
        Shop books = shop(cache(Book.class, OPTIONS));
        assertThatExceptionOfType(UnencodableValueException.class)
                .isThrownBy(() -> books.get(1, () -> 5))
                .withMessageContainingAll(Integer.class.getName(), Book.class.getName());
        assertThatExceptionOfType(UnencodableValueException.class)
                .isThrownBy(() -> books.byAuthor("Ann", 1))
                .withMessageContaining(Book.class.getName());
        assertThat(TestRedis.hash(key)).isEmpty();
    }

    @Test
    void withoutRedisMethodsAreCalledAndOnlyEvictionsFail() throws Exception {
        onAServerThatIsGone(OPTIONS, shop -> {
            Book book = new Book(1, "One");
            assertThat(shop.find(1).title()).isEqualTo("Title");
            assertThat(shop.save(new Book(1, "New")).title()).isEqualTo("New");
            assertThat(shop.lose(1)).isNull();
            assertThat(shop.getInSync(1, () -> book)).isEqualTo(book);
            assertThat(shop.future(1, () -> done(book))).succeedsWithin(SOON).isEqualTo(book);
            assertThat(shop.mono(1, Mono.just(book)).block(SOON)).isEqualTo(book);
            assertThat(shop.saveLater(1, Mono.just(book).publishOn(Schedulers.parallel()))
                            .block(SOON))
                    .isEqualTo(book);
            assertThatExceptionOfType(PotteryException.class).isThrownBy(() -> shop.remove(1));
            assertThatExceptionOfType(PotteryException.class).isThrownBy(shop::removeAll);
        });
    }

    @Test
    void aPutThatRedisDoesNotTakeIsCounted() {
        redis.execute("RPUSH", key, "1");
        RedisCache<Object, Book> books = cache(Book.class, OPTIONS);
        Shop shop = shop(books);
        assertThat(shop.find(1).title()).isEqualTo("Title");
        redis.execute("DEL", key);
        assertThat(books.info().failures()).as("the look and the put").isEqualTo(2);
    }

    @Test
    void withoutRedisAllFailsIfTheCacheDoesNotFailOpen() throws Exception {
        onAServerThatIsGone(OPTIONS.withoutFailOpen(), shop -> {
            assertThatExceptionOfType(PotteryException.class).isThrownBy(() -> shop.find(1));
            assertThatExceptionOfType(PotteryException.class).isThrownBy(() -> shop.save(new Book(1, "New")));
            assertThatExceptionOfType(PotteryException.class).isThrownBy(() -> shop.lose(1));
            assertThatExceptionOfType(PotteryException.class).isThrownBy(() -> shop.getInSync(1, () -> 5));
            assertThat(shop.future(1, () -> done(5)))
                    .failsWithin(SOON)
                    .withThrowableThat()
                    .withCauseInstanceOf(PotteryException.class);
            assertThatExceptionOfType(PotteryException.class)
                    .isThrownBy(() -> shop.monoInSync(1, Mono.just(5)).block(SOON));
            assertThat(shop.calls()).isZero();
        });
    }

    @Test
    void otherNamesAreRefusedByName() {
        PotteryCacheManager manager =
                PotteryCacheManager.of(new LinkedHashMap<>(Map.of("books", cache(Book.class, OPTIONS))));
        assertThat(manager.getCacheNames()).containsExactly("books");
        assertThat(manager.getCache("Books")).isNull();
        assertThat(manager.getCache("books")).isNotNull().isSameAs(manager.getCache("books"));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> manager.getCacheNames().clear());
        Shop shop = shop(cache(Book.class, OPTIONS));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> shop.elsewhere(1))
                .withMessageContaining("Cannot find cache named 'nowhere'");
    }

    @Test
    void aCacheKeepsTheContractOfSpring() {
        RedisCache<Object, Integer> numbers = cache(Integer.class, WITH_NULLS);
        Cache cache = PotteryCacheManager.of(Map.of("numbers", numbers)).getCache("numbers");
        assertThat(cache.getName()).isEqualTo("numbers");
        assertThat(cache.getNativeCache()).isSameAs(numbers);
        assertThat(cache).hasToString("Spring's cache 'numbers' on " + numbers);
        assertThat(cache.get(1)).isNull();
        assertThat(cache.get(1, Integer.class)).isNull();
        assertThat(cache.retrieve(1)).succeedsWithin(SOON).isNull();

        assertThat(cache.putIfAbsent(1, 10)).isNull();
        assertThat(cache.putIfAbsent(1, 11).get()).isEqualTo(10);
        assertThat(cache.putIfAbsent(2, null)).isNull();
        assertThat(cache.putIfAbsent(2, 20)).isNotNull().returns(null, Cache.ValueWrapper::get);
        assertThat(cache.get(1).get()).isEqualTo(10);
        assertThat(cache.get(2).get()).isNull();
        assertThat(cache.get(1, Integer.class)).isEqualTo(10);
        assertThat(cache.get(1, (Class<?>) null)).isEqualTo(10);
        assertThat(cache.get(2, Integer.class)).isNull();
        assertThatThrownBy(() -> cache.get(1, String.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Cache 'numbers' holds a java.lang.Integer, not a java.lang.String");
        assertThat(cache.retrieve(2))
                .succeedsWithin(SOON)
                .isInstanceOfSatisfying(
                        Cache.ValueWrapper.class,
                        wrapper -> assertThat(wrapper.get()).isNull());

        assertThat(cache.evictIfPresent(1)).isTrue();
        assertThat(cache.evictIfPresent(1)).isFalse();
        cache.invalidate();
        assertThat(cache.get(2)).isNull();
        cache.put(new SimpleKey(1, 2), 3);
        assertThat(numbers.getIfPresent(Arguments.of(1, 2))).isEqualTo(3);
    }

    @Test
    void aLoaderThatFailsIsToldAsSpringWantsIt() {
        Cache cache = PotteryCacheManager.of(Map.of("numbers", cache(Integer.class, OPTIONS)))
                .getCache("numbers");
        IOException failure = new IOException("no paper");
        assertThatExceptionOfType(Cache.ValueRetrievalException.class)
                .isThrownBy(() -> cache.get(1, () -> {
                    throw failure;
                }))
                .withCause(failure)
                .satisfies(thrown -> assertThat(thrown.getKey()).isEqualTo(1));
    }

    @Test
    void putIfAbsentStoresOneValueForAllThreadsAndFailsWithoutRedis() {
        Cache cache = PotteryCacheManager.of(Map.of("numbers", cache(Integer.class, OPTIONS)))
                .getCache("numbers");
        AtomicInteger stored = new AtomicInteger();
        Threads.run(30, thread -> {
            if (cache.putIfAbsent(1, thread) == null) {
                stored.incrementAndGet();
            }
        });
        assertThat(stored).hasValue(1);
        redis.execute("DEL", key);
        redis.execute("RPUSH", key, "1");
        assertThatExceptionOfType(PotteryException.class).isThrownBy(() -> cache.putIfAbsent(2, 2));
        redis.execute("DEL", key);
    }

    /** Has {@code work} done on a cache whose Redis has gone. */
    private void onAServerThatIsGone(CacheOptions options, Work work) throws Exception {
        RedisServer gone = RedisServer.start();
        LettuceConnectionFactory connections = TestRedis.connect(gone);
        try {
            PotteryFactory factory = PotteryFactory.create(connections);
            gone.close();
            work.in(shop(factory.cache(key, Object.class, factory.json(Book.class), options)));
        } finally {
            connections.destroy();
        }
    }

    private <V> RedisCache<Object, V> cache(Class<V> type, CacheOptions options) {
        return pottery.cache(key, Object.class, pottery.json(type), options);
    }

    private Shop shop(RedisCache<?, ?> books) {
        context = new AnnotationConfigApplicationContext();
        context.registerBean(PotteryCacheManager.class, () -> PotteryCacheManager.of(Map.of("books", books)));
        context.register(Caching.class, Shop.class);
        context.refresh();
        return context.getBean(Shop.class);
    }

    private static <T> CompletableFuture<T> done(T value) {
        return CompletableFuture.completedFuture(value);
    }

    /** Takes so long that others come meanwhile. */
    private static Callable<Integer> slow(int number) {
        return () -> {
            TimeUnit.MILLISECONDS.sleep(200);
            return number;
        };
    }

    private static Supplier<Integer> late(int number) {
        return () -> {
            try {
                return slow(number).call();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        };
    }
}
