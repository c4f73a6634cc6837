package io.pottery.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pottery.PotteryFactory;
import io.pottery.collection.RedisDict;
import io.pottery.error.PotteryException;
import io.pottery.key.InefficientAccessListener;
import io.pottery.lock.AsyncRedlock;
import io.pottery.testredis.RedisServer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.data.redis.connection.RedisConnectionFactory;

@ExtendWith(OutputCaptureExtension.class)
class PotteryAutoConfigurationTest {

    private static RedisServer server;

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class, PotteryAutoConfiguration.class));

    @BeforeAll
    static void startRedis() {
        server = RedisServer.start();
    }

    @AfterAll
    static void stopRedis() {
        server.close();
    }

    @Test
    void thereIsAPotteryFactoryOnBootsConnections() {
        application.run(context -> {
            assertThat(context).hasSingleBean(PotteryFactory.class).hasBean("potteryFactory");
            assertThat(connectionsOf(context.getBean(PotteryFactory.class)))
                    .isSameAs(context.getBean(RedisConnectionFactory.class));
        });
    }

    @Test
    void theApplicationsOwnPotteryFactoryWins() {
        application
                .withUserConfiguration(OwnPotteryFactory.class)
                .run(context ->
                        assertThat(context).hasSingleBean(PotteryFactory.class).hasBean("ownPotteryFactory"));
    }

    @Test
    void thereIsNoneIfPotteryIsSwitchedOff() {
        application
                .withPropertyValues("pottery.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(PotteryFactory.class));
    }

    @Test
    void thereIsNoneWithoutConnections() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(PotteryAutoConfiguration.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(PotteryFactory.class));
    }

    @Test
    void thereIsNoneWithoutSpringDataRedis() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(PotteryAutoConfiguration.class))
                .withClassLoader(new FilteredClassLoader("org.springframework.data.redis"))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(PotteryAutoConfiguration.class));
    }

    @Test
    void theKeyPrefixReachesRedis() {
        onRedis(server).withPropertyValues("pottery.key-prefix=shop:").run(context -> {
            RedisDict<String, String> dict = dict(context.getBean(PotteryFactory.class), "prices");
            dict.put("tea", "2.20");
            assertThat(dict.key()).isEqualTo("shop:prices");
            assertThat(server.execute("HGET", "shop:prices", "\"tea\"")).isEqualTo("\"2.20\"");
        });
    }

    @Test
    void callsOfManyThreadsTravelTogetherUnlessTheyAreToldNotTo() {
        onRedis(server)
                .run(context -> assertThat(commandsOfManyReaders(context)).contains("cmdstat_hmget:"));
        onRedis(server)
                .withPropertyValues("pottery.batching.enabled=false")
                .run(context -> assertThat(commandsOfManyReaders(context))
                        .contains("cmdstat_hget:")
                        .doesNotContain("cmdstat_hmget:"));
    }

    private static String commandsOfManyReaders(ApplicationContext context) throws Exception {
        RedisDict<String, String> dict = dict(context.getBean(PotteryFactory.class), "read-by-many");
        dict.put("tea", "2.20");
        server.execute("CONFIG", "RESETSTAT");
        ExecutorService readers = Executors.newFixedThreadPool(64);
        try {
            Callable<Integer> reader = () -> {
                for (int i = 0; i < 200; i++) {
                    assertThat(dict.get("tea")).isEqualTo("2.20");
                }
                return 200;
            };
            for (Future<Integer> read : readers.invokeAll(Collections.nCopies(64, reader))) {
                assertThat(read.get()).isEqualTo(200);
            }
        } finally {
            readers.shutdownNow();
        }
        return String.valueOf(server.execute("INFO", "commandstats"));
    }

    @Test
    void anInvalidKeyPrefixIsRefusedByName() {
        application
                .withPropertyValues("pottery.key-prefix=shop\u0007:")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("control character"));
        application
                .withPropertyValues("pottery.key-prefix=shop\u0007:")
                .run(context -> assertThat(context)
                        .getFailure()
                        .cause()
                        .cause()
                        .isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, failure -> {
                            assertThat(failure.getName()).isEqualTo("pottery.key-prefix");
                            assertThat(failure.getReason()).contains("control character at index 4");
                        }));
    }

    @Test
    void bootsPropertiesSayWhereRedisIs() {
        try (RedisServer guarded =
                RedisServer.with("requirepass", "open sesame").start()) {
            onRedis(guarded)
                    .withPropertyValues("spring.data.redis.password=open sesame")
                    .run(context -> {
                        dict(context.getBean(PotteryFactory.class), "cave").put("gold", "much");
                        assertThat(guarded.execute("HGETALL", "cave")).isEqualTo(List.of("\"gold\"", "\"much\""));
                    });
        }
    }

    @Test
    void theApplicationStartsWhileRedisIsDown() {
        RedisServer gone = RedisServer.start();
        gone.close();
        onRedis(gone).run(context -> {
            assertThat(context).hasNotFailed();
            RedisDict<String, String> dict = dict(context.getBean(PotteryFactory.class), "tel");
            assertThatExceptionOfType(PotteryException.class)
                    .isThrownBy(() -> dict.get("jack"))
                    .withMessageContaining("127.0.0.1:" + gone.port())
                    .withMessageContaining("'tel'");
        });
    }

    @Test
    void inefficientAccessPassesByDefault(CapturedOutput output) {
        onRedis(server).run(context -> {
            assertThat(dict(context.getBean(PotteryFactory.class), "unused").toMap())
                    .isEmpty();
            assertThat(output).doesNotContain("O(n)");
        });
    }

    @Test
    void inefficientAccessPassesIfToldTo(CapturedOutput output) {
        onRedis(server).withPropertyValues("pottery.inefficient-access=ignore").run(context -> {
            assertThat(dict(context.getBean(PotteryFactory.class), "unused").toMap())
                    .isEmpty();
            assertThat(output).doesNotContain("O(n)");
        });
    }

    @Test
    void inefficientAccessIsLoggedIfToldTo(CapturedOutput output) {
        onRedis(server).withPropertyValues("pottery.inefficient-access=log").run(context -> {
            assertThat(dict(context.getBean(PotteryFactory.class), "unused").toMap())
                    .isEmpty();
            assertThat(output)
                    .contains("RedisDict.toMap on 'unused' is an O(n)")
                    .contains(getClass().getName());
        });
    }

    @Test
    void inefficientAccessIsRefusedIfToldTo() {
        application.withPropertyValues("pottery.inefficient-access=throw").run(context -> {
            RedisDict<String, String> dict = dict(context.getBean(PotteryFactory.class), "tel");
            assertThatExceptionOfType(PotteryException.class)
                    .isThrownBy(dict::toMap)
                    .withMessageContaining("pottery.inefficient-access=throw");
        });
    }

    @Test
    void theApplicationsOwnListenerWinsOverTheProperty() {
        onRedis(server)
                .withUserConfiguration(OwnListener.class)
                .withPropertyValues("pottery.inefficient-access=throw")
                .run(context -> {
                    assertThat(dict(context.getBean(PotteryFactory.class), "unused")
                                    .toMap())
                            .isEmpty();
                    assertThat(context.getBean(OwnListener.class).calls)
                            .containsExactly(Map.entry("RedisDict.toMap", "unused"));
                });
    }

    @Test
    void futuresCompleteOnBootsExecutor() {
        onRedis(server)
                .withConfiguration(AutoConfigurations.of(TaskExecutionAutoConfiguration.class))
                .withPropertyValues("spring.task.execution.thread-name-prefix=boots-")
                .run(context -> assertThat(completingThread(context)).startsWith("boots-"));
    }

    @Test
    void futuresCompleteOnTheApplicationsOwnExecutorOfThatName() {
        onRedis(server)
                .withBean("applicationTaskExecutor", Executor.class, () -> new SimpleAsyncTaskExecutor("own-"))
                .withBean("another", Executor.class, () -> new SimpleAsyncTaskExecutor("another-"))
                .run(context -> assertThat(completingThread(context)).startsWith("own-"));
    }

    @Test
    void futuresCompleteElsewhereThanOnAnExecutorOfAnotherName() {
        onRedis(server)
                .withBean("another", Executor.class, () -> new SimpleAsyncTaskExecutor("another-"))
                .withBean("applicationTaskExecutor", String.class, () -> "no executor")
                .run(context -> assertThat(completingThread(context))
                        .doesNotStartWith("another-")
                        .doesNotStartWith("lettuce-"));
    }

    @Test
    void noBeanIsMadeTooEarly(CapturedOutput output) {
        application
                .withUserConfiguration(OwnListener.class)
                .run(context -> assertThat(output)
                        .doesNotContain("not eligible for getting processed by all BeanPostProcessors"));
    }

    /** The thread that completes a future which nobody can have completed before it is listened to. */
    private static String completingThread(ApplicationContext context) throws Exception {
        AsyncRedlock lock = context.getBean(PotteryFactory.class).redlock("any").async();
        CompletableFuture<String> thread;
        server.pause();
        try {
            thread = lock.isLocked().thenApply(locked -> Thread.currentThread().getName());
        } finally {
            server.resume();
        }
        return thread.get(10, TimeUnit.SECONDS);
    }

    private ApplicationContextRunner onRedis(RedisServer redis) {
        return application.withPropertyValues(
                "spring.data.redis.host=" + redis.host(), "spring.data.redis.port=" + redis.port());
    }

    private static RedisDict<String, String> dict(PotteryFactory pottery, String name) {
        return pottery.dict(name, String.class, String.class);
    }

    private static RedisConnectionFactory connectionsOf(PotteryFactory pottery) {
        return dict(pottery, "any").redis().getConnectionFactory();
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnPotteryFactory {

        @Bean
        PotteryFactory ownPotteryFactory(RedisConnectionFactory connections) {
            return PotteryFactory.create(connections);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnListener {

        private final List<Map.Entry<String, String>> calls = new ArrayList<>();

        @Bean
        InefficientAccessListener listener() {
            return (call, key) -> calls.add(Map.entry(call, key));
        }
    }
}
