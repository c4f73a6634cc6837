package io.pottery.boot.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.pottery.PotteryFactory;
import io.pottery.aop.CurrentLease;
import io.pottery.boot.Applications;
import io.pottery.cache.PotteryCacheManager;
import io.pottery.cache.RedisCacheEvict;
import io.pottery.cache.RedisCacheable;
import io.pottery.error.PotteryException;
import io.pottery.lock.Synchronized;
import io.pottery.testredis.RedisServer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import reactor.core.publisher.Mono;

/** Pottery's annotations, and Spring's own on Pottery's caches. */
@ExtendWith(OutputCaptureExtension.class)
class AnnotationsTest {

    private static RedisServer server;

    record Book(long isbn, String title) {}

    static class Shop {

        private final AtomicInteger calls = new AtomicInteger();

        @Synchronized(key = "${spring.application.name}:#{#order}", blocking = false)
        public String pay(long order) {
            return CurrentLease.get().toString();
        }

        @Synchronized(key = "later:#{#order}", blocking = false)
        public CompletableFuture<String> payLater(long order) {
            return CompletableFuture.completedFuture("paid " + order);
        }

        @Synchronized(key = "reactive:#{#order}", blocking = false)
        public Mono<String> payReactively(long order) {
            return Mono.fromSupplier(() -> "paid " + order);
        }

        @RedisCacheable(key = "books", ttl = "10m")
        public Book find(long isbn) {
            return new Book(isbn, "Title " + calls.incrementAndGet());
        }

        @RedisCacheEvict(key = "books")
        public void sell(long isbn) {}

        @Cacheable("titles")
        public Book title(long isbn) {
            return new Book(isbn, "Title " + calls.incrementAndGet());
        }
    }

    static class Wrong {

        @Synchronized(key = "order:#{#nope}")
        public void pay(long order) {}
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Shop.class)
    static class Application {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableCaching
    @Import(Shop.class)
    static class CachingApplication {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Wrong.class)
    static class WrongApplication {}

    @BeforeAll
    static void startRedis() {
        server = RedisServer.start();
    }

    @AfterAll
    static void stopRedis() {
        server.close();
    }

    @Test
    void methodsTakeTheirLocks(CapturedOutput output) throws Exception {
        try (ConfigurableApplicationContext application = Applications.run(Application.class, server)) {
            Shop shop = application.getBean(Shop.class);
            assertThat(shop.pay(1)).contains("'redlock:tests:1'");
            assertThat(shop.payLater(2)).succeedsWithin(Duration.ofSeconds(10)).isEqualTo("paid 2");
            assertThat(shop.payReactively(3).block()).isEqualTo("paid 3");
            try (var held =
                    application.getBean(PotteryFactory.class).redlock("tests:1").acquire()) {
                assertThat(held.isValid()).isTrue();
                assertThatExceptionOfType(PotteryException.class)
                        .isThrownBy(() -> shop.pay(1))
                        .withMessageContaining("redlock:tests:1");
            }
        }
        assertThat(output).doesNotContain(Applications.MADE_TOO_EARLY);
    }

    @Test
    void methodsAreCached() {
        try (ConfigurableApplicationContext application = Applications.run(Application.class, server)) {
            Shop shop = application.getBean(Shop.class);
            Book first = shop.find(7);
            assertThat(shop.find(7)).isEqualTo(first);
            shop.sell(7);
            assertThat(shop.find(7)).isNotEqualTo(first);
        }
    }

    @Test
    void springsOwnAnnotationsUsePotterysCachesIfTheyAreAskedFor() {
        try (ConfigurableApplicationContext application = Applications.run(
                CachingApplication.class,
                server,
                "pottery.cache.manager.enabled=true",
                "pottery.cache.manager.caches.titles.value-type=" + Book.class.getName(),
                "pottery.cache.manager.caches.titles.ttl=10m")) {
            assertThat(application.getBean(CacheManager.class)).isInstanceOf(PotteryCacheManager.class);
            Shop shop = application.getBean(Shop.class);
            Book first = shop.title(7);
            assertThat(shop.title(7)).isEqualTo(first);
            application.getBean(CacheManager.class).getCache("titles").clear();
            assertThat(shop.title(7)).isNotEqualTo(first);
        }
    }

    @Test
    void aMethodThatCannotHaveItsLockStopsTheApplicationWithASentence(CapturedOutput output) {
        assertThat(catchThrowable(() -> Applications.run(WrongApplication.class, server)))
                .isNotNull();
        assertThat(output)
                .contains(
                        "APPLICATION FAILED TO START",
                        "@Synchronized at io.pottery.boot.starter.AnnotationsTest$Wrong.pay has no valid key")
                .doesNotContain("\tat ");
    }
}
