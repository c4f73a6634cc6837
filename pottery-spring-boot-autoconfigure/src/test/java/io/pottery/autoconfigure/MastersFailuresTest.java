package io.pottery.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.pottery.RedisMasters;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What an application says that does not start because of its masters. No Redis runs here. */
@ExtendWith(OutputCaptureExtension.class)
class MastersFailuresTest {

    private static final String LOCKS = "pottery.lock.masters";
    private static final String IDS = "pottery.id.masters";
    private static final List<String> LISTS = List.of(LOCKS, IDS);

    static Stream<Arguments> refused() {
        return LISTS.stream().flatMap(MastersFailuresTest::refusedIn);
    }

    private static Stream<Arguments> refusedIn(String list) {
        return Stream.of(
                refused(
                        list,
                        "url and host",
                        List.of("url=redis://b", "host=b"),
                        "The following configuration properties are mutually exclusive:",
                        "\t%s[1].host",
                        "\t%s[1].url"),
                refused(list, "url and port", List.of("url=redis://b", "port=7000"), "%s[1].port"),
                refused(list, "url and database", List.of("url=redis://b", "database=1"), "%s[1].database"),
                refused(list, "url and user", List.of("url=redis://b", "username=x"), "%s[1].username"),
                refused(list, "url and password", List.of("url=redis://b", "password=secret"), "%s[1].password"),
                refused(
                        list,
                        "neither",
                        List.of("port=7000"),
                        "Invalid value 'null' for configuration property '%s[1].url'",
                        "A master needs 'url' or 'host', and has neither."),
                refused(
                        list,
                        "empty",
                        List.of("url=", "host="),
                        "Invalid value '' for configuration property '%s[1].url'",
                        "A master needs 'url' or 'host', and has neither."),
                refused(
                        list,
                        "no timeout",
                        List.of("host=b", "timeout=0s"),
                        "Invalid value '0s' for configuration property '%s[1].timeout'",
                        "It must be at least 1 ms."),
                refused(
                        list,
                        "negative timeout",
                        List.of("url=redis://b", "timeout=-1s"),
                        "Invalid value '-1s' for configuration property '%s[1].timeout'"),
                refused(
                        list,
                        "no duration",
                        List.of("url=redis://b", "timeout=soon"),
                        "Failed to bind properties under '%s[1].timeout'"),
                refused(
                        list,
                        "high port",
                        List.of("host=b", "port=65536"),
                        "Invalid value '65536' for configuration property '%s[1].port'",
                        "It must be from 1 to 65535."),
                refused(
                        list,
                        "negative database",
                        List.of("host=b", "database=-1"),
                        "Invalid value '-1' for configuration property '%s[1].database'"),
                refused(
                        list,
                        "user without password",
                        List.of("host=b", "username=jack"),
                        "Invalid value 'jack' for configuration property '%s[1].username'",
                        "A user name needs a password."),
                refused(
                        list,
                        "unknown SSL bundle",
                        List.of("host=b", "ssl.bundle=nowhere"),
                        "Invalid value 'nowhere' for configuration property '%s[1].ssl.bundle'",
                        "There is no SSL bundle of that name."),
                refused(
                        list,
                        "TLS and no TLS",
                        List.of("url=rediss://b", "ssl.enabled=false"),
                        "Invalid value 'false' for configuration property '%s[1].ssl.enabled'",
                        "The URL is one for TLS."),
                refused(
                        list,
                        "the same server twice",
                        List.of("url=redis://:secret@A:6379"),
                        "masters[0] and masters[1] are the same server (a:6379), which would have two votes",
                        "Review the elements of %s"));
    }

    /** What is refused of the second master in {@code list}, whose name stands for {@code %s} in {@code parts}. */
    private static Arguments refused(String list, String what, List<String> properties, String... parts) {
        return arguments(
                list,
                named(what, properties),
                Stream.of(parts).map(part -> part.formatted(list)).toArray(String[]::new));
    }

