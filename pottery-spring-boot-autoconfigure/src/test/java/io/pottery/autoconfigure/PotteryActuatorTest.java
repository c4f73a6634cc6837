package io.pottery.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.pottery.FigureListener;
import io.pottery.PotteryFactory;
import io.pottery.autoconfigure.health.PotteryHealthAutoConfiguration;
import io.pottery.cache.CacheFigures;
import io.pottery.cache.CachedFunction;
import io.pottery.lock.Lease;
import io.pottery.lock.RedlockOptions;
import io.pottery.lock.Synchronized;
import io.pottery.testredis.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What an application with Spring Boot's actuator shows of Pottery. */
@ExtendWith(OutputCaptureExtension.class)
class PotteryActuatorTest {

    private static final List<RedisServer> SERVERS = RedisServer.start(2);

    private final String name = UUID.randomUUID().toString();

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withPropertyValues(
                    "spring.data.redis.port=" + SERVERS.get(0).port(),
                    "management.endpoints.web.exposure.include=pottery",
                    "management.endpoints.jmx.exposure.include=pottery")
            .withConfiguration(AutoConfigurations.of(
                    DataRedisAutoConfiguration.class,
                    PotteryAutoConfiguration.class,
                    PotteryAdviceAutoConfiguration.class,
                    PotteryEndpointAutoConfiguration.class,
                    PotteryMetricsAutoConfiguration.class,
                    EndpointAutoConfiguration.class,
                    MetricsAutoConfiguration.class,
                    CompositeMeterRegistryAutoConfiguration.class,
                    SimpleMetricsExportAutoConfiguration.class,
                    ObservationAutoConfiguration.class));

    @AfterAll
    static void stopRedis() {
        SERVERS.forEach(RedisServer::close);
    }

    @Test
    void theEndpointShowsMastersLeasesAndCachesWithoutPasswords() {
        String password = UUID.randomUUID().toString();
        SERVERS.get(1).execute("ACL", "SETUSER", "anna", "on", ">" + password, "~*", "&*", "+@all");
        application
                .withPropertyValues("pottery.lock.masters[0].url=redis://anna:%s@127.0.0.1:%d"
                        .formatted(password, SERVERS.get(1).port()))
                .run(context -> {
                    PotteryFactory pottery = context.getBean(PotteryFactory.class);
                    CachedFunction<Integer, Integer> squares =
                            pottery.cached(name, Integer.class, Integer.class, number -> number * number);
                    squares.apply(3);
                    squares.apply(3);
                    PotteryEndpoint endpoint = context.getBean(PotteryEndpoint.class);
                    try (Lease lease = pottery.redlock(name).acquire()) {
                        PotteryEndpoint.Overview overview = endpoint.overview();
                        assertThat(overview.leases()).singleElement().satisfies(info -> {
                            assertThat(info.key()).isEqualTo("redlock:" + name);
                            assertThat(info.remaining())
                                    .isPositive()
                                    .isLessThanOrEqualTo(lease.remaining().plusSeconds(5));
                        });
                        assertThat(overview.masters().quorum()).isTrue();
                        assertThat(overview.masters().masters())
                                .singleElement()
                                .satisfies(master -> assertThat(master.name())
                                        .contains("pottery.lock.masters[0]")
                                        .contains(":" + SERVERS.get(1).port()));
                        assertThat(overview.idMasters()).isNull();
                        assertThat(overview.caches()).containsEntry(name, new CacheFigures(1, 0, 1, 0, 0));
                        assertThat(overview.toString()).doesNotContain(password).doesNotContain("anna");
                    }
                    assertThat(endpoint.overview().leases()).isEmpty();
                });
    }

