package io.pottery.autoconfigure.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pottery.autoconfigure.PotteryAutoConfiguration;
import io.pottery.testredis.RedisServer;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.health.actuate.endpoint.CompositeHealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.actuate.endpoint.IndicatedHealthDescriptor;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;

/** Whether an application is healthy whose masters come and go. */
class PotteryHealthTest {

    private static final Status UNREACHABLE = new Status("UNREACHABLE");

    private final List<RedisServer> servers = RedisServer.start(3);

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withPropertyValues(
                    "management.endpoint.health.show-components=always",
                    "management.endpoint.health.show-details=always",
                    "management.endpoint.health.probes.enabled=false",
                    "management.health.ping.enabled=false")
            .withConfiguration(AutoConfigurations.of(
                    PotteryAutoConfiguration.class,
                    PotteryHealthAutoConfiguration.class,
                    HealthContributorAutoConfiguration.class,
                    HealthContributorRegistryAutoConfiguration.class,
                    HealthEndpointAutoConfiguration.class));

    private final ApplicationContextRunner lettuce = application
            .withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class))
            .withPropertyValues("spring.data.redis.port=" + servers.get(0).port());

    @AfterEach
    void close() {
        servers.forEach(RedisServer::close);
    }

    @Test
    void isUpWhileAllMastersAnswer() {
        lettuce.withPropertyValues(masters("lock")).run(context -> {
            assertThat(context.getBean(HealthEndpoint.class).health().getStatus())
                    .isEqualTo(Status.UP);
            assertThat(parts(context)).containsOnlyKeys("quorum", "master0", "master1", "master2");
            assertThat(parts(context).values())
                    .extracting(HealthDescriptor::getStatus)
                    .containsOnly(Status.UP);
            assertThat(details(context, "quorum")).isEqualTo(Map.of("masters", 3, "reachable", 3L));
            assertThat(details(context, "master1"))
                    .containsKeys("latency")
                    .containsEntry(
                            "name",
                            "pottery.lock.masters[1] (127.0.0.1:%d)"
                                    .formatted(servers.get(1).port()));
        });
    }

    @Test
    void aDeadMinorityDoesNotTakeTheApplicationDown() {
        servers.get(1).kill();
        lettuce.withPropertyValues(masters("lock")).run(context -> {
            assertThat(context.getBean(HealthEndpoint.class).health().getStatus())
                    .isEqualTo(Status.UP);
            assertThat(parts(context).get("quorum").getStatus()).isEqualTo(Status.UP);
            assertThat(parts(context).get("master1").getStatus()).isEqualTo(UNREACHABLE);
            assertThat(details(context, "master1")).containsKeys("reason", "name");
        });
    }

    @Test
    void aDeadMajorityDoes() {
        lettuce.withPropertyValues(masters("lock")).run(context -> {
            HealthEndpoint health = context.getBean(HealthEndpoint.class);
            assertThat(health.health().getStatus()).isEqualTo(Status.UP);
            servers.get(1).kill();
            servers.get(2).kill();
            await().until(() -> health.health().getStatus().equals(Status.DOWN));
            assertThat(parts(context).get("quorum").getStatus()).isEqualTo(Status.DOWN);
            assertThat(health.healthForPath("pottery", "quorum").getStatus()).isEqualTo(Status.DOWN);
            servers.get(1).restart();
            await().until(() -> health.health().getStatus().equals(Status.UP));
        });
    }

    @Test
    void idsWithMastersOfTheirOwnHaveAQuorumOfTheirOwn() {
        servers.get(1).kill();
        servers.get(2).kill();
        lettuce.withPropertyValues(masters("id")).run(context -> {
            assertThat(parts(context))
                    .containsOnlyKeys("quorum", "master0", "idQuorum", "idMaster0", "idMaster1", "idMaster2");
            assertThat(parts(context).get("quorum").getStatus()).isEqualTo(Status.UP);
            assertThat(parts(context).get("idQuorum").getStatus()).isEqualTo(Status.DOWN);
        });
    }

    @Test
    void isThatOfTheApplicationsRedisIfThereAreNoOtherMasters() {
        lettuce.run(context -> {
            assertThat(parts(context)).containsOnlyKeys("quorum", "master0");
            assertThat(parts(context).get("quorum").getStatus()).isEqualTo(Status.UP);
        });
    }

    @Test
    void isUnknownWithoutLettuceWhichTakesNobodyDown() {
        application
                .withBean(
                        JedisConnectionFactory.class,
                        () -> new JedisConnectionFactory(new RedisStandaloneConfiguration(
                                "127.0.0.1", servers.get(0).port())))
                .run(context -> {
                    assertThat(parts(context)).containsOnlyKeys("quorum");
                    assertThat(parts(context).get("quorum").getStatus()).isEqualTo(Status.UNKNOWN);
                    assertThat(details(context, "quorum").get("reason"))
                            .asString()
                            .contains("need Lettuce");
                });
    }

    @Test
    void asksEachMasterOnceForAllParts() {
        lettuce.withPropertyValues(masters("lock")).run(context -> {
            HealthEndpoint health = context.getBean(HealthEndpoint.class);
            servers.get(2).execute("CONFIG", "RESETSTAT");
            health.health();
            health.health();
            assertThat(servers.get(2).execute("INFO", "commandstats"))
                    .asString()
                    .containsPattern("cmdstat_ping:calls=[12],"); // the second may come more than a second later
        });
    }

    @Test
    void isUpWithoutWaitingForAMasterThatIsFrozen() {
        lettuce.withPropertyValues(masters("lock")).run(context -> {
            HealthEndpoint health = context.getBean(HealthEndpoint.class);
            assertThat(health.health().getStatus()).isEqualTo(Status.UP);
            servers.get(1).pause();
            await().untilAsserted(() -> assertThat(details(context, "master1").get("reason"))
                    .isEqualTo("no answer within 250 ms of the others"));
            assertThat(health.health().getStatus()).isEqualTo(Status.UP);
            servers.get(1).resume();
        });
    }

    @Test
    void isThatOfTheLocksWhenCommandsMayTakeForEver() {
        lettuce.withPropertyValues("spring.data.redis.timeout=0")
                .run(context ->
                        assertThat(parts(context).get("quorum").getStatus()).isEqualTo(Status.UP));
    }

    @Test
    void canBeSwitchedOff() {
        lettuce.withPropertyValues("management.health.pottery.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("potteryHealthContributor"));
    }

    @Test
    void isLeftOutWithoutAFactory() {
        lettuce.withPropertyValues("pottery.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("potteryHealthContributor"));
    }

    @Test
    void isLeftOutWithoutHealth() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        DataRedisAutoConfiguration.class,
                        PotteryAutoConfiguration.class,
                        PotteryHealthAutoConfiguration.class))
                .withClassLoader(new FilteredClassLoader(name -> name.endsWith(".HealthIndicator")))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("potteryHealthContributor"));
    }

    private String[] masters(String kind) {
        return IntStream.range(0, servers.size())
                .mapToObj(i -> "pottery.%s.masters[%d].url=redis://127.0.0.1:%d"
                        .formatted(kind, i, servers.get(i).port()))
                .toArray(String[]::new);
    }

    private static Map<String, HealthDescriptor> parts(ApplicationContext context) {
        CompositeHealthDescriptor health = (CompositeHealthDescriptor)
                context.getBean(HealthEndpoint.class).healthForPath("pottery");
        return health.getComponents();
    }

    private static Map<String, Object> details(ApplicationContext context, String part) {
        return ((IndicatedHealthDescriptor) parts(context).get(part)).getDetails();
    }
}