    @ParameterizedTest
    @MethodSource
    void refused(String list, List<String> properties, String[] parts, CapturedOutput output) {
        start(list, properties);
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains(parts)
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secret",
                "secret@b",
                "b:6379",
                "redis:secret@b",
                "redis://:secret",
                "redis://user:secret",
                "redis://user:secret/x@b",
                "redis://:se#secret@b",
                "redis://:secret@b@b",
                "redis://:secret word@b",
                "redis://:secret@redis_1:6379",
                "redis://:secret@b:70000",
                "redis://:secret@b/-1",
                "redis://:secret@b/first",
                "redis://:secret@b,c",
                "redis://:secret@b?timeout=0",
                "redis://:secret@b?timeout=-1",
                "redis://:secret@b?timeout=99999999999999999d",
                "http://user:secret@b",
                "redis-sentinel://:secret@b#masters",
                "redis-socket:///tmp/secret"
            })
    void aUrlThatIsNoneIsNotShown(String url, CapturedOutput output) {
        start(LOCKS, List.of("url=" + url));
        assertThat(output)
                .contains(
                        "APPLICATION FAILED TO START",
                        "Invalid value for configuration property 'pottery.lock.masters[1].url'",
                        "Set it to a URL such as redis://user:password@host:6379/0")
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis://:secret@b", "jack:secret@b", "b:6379", "b/secret", "b secret"})
    void aHostThatIsNoneIsNotShown(String host, CapturedOutput output) {
        start(LOCKS, List.of("host=" + host));
        assertThat(output)
                .contains(
                        "Invalid value for configuration property 'pottery.lock.masters[1].host'",
                        "Set it to the name or address of a host")
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"url", "host"})
    void anAddressOfAMasterForIdsThatIsNoneIsNotShown(String key, CapturedOutput output) {
        start(IDS, List.of(key + "=redis:secret@b"));
        assertThat(output)
                .contains("Invalid value for configuration property 'pottery.id.masters[1].%s'".formatted(key))
                .doesNotContain("secret", "pottery.lock");
    }

    static Stream<Arguments> whatIsNoListOfMastersIsNotShown() {
        return LISTS.stream()
                .flatMap(list -> Stream.of(
                                "=redis://:secret@a,redis://:secret@b", "[0]=redis://:secret@a", "[1].password=secret")
                        .map(rest -> arguments(list, rest)));
    }

    @ParameterizedTest
    @MethodSource
    void whatIsNoListOfMastersIsNotShown(String list, String rest, CapturedOutput output) {
        assertThat(run("--" + list + rest)).isNotNull();
        assertThat(output)
                .contains(
                        "APPLICATION FAILED TO START",
                        "'" + list,
                        "is not a list of masters",
                        list + "[0].url=redis://10.0.0.1")
                .doesNotContain("secret");
    }

    @Test
    void theSameServerTwiceInABeanOfTheApplicationIsToldWithoutAProperty(CapturedOutput output) {
        assertThat(catchThrowable(() -> start(SameServerTwice.class))).isNotNull();
        assertThat(output)
                .contains(
                        "APPLICATION FAILED TO START",
                        "masters[0] and masters[1] are the same server (a:6379), which would have two votes",
                        "Review the RedisMasters beans of the application.")
                .doesNotContain("secret");
    }

    @Test
    void mastersForIdsThatWouldDecideAboutLocksAreRefused(CapturedOutput output) {
        assertThat(catchThrowable(
                        () -> start(IdMastersInTheWay.class, "--pottery.lock.masters[0].url=redis://:secret@b")))
                .isNotNull();
        assertThat(output)
                .contains(
                        "'potteryIdMasters' decides about ids alone", "declare it with @Bean(defaultCandidate = false)")
                .doesNotContain("secret");
    }

    /** Starts an application whose second master in {@code list}, of index 1, has these properties. */
    private static void start(String list, List<String> properties) {
        Throwable failure = run(Stream.concat(
                        Stream.of(list + "[0].url=redis://a"),
                        properties.stream().map(property -> list + "[1]." + property))
                .map(property -> "--" + property)
                .toArray(String[]::new));
        assertThat(failure).isNotNull();
        assertThat(Throwables.getStackTrace(failure)).doesNotContain("secret");
    }

    private static Throwable run(String... arguments) {
        return catchThrowable(() -> start(Application.class, arguments));
    }

    private static void start(Class<?> application, String... arguments) {
        new SpringApplicationBuilder(application).web(WebApplicationType.NONE).run(arguments);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class SameServerTwice {

        @Bean
        RedisMasters own() {
            return RedisMasters.of("redis://a", "redis://:secret@A:6379");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class IdMastersInTheWay {

        @Bean
        RedisMasters potteryIdMasters() {
            return RedisMasters.of("redis://a");
        }
    }
}