    @Test
    void theEndpointIsThereOnlyWhereItIsExposed() {
        application
                .withPropertyValues(
                        "management.endpoints.web.exposure.include=health",
                        "management.endpoints.jmx.exposure.include=health")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(PotteryEndpoint.class));
        application
                .withPropertyValues("management.endpoint.pottery.access=NONE")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(PotteryEndpoint.class));
        application
                .withPropertyValues("pottery.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(PotteryEndpoint.class));
    }

    @Test
    void whatLocksDoIsMeasured() {
        application.run(context -> {
            MeterRegistry meters = context.getBean(MeterRegistry.class);
            PotteryFactory pottery = context.getBean(PotteryFactory.class);
            RedlockOptions options = RedlockOptions.defaults().withLabel("orders");
            try (Lease lease = pottery.redlock(name, options).acquire()) {
                lease.extend();
                assertThat(pottery.redlock(name, options).tryAcquire()).isEmpty();
            }
            Lease brief = pottery.redlock(
                            name,
                            options.withAutoReleaseTime(Duration.ofMillis(500))
                                    .withMasterTimeout(Duration.ofMillis(400)))
                    .acquire();
            await().until(() -> !brief.isValid());
            await().untilAsserted(() -> {
                assertThat(timer(meters, "pottery.lock.acquire", "acquired")).isEqualTo(2);
                assertThat(timer(meters, "pottery.lock.acquire", "taken")).isEqualTo(1);
                assertThat(timer(meters, "pottery.lock.hold", "released")).isEqualTo(1);
                assertThat(timer(meters, "pottery.lock.hold", "lost")).isEqualTo(1);
            });
            assertThat(meters.get("pottery.lock.hold.extended")
                            .tag("lock", "orders")
                            .counter()
                            .count())
                    .isEqualTo(1);
            assertThat(meters.get("pottery.master.request")
                            .tag("outcome", "answered")
                            .timer()
                            .count())
                    .isGreaterThanOrEqualTo(4);
            assertThat(meters.getMeters())
                    .flatExtracting(meter -> meter.getId().getTags())
                    .noneMatch(tag -> tag.getValue().contains(name));
        });
    }

    private static long timer(MeterRegistry meters, String meter, String outcome) {
        return meters.get(meter)
                .tag("lock", "orders")
                .tag("outcome", outcome)
                .timer()
                .count();
    }

    @Test
    void aLockOfAMethodIsCalledByItsKeyAsItIsWritten() {
        application.withBean(Shop.class, Shop::new).run(context -> {
            context.getBean(Shop.class).sell(name);
            MeterRegistry meters = context.getBean(MeterRegistry.class);
            await().untilAsserted(() -> assertThat(meters.get("pottery.lock.hold")
                            .tag("lock", "shop:#{#article}")
                            .timer()
                            .count())
                    .isEqualTo(1));
        });
    }

    static class Shop {

        @Synchronized(key = "shop:#{#article}")
        public void sell(String article) {}
    }

    @Test
    void cachesAndQueuesAreMeasured() {
        application.run(context -> {
            MeterRegistry meters = context.getBean(MeterRegistry.class);
            PotteryFactory pottery = context.getBean(PotteryFactory.class);
            CachedFunction<Integer, Integer> squares =
                    pottery.cached("squares", Integer.class, Integer.class, number -> number * number);
            squares.cacheClear();
            squares.apply(3);
            squares.apply(3);
            squares.apply(3);
            assertThat(gets(meters, "hit")).isEqualTo(2);
            assertThat(gets(meters, "miss")).isEqualTo(1);
            pottery.queue("jobs", String.class).clear();
            pottery.queue("jobs", String.class).add("one");
            System.gc(); // nothing but the meters refers to the figures
            await().until(() -> meters.get("pottery.queue.size")
                            .tag("queue", "jobs")
                            .gauge()
                            .value()
                    == 1);
            assertThat(gets(meters, "hit")).isEqualTo(2);
        });
    }

    private static double gets(MeterRegistry meters, String result) {
        return meters.get("cache.gets")
                .tag("cache", "squares")
                .tag("name", "squares")
                .tag("cache.manager", "pottery")
                .tag("result", result)
                .functionCounter()
                .count();
    }

    @Test
    void theDocumentationHasAllMeters() throws IOException {
        Set<String> documented = Files.readAllLines(Path.of("..", "docs", "operations.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split("`")[1])
                .collect(Collectors.toSet());
        application.run(context -> {
            PotteryFactory pottery = context.getBean(PotteryFactory.class);
            try (Lease lease = pottery.redlock(name).acquire()) {
                lease.extend();
            }
            pottery.cached(name, Integer.class, Integer.class, number -> number).apply(1);
            pottery.queue(name, String.class);
            MeterRegistry meters = context.getBean(MeterRegistry.class);
            await().untilAsserted(() -> assertThat(meters.getMeters())
                    .extracting(meter -> meter.getId().getName())
                    .filteredOn(meter -> meter.matches("pottery.*|cache.*") && !meter.endsWith(".active"))
                    .hasSameElementsAs(documented));
        });
    }

    @Test
    void theSizeOfAQueueIsNoNumberWhileRedisIsAway() {
        RedisServer server = RedisServer.start();
        application
                .withPropertyValues("spring.data.redis.port=" + server.port())
                .run(context -> {
                    context.getBean(PotteryFactory.class).queue("jobs", String.class);
                    server.close();
                    assertThat(context.getBean(MeterRegistry.class)
                                    .get("pottery.queue.size")
                                    .gauge()
                                    .value())
                            .isNaN();
                });
    }

    @Test
    void whatObservesAndMeasuresMayUsePotteryItself() {
        application.withUserConfiguration(Curious.class).run(context -> {
            assertThat(context).hasNotFailed();
            context.getBean(PotteryFactory.class).redlock(name).acquire().close();
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class Curious {

        @Bean
        ObservationHandler<Observation.Context> handler(PotteryFactory pottery) {
            return context -> pottery != null;
        }

        @Bean
        MeterFilter filter(PotteryFactory pottery) {
            return MeterFilter.accept(meter -> pottery != null);
        }
    }

    @Test
    void severalRegistriesStopNobody() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        DataRedisAutoConfiguration.class,
                        PotteryAutoConfiguration.class,
                        PotteryMetricsAutoConfiguration.class))
                .withBean("one", SimpleMeterRegistry.class, SimpleMeterRegistry::new)
                .withBean("other", SimpleMeterRegistry.class, SimpleMeterRegistry::new)
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(PotteryFactory.class));
    }

    @Test
    void anOwnListenerWins() {
        application
                .withBean(FigureListener.class, FigureListener::none)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(FigureMeters.class));
    }

    @Test
    void withoutMicrometersMetersAndActuatorPotteryWorks() {
        new ApplicationContextRunner()
                .withPropertyValues("spring.data.redis.port=" + SERVERS.get(0).port())
                .withConfiguration(AutoConfigurations.of(
                        DataRedisAutoConfiguration.class,
                        PotteryAutoConfiguration.class,
                        PotteryEndpointAutoConfiguration.class,
                        PotteryHealthAutoConfiguration.class,
                        PotteryMetricsAutoConfiguration.class))
                .withClassLoader(new FilteredClassLoader(
                        type -> type.startsWith("io.micrometer.core") || type.endsWith(".annotation.Endpoint")))
                .run(context -> {
                    assertThat(context)
                            .hasNotFailed()
                            .doesNotHaveBean(PotteryEndpoint.class)
                            .doesNotHaveBean(FigureMeters.class);
                    context.getBean(PotteryFactory.class)
                            .redlock(name)
                            .acquire()
                            .close();
                });
    }

    @Test
    void nothingIsMadeTooEarly(CapturedOutput output) {
        application
                .withBean(Shop.class, Shop::new)
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(SimpleMeterRegistry.class));
        assertThat(output).doesNotContain("not eligible for getting processed");
    }
}
