package io.pottery.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.lettuce.core.ClientOptions;
import io.pottery.PotteryFactory;
import io.pottery.error.QuorumIsImpossibleException;
import io.pottery.lock.Lease;
import io.pottery.testredis.RedisServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** A master that speaks TLS, and only with those who show the certificate that it trusts. */
class LockMastersTlsTest {

    private static RedisServer server;
    private static SelfSigned certificate;
    private static int port;

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    SslAutoConfiguration.class, DataRedisAutoConfiguration.class, PotteryAutoConfiguration.class))
            .withPropertyValues(
                    "spring.ssl.bundle.pem.redis.truststore.certificate=file:" + certificate.certificate(),
                    "spring.ssl.bundle.pem.redis.keystore.certificate=file:" + certificate.certificate(),
                    "spring.ssl.bundle.pem.redis.keystore.private-key=file:" + certificate.key(),
                    "spring.ssl.bundle.pem.redis.options.enabled-protocols=TLSv1.2",
                    "spring.ssl.bundle.pem.redis.options.ciphers=TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                    "spring.ssl.bundle.pem.trusting.truststore.certificate=file:" + certificate.certificate());

    @BeforeAll
    static void startRedis(@TempDir Path directory) throws Exception {
        certificate = SelfSigned.in(directory);
        port = freePort();
        server = RedisServer.with("tls-port", Integer.toString(port))
                .with("tls-cert-file", certificate.certificate().toString())
                .with("tls-key-file", certificate.key().toString())
                .with("tls-ca-cert-file", certificate.certificate().toString())
                .with("tls-auth-clients", "yes")
                .start();
    }

    @AfterAll
    static void stopRedis() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "url=rediss://127.0.0.1:%d ssl.bundle=redis",
                "url=redis://127.0.0.1:%d ssl.bundle=redis",
                "host=127.0.0.1 port=%d ssl.bundle=redis",
                "host=127.0.0.1 port=%d ssl.enabled=true ssl.bundle=redis"
            })
    void locksGoOverTlsWithTheCertificatesOfTheBundle(String properties) {
        application.withPropertyValues(master(properties)).run(context -> {
            try (Lease lease =
                    context.getBean(PotteryFactory.class).redlock("printer").acquire()) {
                assertThat(lease.isValid()).isTrue();
                assertThat(server.execute("EXISTS", "redlock:printer")).isEqualTo(1L);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "url=rediss://127.0.0.1:%d", // trusts what the JVM trusts
                "host=127.0.0.1 port=%d ssl.enabled=true",
                "host=127.0.0.1 port=%d ssl.bundle=trusting", // has no certificate to show
                "host=127.0.0.1 port=%d ssl.bundle=redis ssl.enabled=false"
            })
    void nothingIsLockedWithoutThem(String properties) {
        application
                .withPropertyValues(master(properties))
                .run(context -> assertThatExceptionOfType(QuorumIsImpossibleException.class)
                        .isThrownBy(() -> context.getBean(PotteryFactory.class)
                                .redlock("printer")
                                .acquire())
                        .withMessageContaining("masters[0] (127.0.0.1:%d): ".formatted(port)));
    }

    @Test
    void ciphersAndProtocolsAreThoseOfTheBundle() {
        List<ClientOptions> seen = new ArrayList<>();
        application
                .withBean(LockMasterClientOptionsCustomizer.class, () -> (master, options) -> seen.add(options.build()))
                .withPropertyValues(master("host=127.0.0.1 port=%d ssl.bundle=redis"))
                .run(context -> {
                    SSLParameters parameters = seen.get(0).getSslOptions().createSSLParameters();
                    assertThat(parameters.getProtocols()).containsExactly("TLSv1.2");
                    assertThat(parameters.getCipherSuites()).containsExactly("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
                });
    }

    private static String[] master(String properties) {
        return Stream.of(properties.formatted(port).split(" "))
                .map(property -> "pottery.lock.masters[0]." + property)
                .toArray(String[]::new);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
