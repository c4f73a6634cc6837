package io.pottery.boot.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pottery.PotteryFactory;
import io.pottery.boot.Applications;
import io.pottery.cache.CachedFunction;
import io.pottery.collection.RedisCounter;
import io.pottery.collection.RedisDict;
import io.pottery.collection.RedisList;
import io.pottery.collection.RedisSet;
import io.pottery.error.PotteryException;
import io.pottery.id.NextId;
import io.pottery.lock.FencedValue;
import io.pottery.lock.Lease;
import io.pottery.lock.Redlock;
import io.pottery.queue.Delivery;
import io.pottery.queue.RedisSimpleQueue;
import io.pottery.sketch.BloomFilter;
import io.pottery.testredis.RedisServer;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import reactor.core.publisher.Mono;

/** What the bean does for an application that has only added the starter. */
class PotteryFactoryTest {

    record Order(long id, LocalDate day, List<String> products) {}

    private static final Order ORDER = new Order(7, LocalDate.of(2027, 1, 2), List.of("tea", "Käse"));

    private static RedisServer server;
    private static ConfigurableApplicationContext application;
    private static PotteryFactory pottery;

    @BeforeAll
    static void start() {
        server = RedisServer.start();
        application = Applications.run(Applications.Empty.class, server);
        pottery = application.getBean(PotteryFactory.class);
    }

    @AfterAll
    static void stop() {
        application.close();
        server.close();
    }

    @Test
    void dictsAreMaps() {
        RedisDict<String, Order> orders = pottery.dict("orders", String.class, Order.class);
        assertThat(orders.putIfAbsent("first", ORDER)).isNull();
        assertThat(orders.merge("first", ORDER, (old, added) -> new Order(old.id() + added.id(), old.day(), List.of())))
                .extracting(Order::id)
                .isEqualTo(14L);
        assertThat(orders.toMap()).containsOnlyKeys("first");
        assertThat(server.execute("HGET", "orders", "\"first\""))
                .isEqualTo("{\"day\": \"2027-01-02\", \"id\": 14, \"products\": []}");
    }

    @Test
    void listsAreLists() {
        RedisList<Integer> squares = pottery.list("squares", Integer.class);
        squares.addAll(List.of(25, 1, 16, 4, 9));
        squares.sort(Integer::compare);
        squares.add(1, 100);
        assertThat(new ArrayList<>(squares)).containsExactly(1, 100, 4, 9, 16, 25);
        assertThat(squares.at(-1)).isEqualTo(25);
    }

    @Test
    void setsAreSets() {
        RedisSet<Order> basket = pottery.set("basket", Order.class);
        assertThat(basket.add(ORDER)).isTrue();
        assertThat(basket.add(ORDER)).isFalse();
        assertThat(basket.containsMany(List.of(ORDER, new Order(8, ORDER.day(), List.of()))))
                .containsExactly(true, false);
        assertThat(basket).containsExactly(ORDER);
    }

    @Test
    void countersCount() {
        RedisCounter<String> votes = pottery.counter("votes", String.class);
        votes.addAll(List.of("grace", "ada", "grace"));
        assertThat(votes.increment("ada", 2)).isEqualTo(3);
        assertThat(votes.mostCommon(1)).containsExactly(Map.entry("ada", 3L));
    }

    @Test
    void queuesWaitAndDeliver() throws Exception {
        RedisSimpleQueue<String> cars = pottery.queue("cars", String.class);
        CompletableFuture<String> taken = CompletableFuture.supplyAsync(() -> {
            try {
                return cars.take();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        cars.put("Jeep");
        assertThat(taken).succeedsWithin(Duration.ofSeconds(10)).isEqualTo("Jeep");
        cars.put("Honda");
        try (Delivery<String> delivery = cars.receive()) {
            assertThat(delivery.element()).isEqualTo("Honda");
            assertThat(delivery.ack()).isTrue();
        }
        assertThat(cars.poll()).isNull();
    }

    @Test
    void bloomFiltersRemember() {
        BloomFilter<String> dilberts = pottery.bloomFilter("dilberts", String.class, 100, 0.01);
        assertThat(dilberts.add("rajiv")).isTrue();
        assertThat(dilberts.mightContain("rajiv")).isTrue();
        assertThat(dilberts.mightContain("raj")).isFalse();
    }

    @Test
    void cachesRemember() {
        AtomicInteger calls = new AtomicInteger();
        CachedFunction<Integer, Order> report = pottery.cached("reports", Integer.class, Order.class, year -> {
            calls.incrementAndGet();
            return ORDER;
        });
        assertThat(report.apply(2026)).isEqualTo(ORDER);
        assertThat(report.apply(2026)).isEqualTo(ORDER);
        assertThat(calls).hasValue(1);
        report.evict(2026);
        report.apply(2026);
        assertThat(calls).hasValue(2);
    }

    @Test
    void locksAreHeldAndHaveTokens() throws Exception {
        Redlock printer = pottery.redlock("printer");
        long first;
        try (Lease lease = printer.acquire()) {
            first = lease.fencingToken();
            assertThat(printer.tryAcquire()).isEmpty();
            lease.extend();
            assertThat(lease.isValid()).isTrue();
        }
        try (Lease lease = printer.tryAcquire(Duration.ofSeconds(10)).orElseThrow()) {
            assertThat(lease.fencingToken()).isGreaterThan(first);
            FencedValue<Integer> paper = pottery.fencedValue("paper", Integer.class);
            paper.set(lease.fencingToken(), 9);
            assertThat(paper.get()).contains(9);
            assertThatExceptionOfType(PotteryException.class).isThrownBy(() -> paper.set(first, 10));
        }
        assertThat(printer.reactive().run(() -> Mono.just("printed")).block()).isEqualTo("printed");
        assertThat(printer.async().isLocked())
                .succeedsWithin(Duration.ofSeconds(10))
                .isEqualTo(false);
    }

    @Test
    void idsIncrease() {
        NextId tweets = pottery.nextId("tweets");
        assertThat(tweets.nextLong()).isEqualTo(1);
        assertThat(tweets.next(100).last()).isEqualTo(101);
        assertThat(tweets.async().next()).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(102L);
    }
}
