package io.pottery.aop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.pottery.PotteryFactory;
import io.pottery.cache.Arguments;
import io.pottery.cache.CacheOptions;
import io.pottery.cache.RedisCache;
import io.pottery.cache.RedisCacheEvict;
import io.pottery.cache.RedisCacheable;
import io.pottery.error.PotteryException;
import io.pottery.lock.Synchronized;
import io.pottery.testing.CountedRedis;
import io.pottery.testing.CountedRedis.Traffic;
import io.pottery.testing.TestRedis;
import io.pottery.testing.Threads;
import io.pottery.testredis.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Caches of methods among locks and transactions, what they cost, and what options do for them. */
class RedisCacheOrderTest {

    @RegisterExtension
    static final CountedRedis redis = new CountedRedis();

    private static AnnotationConfigApplicationContext context;
    private static Prices prices;
    private static RedisCaches caches;
    private static TransactionTemplate transaction;

    @BeforeAll
    static void start() {
        context = started(redis.pottery());
        prices = context.getBean(Prices.class);
        caches = context.getBean(RedisCaches.class);
        transaction = new TransactionTemplate(context.getBean(DataSourceTransactionManager.class));
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    @BeforeEach
    void begin() {
        redis.server().execute("FLUSHALL");
        prices.log().clear();
        prices.read().set(0);
    }

    private static AnnotationConfigApplicationContext started(PotteryFactory pottery) {
        AnnotationConfigApplicationContext started = new AnnotationConfigApplicationContext();
        started.registerBean(PotteryFactory.class, () -> pottery);
        started.register(Application.class);
        started.refresh();
        return started;
    }

    @Configuration(proxyBeanMethods = false)
    @EnablePottery
    @EnableTransactionManagement
    static class Application {

        @Bean(destroyMethod = "dispose")
        JdbcConnectionPool database() {
            return JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID(), "", "");
        }

        @Bean
        DataSourceTransactionManager transactions(DataSource database) {
            return new DataSourceTransactionManager(database);
        }

        @Bean
        Prices prices(DataSource database, PotteryFactory pottery) {
            return new Prices(new JdbcTemplate(database), pottery);
        }
    }

    static class Prices {

        private final List<String> log = new CopyOnWriteArrayList<>();
        private final AtomicInteger read = new AtomicInteger();
        private final JdbcTemplate sql;
        private final PotteryFactory pottery;

        Prices(JdbcTemplate sql, PotteryFactory pottery) {
            this.sql = sql;
            this.pottery = pottery;
            sql.execute("create table price (cents int)");
            sql.update("insert into price values (1)");
        }

        List<String> log() {
            return log;
        }

        AtomicInteger read() {
            return read;
        }

        @RedisCacheable(key = "prices")
        @Synchronized(key = "prices")
        @Transactional(readOnly = true)
        public int price(int product) {
            read.incrementAndGet();
            log.add("locked: " + pottery.redlock("prices").isLocked());
            Integer cents = sql.queryForObject("select cents from price", Integer.class);
            return cents == null ? 0 : cents;
        }

