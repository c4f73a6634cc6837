package io.pottery.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

import io.pottery.PotteryFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Which Redis Pottery works on. No Redis runs here: nothing connects at start. */
class ConnectionFactoriesTest {

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class, PotteryAutoConfiguration.class));

    @Test
    void theNamedOneIsTaken() {
        application
                .withUserConfiguration(Two.class)
                .withPropertyValues("pottery.connection-factory=durable")
                .run(context -> assertThatPotteryTakes("durable", context));
    }

    @Test
    void thePrimaryOneIsTaken() {
        application.withUserConfiguration(OnePrimary.class).run(context -> assertThatPotteryTakes("durable", context));
    }

    @Test
    void theNamedOneIsTakenOverThePrimaryOne() {
        application
                .withUserConfiguration(OnePrimary.class)
                .withPropertyValues("pottery.connection-factory=volatile")
                .run(context -> assertThatPotteryTakes("volatile", context));
    }

    @Test
    void theOnlyDefaultCandidateIsTaken() {
        application
                .withUserConfiguration(OneAside.class)
                .run(context -> assertThatPotteryTakes("redisConnectionFactory", context));
    }

    @Test
    void theNamedOneMayBeNoDefaultCandidate() {
        application
                .withUserConfiguration(OneAside.class)
                .withPropertyValues("pottery.connection-factory=aside")
                .run(context -> assertThatPotteryTakes("aside", context));
    }

    @Test
    void theOneOfAParentContextIsTaken() {
        new ApplicationContextRunner()
                .withUserConfiguration(One.class)
                .run(parent -> new ApplicationContextRunner()
                        .withParent(parent)
                        .withConfiguration(AutoConfigurations.of(PotteryAutoConfiguration.class))
                        .run(context -> assertThatPotteryTakes("one", context)));
    }

    @Test
    void oneThatOnlySaysItIsReactiveCountsToo() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(PotteryAutoConfiguration.class))
                .withUserConfiguration(One.class, SaidToBeReactive.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(SeveralConnectionFactoriesException.class)
                        .hasMessageEndingWith("'one', 'reactive'"));
    }

    @Test
    void anUnknownNameIsRefusedWithTheNamesThereAre() {
        application
                .withUserConfiguration(Two.class)
                .withPropertyValues("pottery.connection-factory=durabel")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, failure -> {
                            assertThat(failure.getName()).isEqualTo("pottery.connection-factory");
                            assertThat(failure.getValue()).isEqualTo("durabel");
                            assertThat(failure.getReason())
                                    .isEqualTo("No RedisConnectionFactory bean has that name;"
                                            + " there are: 'durable', 'volatile'.");
                        }));
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void severalAreRefusedWithTheirNamesAndWhatToDo(CapturedOutput output) {
        assertThatException()
                .isThrownBy(() -> new SpringApplicationBuilder(Application.class, Two.class)
                        .web(WebApplicationType.NONE)
                        .run());
        assertThat(output)
                .contains(
                        "APPLICATION FAILED TO START",
                        "Pottery needs one RedisConnectionFactory, but there are 2 and none is primary:"
                                + " 'durable', 'volatile'.",
                        "Mark the one that Pottery shall use as @Primary,"
                                + " or set pottery.connection-factory=<name> to one of these names.");
    }

    @Test
    void theAutoConfigurationIsFoundAndComesAfterBoots() {
        new ApplicationContextRunner()
                .withUserConfiguration(Application.class)
                .run(context -> assertThatPotteryTakes("redisConnectionFactory", context));
    }

    private static void assertThatPotteryTakes(String name, AssertableApplicationContext context) {
        assertThat(context).hasNotFailed();
        assertThat(context.getBean(PotteryFactory.class)
                        .dict("any", String.class, String.class)
                        .redis()
                        .getConnectionFactory())
                .isSameAs(context.getBean(name));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    @Configuration(proxyBeanMethods = false)
    static class One {

        @Bean
        LettuceConnectionFactory one() {
            return new LettuceConnectionFactory();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class SaidToBeReactive {

        @Bean
        ReactiveRedisConnectionFactory reactive() {
            return new LettuceConnectionFactory();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Two {

        @Bean
        LettuceConnectionFactory durable() {
            return new LettuceConnectionFactory();
        }

        @Bean("volatile")
        RedisConnectionFactory fleeting() {
            return new LettuceConnectionFactory();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OnePrimary {

        @Bean
        @Primary
        LettuceConnectionFactory durable() {
            return new LettuceConnectionFactory();
        }

        @Bean("volatile")
        LettuceConnectionFactory fleeting() {
            return new LettuceConnectionFactory();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OneAside {

        @Bean(defaultCandidate = false)
        LettuceConnectionFactory aside() {
            return new LettuceConnectionFactory();
        }
    }
}
