package io.pottery.sample.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.awaitility.Awaitility.await;

import io.pottery.sample.ApplicationProcess;
import io.pottery.sample.SampleApplication;
import io.pottery.testredis.RedisServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Which Redis the application takes, and what becomes of its own. */
class OwnRedisTest {

    private static final Pattern OWN =
            Pattern.compile("Redis: the application's own, .* on 127\\.0\\.0\\.1:(\\d+), gone");

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class))
            .withUserConfiguration(RedisConfiguration.class);

    @Test
    void withoutConfigurationItIsTheApplicationsOwnAndEndsWithIt() {
        AtomicReference<RedisServer> own = new AtomicReference<>();
        application.run(context -> {
            RedisServer server = context.getBean(RedisServer.class);
            own.set(server);
            RedisInUse redis = context.getBean(RedisInUse.class);
            assertThat(redis.address()).isEqualTo("127.0.0.1:" + server.port());
            assertThat("Redis: " + redis.sentence()).containsPattern(OWN);
        });
        assertThat(own.get().isRunning()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "timeout=1s",
                "connect-timeout=1s",
                "client-name=sample",
                "lettuce.pool.max-active=2",
                "url=",
                "host="
            })
    void propertiesThatDoNotSayWhereRedisIsDoNotCount(String property) {
        application
                .withPropertyValues("spring.data.redis." + property)
                .run(context -> assertThat(context).hasSingleBean(RedisServer.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spring.data.redis.host=redis.example|redis.example:6379",
                "spring.data.redis.port=6390|localhost:6390",
                "spring.data.redis.password=secret|localhost:6379",
                "spring.data.redis.url=redis://user:secret@redis.example:6391/2|redis.example:6391",
                "SPRING_DATA_REDIS_HOST=redis.example|redis.example:6379",
                "spring.data.redis.cluster.nodes=a:1,b:2|the cluster a:1, b:2",
                "spring.data.redis.cluster.nodes[0]=a:1|the cluster a:1",
                "spring.data.redis.masterreplica.nodes=a:1,b:2|the replicas a:1, b:2",
                "spring.data.redis.sentinel.master=main|'main' of the sentinels "
            })
    void propertiesThatSayWhereRedisIsAreFollowed(String propertyAndAddress) {
        String property = propertyAndAddress.substring(0, propertyAndAddress.indexOf('|'));
        String address = propertyAndAddress.substring(property.length() + 1);
        ApplicationContextRunner configured = property.startsWith("SPRING")
                ? application.withInitializer(context -> TestPropertyValues.of(property)
                        .applyTo(context.getEnvironment(), TestPropertyValues.Type.SYSTEM_ENVIRONMENT))
                : application.withPropertyValues(property);
        configured
                .withBean("unconnected", RedisConnectionFactory.class, LettuceConnectionFactory::new)
                .run(context -> {
                    assertThat(context).hasNotFailed().doesNotHaveBean(RedisServer.class);
                    assertThat(context.getBean(RedisInUse.class).address()).isEqualTo(address);
                    assertThat(context.getBean(RedisInUse.class).sentence())
                            .isEqualTo("the configured one at " + address)
                            .doesNotContain("secret");
                });
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void aMachineWithoutRedisIsToldWhatToDo(CapturedOutput output) {
        System.setProperty("pottery.test-redis", "/nowhere/redis-server");
        try {
            assertThatException().isThrownBy(() -> SpringApplication.run(SampleApplication.class, "--server.port=0"));
        } finally {
            System.clearProperty("pottery.test-redis");
        }
        assertThat(output)
                .contains("APPLICATION FAILED TO START", "/nowhere/redis-server", "--spring.data.redis.host=localhost")
                .doesNotContain("\tat ");
    }

    @Test
    @Timeout(60)
    void aKilledApplicationLeavesNoRedisBehind() throws IOException, InterruptedException {
        try (ApplicationProcess application = ApplicationProcess.start(
                "-Duser.language=ar", // whose digits are others
                "-Duser.country=EG",
                "-cp",
                System.getProperty("java.class.path"),
                SampleApplication.class.getName(),
                "--server.port=0")) {
            int port = Integer.parseInt(application.await(OWN).get(0).group(1));
            assertThat(somebodyListensOn(port)).isTrue();
            assertThat(application.kill()).isTrue();
            await().until(() -> !somebodyListensOn(port));
        }
    }

    private static boolean somebodyListensOn(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }
}