        @RedisCacheEvict(key = "prices", arguments = "#product")
        @Synchronized(key = "prices")
        @Transactional
        public void change(int product, int cents, boolean fails) {
            sql.update("update price set cents = ?", cents);
            RedisCache<Arguments, Integer> cache =
                    pottery.cache("prices", Arguments.class, pottery.json(Integer.class), CacheOptions.defaults());
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCompletion(int status) {
                    log.add("ended, locked: %s, remembered: %s"
                            .formatted(
                                    pottery.redlock("prices").isLocked(), cache.getIfPresent(Arguments.of(product))));
                }
            });
            if (fails) {
                throw new IllegalStateException("no change");
            }
        }

        @RedisCacheEvict(key = "prices", beforeInvocation = true)
        public void forgetFirst(int product) {}

        @RedisCacheable(key = "synced", sync = true, lease = "30s")
        public String synced(int product) throws InterruptedException {
            read.incrementAndGet();
            TimeUnit.MILLISECONDS.sleep(200);
            return "price of " + product;
        }

        @RedisCacheable(key = "near", near = 100)
        public String near(int product) {
            read.incrementAndGet();
            return "price of " + product;
        }

        @RedisCacheEvict(key = "near")
        public void forget(int product) {}

        @RedisCacheable(key = "strict", failOpen = false)
        public String strict(int product) {
            read.incrementAndGet();
            return "price of " + product;
        }

        @RedisCacheEvict(key = "near", failOpen = true)
        public String forgetIfPossible(int product) {
            return "forgotten " + product;
        }
    }

    @Test
    void aHitTakesNoLockAndNoTransactionAndOneRoundTrip() {
        assertThat(prices.price(1)).isEqualTo(1);
        assertThat(prices.log()).containsExactly("locked: true");
        int[] found = new int[1];
        Traffic traffic = redis.count(() -> found[0] = prices.price(1));
        assertThat(found[0]).isEqualTo(1);
        assertThat(traffic.messages()).isEqualTo(1);
        assertThat(prices.read()).hasValue(1);
    }

    @Test
    void entriesAreEvictedWhenTheTransactionIsCommittedAndTheLockReleased() {
        assertThat(prices.price(1)).isEqualTo(1);
        prices.log().clear();
        prices.change(1, 2, false);
        assertThat(prices.log()).containsExactly("ended, locked: true, remembered: 1");
        assertThat(prices.price(1)).isEqualTo(2);
        prices.change(1, 1, false);
    }

    @Test
    void aTransactionThatIsRolledBackEvictsNothing() {
        assertThat(prices.price(1)).isEqualTo(1);
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> prices.change(1, 9, true))
                .withMessage("no change");
        assertThat(prices.price(1)).isEqualTo(1);
        assertThat(prices.read()).hasValue(1);
    }

    @Test
    void aTransactionThatBeganFurtherOutEvictsWhenItHasEnded() {
        assertThat(prices.price(1)).isEqualTo(1);
        transaction.executeWithoutResult(status -> {
            prices.change(1, 2, false);
            assertThat(prices.price(1)).isEqualTo(1);
        });
        assertThat(prices.price(1)).isEqualTo(2);
        prices.read().set(0);
        transaction.executeWithoutResult(status -> {
            prices.change(1, 9, false);
            status.setRollbackOnly();
        });
        assertThat(prices.price(1)).isEqualTo(2);
        assertThat(prices.read()).hasValue(1);
        prices.read().set(0);
        transaction.executeWithoutResult(status -> {
            prices.forgetFirst(1);
            assertThat(prices.price(1)).isEqualTo(2);
        });
        assertThat(prices.read()).hasValue(1);
        prices.change(1, 1, false);
    }

    @Test
    void oneOfAllProcessesComputes() {
        PotteryFactory other = PotteryFactory.create(redis.connections());
        try (AnnotationConfigApplicationContext elsewhere = started(other)) {
            Prices there = elsewhere.getBean(Prices.class);
            Threads.run(
                    20,
                    thread -> assertThat((thread % 2 == 0 ? prices : there).synced(1))
                            .isEqualTo("price of 1"));
            assertThat(prices.read().get() + there.read().get()).isEqualTo(1);
        }
    }

    @Test
    void nearCopiesAreDroppedByTheEvictionOfAnyMethod() {
        await().untilAsserted(() -> {
            prices.near(1);
            assertThat(caches.of(prices, "near").cacheInfo().nearHits()).isPositive();
        });
        int before = prices.read().get();
        prices.forget(1);
        prices.near(1);
        assertThat(prices.read()).hasValue(before + 1);
    }

    @Test
    void withoutRedisMethodsRunUnlessTheyAreNotTo() {
        RedisServer server = RedisServer.start();
        LettuceConnectionFactory connections = TestRedis.started(new LettuceConnectionFactory(
                new RedisStandaloneConfiguration(server.host(), server.port()),
                LettuceClientConfiguration.builder()
                        .commandTimeout(Duration.ofSeconds(1))
                        .shutdownTimeout(Duration.ZERO)
                        .build()));
        try (AnnotationConfigApplicationContext application = started(PotteryFactory.create(connections))) {
            Prices bean = application.getBean(Prices.class);
            assertThat(bean.near(1)).isEqualTo("price of 1");
            server.close();
            await().atMost(Duration.ofSeconds(60)) // the first one waits for as long as the client does
                    .untilAsserted(() ->
                            assertThatExceptionOfType(PotteryException.class).isThrownBy(() -> bean.strict(1)));
            bean.read().set(0);
            assertThat(bean.near(2)).isEqualTo("price of 2");
            assertThat(bean.read()).hasValue(1);
            assertThatExceptionOfType(PotteryException.class)
                    .isThrownBy(() -> bean.forget(1))
                    .withMessageContaining("near");
            assertThat(bean.forgetIfPossible(1)).isEqualTo("forgotten 1");
        } finally {
            connections.destroy();
        }
    }
}
