package io.pottery.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.pottery.PotteryFactory;
import io.pottery.cache.CacheOptions;
import io.pottery.cache.PotteryCacheManager;
import io.pottery.cache.RedisCache;
import io.pottery.testredis.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Spring's own annotations in applications of Spring Boot. */
@ExtendWith(OutputCaptureExtension.class)
class PotteryCacheManagerTest {

    private static final String CACHES = "pottery.cache.manager.caches.";
    private static final String MY_BOOKS = "pottery.cache.manager.caches[my.books]";
    private static final String ENABLED = "pottery.cache.manager.enabled=true";
    private static final String BOOK = CACHES + "books.value-type=" + Book.class.getName();

    private static RedisServer server;

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    CacheAutoConfiguration.class,
                    DataRedisAutoConfiguration.class,
                    PotteryAutoConfiguration.class,
                    PotteryCacheManagerAutoConfiguration.class))
            .withUserConfiguration(Caching.class);

    record Book(long isbn, String title) {}

    record Page<T>(List<T> elements) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
    record Named(String name) {}

    static class Shop {

        private final AtomicInteger calls = new AtomicInteger();

        @Cacheable(cacheNames = "books", sync = true)
        public Book find(long isbn) {
            return new Book(isbn, "Title " + calls.incrementAndGet());
        }

        @Cacheable("bookPrices")
        public Integer price(long isbn, String currency) {
            return calls.incrementAndGet();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableCaching
    static class Caching {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableCaching
    @Import(Shop.class)
    static class Application {}

    @Configuration(proxyBeanMethods = false)
    static class OwnManager {

        @Bean
        CacheManager own() {
            return new ConcurrentMapCacheManager();
        }
    }

    @BeforeAll
    static void startRedis() {
        server = RedisServer.start();
    }

    @AfterAll
    static void stopRedis() {
        server.close();
    }

    @Test
    void thereIsNoneUnlessItIsAskedFor() {
        for (String properties : List.of(BOOK, "pottery.cache.manager.enabled=false")) {
            application
                    .withPropertyValues(properties)
                    .run(context -> assertThat(context)
                            .hasSingleBean(CacheManager.class)
                            .doesNotHaveBean(PotteryCacheManager.class));
        }
    }

    @Test
    void thereIsOneInPlaceOfBoots() {
        application.withPropertyValues(ENABLED, BOOK).run(context -> {
            assertThat(context).hasSingleBean(CacheManager.class).hasBean("potteryCacheManager");
            assertThat(context.getBean(CacheManager.class).getCacheNames()).containsExactly("books");
        });
    }

    @Test
    void itComesBeforeThatOfEachBoot() {
        assertThat(PotteryCacheManagerAutoConfiguration.class
                        .getAnnotation(AutoConfiguration.class)
                        .beforeName())
                .containsExactlyInAnyOrder(
                        CacheAutoConfiguration.class.getName(),
                        "org.springframework.boot.autoconfigure.cache.CacheAutoConfiguration");
    }

    @Test
    void theApplicationsOwnCacheManagerWins() {
        application
                .withPropertyValues(ENABLED, BOOK)
                .withUserConfiguration(OwnManager.class)
                .run(context ->
                        assertThat(context).hasSingleBean(CacheManager.class).hasBean("own"));
    }

    @Test
    void whoAsksForItGetsItOrAnApplicationThatDoesNotStart() {
        application
                .withPropertyValues(ENABLED, BOOK, "pottery.enabled=false")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasMessageContaining("No qualifying bean of type '" + PotteryFactory.class.getName()));
    }

    @Test
    void thereIsNoneWithoutSpringDataRedis() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(PotteryCacheManagerAutoConfiguration.class))
                .withClassLoader(new FilteredClassLoader("org.springframework.data.redis"))
                .withPropertyValues(ENABLED)
                .run(context ->
                        assertThat(context).hasNotFailed().doesNotHaveBean(PotteryCacheManagerAutoConfiguration.class));
    }

    @Test
    void cachesHaveDefaults() {
        application
                .withPropertyValues(ENABLED, BOOK)
                .run(context -> assertThat(options(context, "books")).isEqualTo(CacheOptions.defaults()));
    }

    @Test
    void aCacheWithTimesToLiveDoesNotEndUnlessItIsToldTo() {
        application
                .withPropertyValues(
                        ENABLED,
                        BOOK,
                        CACHES + "books.ttl=10m",
                        CACHES + "prices.value-type=int",
                        CACHES + "prices.ttl=10m",
                        CACHES + "prices.timeout=5m")
                .run(context -> {
                    assertThat(options(context, "books")).isEqualTo(CacheOptions.ofTtl(Duration.ofMinutes(10)));
                    assertThat(options(context, "prices"))
                            .isEqualTo(
                                    CacheOptions.ofTtl(Duration.ofMinutes(10)).withTimeout(Duration.ofMinutes(5)));
                });
    }

    @Test
    void eachOptionIsAProperty() {
        application
                .withPropertyValues(
                        ENABLED,
                        "pottery.key-prefix=shop:",
                        MY_BOOKS + ".value-type=" + Book.class.getName(),
                        MY_BOOKS + ".ttl=2m",
                        MY_BOOKS + ".jitter=0.5",
                        MY_BOOKS + ".null-ttl=3s",
                        MY_BOOKS + ".sync=true",
                        MY_BOOKS + ".lease=4s",
                        MY_BOOKS + ".refresh-ahead=5s",
                        MY_BOOKS + ".fail-open=false")
                .run(context -> {
                    assertThat(options(context, "my.books"))
                            .isEqualTo(new CacheOptions(
                                    null,
                                    Duration.ofMinutes(2),
                                    0.5,
                                    Duration.ofSeconds(3),
                                    true,
                                    Duration.ofSeconds(4),
                                    Duration.ofSeconds(5),
                                    false,
                                    0,
                                    null));
                    assertThat(cache(context, "my.books").key()).isEqualTo("shop:my.books");
                });
    }

    @Test
    void methodsAreCached(CapturedOutput output) {
        try (ConfigurableApplicationContext context =
                run(ENABLED, BOOK, CACHES + "bookPrices.value-type=java.lang.Integer")) {
            Shop shop = context.getBean(Shop.class);
            assertThat(shop.find(1)).isEqualTo(shop.find(1)).isNotEqualTo(shop.find(2));
            assertThat(shop.price(1, "EUR")).isEqualTo(shop.price(1, "EUR")).isNotEqualTo(shop.price(1, "USD"));
            assertThat((List<?>) server.execute("HVALS", "books"))
                    .hasSize(2)
                    .allMatch(value -> value.toString().startsWith("{\"isbn\": "));
            assertThat(output).doesNotContain("not eligible for getting processed by all BeanPostProcessors");
        }
    }

    static Stream<Arguments> whatCannotBeIsToldByTheNameOfTheProperty() {
        return Stream.of(
                arguments(List.of("ttl=1m"), "value-type", "A cache needs the class of its values."),
                arguments(List.of("value-type=io.nowhere.Book"), "value-type", "io.nowhere.Book"),
                arguments(List.of("value-type=" + Named.class.getName()), "value-type", "Named"),
                arguments(List.of("value-type=java.lang.Object"), "value-type", "Nobody can tell what to read then"),
                arguments(List.of("value-type=java.util.List"), "value-type", "name a class without type parameters"),
                arguments(List.of("value-type=int", "ttl=0"), "ttl", "ttl must be from 1 ms to 365000 days, was PT0S."),
                arguments(List.of("value-type=int", "ttl=soon"), "ttl", "not a valid duration"),
                arguments(List.of("value-type=int", "timeout=-1s"), "timeout", "timeout must be from 1 ms"),
                arguments(List.of("value-type=int", "null-ttl=0"), "null-ttl", "nullTtl must be from 1 ms"),
                arguments(List.of("value-type=int", "jitter=1"), "jitter", "jitter must be from 0 to below 1"),
                arguments(List.of("value-type=int", "lease=2d"), "lease", "lease must be from 1 ms to 1 days"),
                arguments(List.of("value-type=int", "refresh-ahead=1s"), "refresh-ahead", "needs a ttl"),
                arguments(
                        List.of("value-type=int", "ttl=1s", "refresh-ahead=1s"),
                        "refresh-ahead",
                        "must be less than the ttl"),
                arguments(List.of("value-type=int", "near=-1"), "near", "near must be 0 or more entries"));
    }

    @ParameterizedTest
    @MethodSource
    void whatCannotBeIsToldByTheNameOfTheProperty(
            List<String> properties, String name, String reason, CapturedOutput output) {
        String[] arguments = Stream.concat(
                        Stream.of(ENABLED), properties.stream().map(each -> CACHES + "books." + each))
                .toArray(String[]::new);
        assertThat(catchThrowable(() -> run(arguments))).isNotNull();
        assertThat(output)
                .contains("APPLICATION FAILED TO START", "'" + CACHES + "books." + name, reason)
                .doesNotContain("\tat ");
    }

    @Test
    void aNameThatCannotBeAKeyIsRefused(CapturedOutput output) {
        assertThat(catchThrowable(() -> run(ENABLED, "pottery.cache.manager.caches[a\u0007b].value-type=int")))
                .isNotNull();
        assertThat(output)
                .contains(
                        "APPLICATION FAILED TO START",
                        "for configuration property 'pottery.cache.manager.caches'",
                        "control character at index 1");
    }

    @Test
    void aNearCacheIsRefusedBecauseCaffeineIsNotHere(CapturedOutput output) {
        assertThat(catchThrowable(() -> run(ENABLED, BOOK, CACHES + "books.near=10")))
                .isNotNull();
        assertThat(output)
                .contains(
                        "Invalid value '10' for configuration property '" + CACHES + "books.near'",
                        "add com.github.ben-manes.caffeine:caffeine");
    }

    @Test
    void aNameThatIsNoPartOfAPropertyIsToldInBrackets(CapturedOutput output) {
        assertThat(catchThrowable(() -> run(ENABLED, MY_BOOKS + ".ttl=1m"))).isNotNull();
        assertThat(output).contains("for configuration property 'pottery.cache.manager.caches[my.books].value-type'");
    }

    private static CacheOptions options(ApplicationContext context, String name) {
        return cache(context, name).options();
    }

    private static RedisCache<?, ?> cache(ApplicationContext context, String name) {
        return (RedisCache<?, ?>)
                context.getBean(CacheManager.class).getCache(name).getNativeCache();
    }

    private static ConfigurableApplicationContext run(String... properties) {
        return SpringApplication.run(
                Application.class,
                Stream.concat(
                                Stream.of(
                                        "spring.main.banner-mode=off",
                                        "spring.main.web-application-type=none",
                                        "spring.data.redis.host=" + server.host(),
                                        "spring.data.redis.port=" + server.port()),
                                Stream.of(properties))
                        .map(property -> "--" + property)
                        .toArray(String[]::new));
    }
}
