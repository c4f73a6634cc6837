package io.pottery.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.pottery.PotteryFactory;
import io.pottery.aop.CurrentLease;
import io.pottery.error.AnnotatedMethodException;
import io.pottery.error.PotteryException;
import io.pottery.lock.Synchronized;
import io.pottery.testredis.RedisServer;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;

/** Synchronized methods in applications of Spring Boot, as it starts them. */
@ExtendWith(OutputCaptureExtension.class)
class SynchronizedTest {

    private static RedisServer server;

    private final String name = UUID.randomUUID().toString();

    @BeforeAll
    static void startRedis() {
        server = RedisServer.start();
    }

    @AfterAll
    static void stopRedis() {
        server.close();
    }

    interface Work {

        String run(String lock);
    }

    static class Shop implements Work {

        @Override
        @Synchronized(key = "${spring.application.name}:#{#lock}", blocking = false)
        public String run(String lock) {
            return CurrentLease.get().toString();
        }
    }

    /**
     * One that is made through the proxy creator, and so makes the advice while others of its kind are still to come.
     */
    static class PostProcessor implements BeanPostProcessor {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({Shop.class, PostProcessor.class})
    static class Application {}

    static class Office {

        @Async
        @Synchronized(key = "#{#lock}", blocking = false)
        public CompletableFuture<String> answer(String lock) {
            return CompletableFuture.completedFuture(Thread.currentThread().getName() + ": " + CurrentLease.get());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableAsync
    @Import(Office.class)
    static class AsyncApplication {}

    static class Wrong {

        @Synchronized(key = "order:#{#nope}")
        public void pay(long order) {}
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Wrong.class)
    static class WrongApplication {}

    @Test
    void methodsTakeTheirLocks(CapturedOutput output) {
        try (ConfigurableApplicationContext context = run()) {
            assertThat(context.getBean(Shop.class).run(name)).contains("'redlock:tests:%s'".formatted(name));
            assertThat(context.getBean(PotteryFactory.class)
                            .redlock("tests:" + name)
                            .isLocked())
                    .isFalse();
            assertThat(output).doesNotContain("not eligible for getting processed by all BeanPostProcessors");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--spring.aop.auto=false",
                "--spring.aop.proxy-target-class=false",
                "--spring.main.lazy-initialization=true"
            })
    void methodsTakeTheirLocksWhateverElseIsConfigured(String argument) {
        try (ConfigurableApplicationContext context = run(argument)) {
            Work shop = context.getBean(Work.class);
            assertThat(shop.run(name)).contains(name);
            assertThat(AopUtils.isJdkDynamicProxy(shop)).isEqualTo(argument.contains("proxy-target-class"));
        }
    }

    @Test
    void asynchronousMethodsTakeTheirLocksOnBootsThreads() {
        try (ConfigurableApplicationContext context =
                run(AsyncApplication.class, "--spring.task.execution.thread-name-prefix=boots-")) {
            assertThat(context.getBean(Office.class).answer(name))
                    .succeedsWithin(Duration.ofSeconds(10))
                    .asString()
                    .startsWith("boots-")
                    .contains(name);
        }
    }

    @Test
    void noMethodRunsWithoutItsLock() {
        try (ConfigurableApplicationContext context = run("--pottery.enabled=false")) {
            assertThatExceptionOfType(PotteryException.class)
                    .isThrownBy(() -> context.getBean(Shop.class).run(name))
                    .withMessageContaining("There is no PotteryFactory bean");
        }
    }

    @Test
    void theOrderIsAPropertyOfBoot() {
        try (ConfigurableApplicationContext context = run()) {
            assertThat(order(context)).isEqualTo(Ordered.LOWEST_PRECEDENCE - 100);
        }
        try (ConfigurableApplicationContext context = run("--pottery.lock.advisorOrder=7")) {
            assertThat(order(context)).isEqualTo(7);
        }
    }

    @Test
    void aMethodThatCannotHaveItsLockStopsTheApplicationWithASentence(CapturedOutput output) {
        Throwable failure = catchThrowable(() -> run(WrongApplication.class).close());
        assertThat(Throwables.getRootCause(failure)).hasMessageContaining("#nope");
        assertThat(failure).hasCauseInstanceOf(AnnotatedMethodException.class);
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("@Synchronized at io.pottery.autoconfigure.SynchronizedTest$Wrong.pay has no valid key")
                .doesNotContain("\tat ");
    }

    private static int order(ConfigurableApplicationContext context) {
        return Stream.of(((Advised) context.getBean(Shop.class)).getAdvisors())
                .filter(Ordered.class::isInstance)
                .map(Ordered.class::cast)
                .findFirst()
                .orElseThrow()
                .getOrder();
    }

    private static ConfigurableApplicationContext run(String... arguments) {
        return run(Application.class, arguments);
    }

    private static ConfigurableApplicationContext run(Class<?> application, String... arguments) {
        return SpringApplication.run(
                application,
                Stream.concat(
                                Stream.of(
                                        "--spring.application.name=tests",
                                        "--spring.main.banner-mode=off",
                                        "--spring.main.web-application-type=none",
                                        "--spring.data.redis.host=" + server.host(),
                                        "--spring.data.redis.port=" + server.port()),
                                Stream.of(arguments))
                        .toArray(String[]::new));
    }
}
