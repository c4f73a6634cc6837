package io.pottery.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.pottery.PotteryFactory;
import io.pottery.codec.Codec;
import io.pottery.codec.Jackson2Codecs;
import io.pottery.codec.Jackson3Codecs;
import io.pottery.codec.JsonCodecs;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.io.DefaultResourceLoader;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(OutputCaptureExtension.class)
class PotteryJsonAutoConfigurationTest {

    private static final String SNAKE_CASE = "spring.jackson.property-naming-strategy=SNAKE_CASE";
    private static final String NO_3 = "tools.jackson.databind";
    private static final String NO_2 = "com.fasterxml.jackson.databind";

    record Order(int orderNumber) {}

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    DataRedisAutoConfiguration.class,
                    PotteryAutoConfiguration.class,
                    PotteryJsonAutoConfiguration.class));

    private final ApplicationContextRunner boot4 =
            application.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class));

    private static String written(ApplicationContextRunner application) {
        String[] json = new String[1];
        application.run(context -> json[0] = new String(
                context.getBean(PotteryFactory.class).json(Order.class).encode(new Order(1)), StandardCharsets.UTF_8));
        return json[0];
    }

    @Test
    void theJsonMapperOfTheApplicationIsUsed() {
        boot4.run(context -> assertThat(context).getBean(JsonCodecs.class).isInstanceOf(Jackson3Codecs.class));
        assertThat(written(boot4.withPropertyValues(SNAKE_CASE))).isEqualTo("{\"order_number\": 1}");
        assertThat(written(boot4.withPropertyValues(SNAKE_CASE).withBean(ObjectMapper.class, ObjectMapper::new)))
                .isEqualTo("{\"order_number\": 1}");
    }

    @Test
    void itsObjectMapperIsUsedIfThereIsNoJsonMapper() {
        ApplicationContextRunner kebab = application.withUserConfiguration(Kebab.class);

        kebab.run(context -> assertThat(context).getBean(JsonCodecs.class).isInstanceOf(Jackson2Codecs.class));
        assertThat(written(kebab)).isEqualTo("{\"order-number\": 1}");
        assertThat(written(kebab.withClassLoader(new FilteredClassLoader(NO_3))))
                .isEqualTo("{\"order-number\": 1}");
    }

    @Test
    void withoutAMapperPotteryConfiguresTheOneOnTheClassPath() {
        application.run(context -> assertThat(context).getBean(JsonCodecs.class).isInstanceOf(Jackson3Codecs.class));
        application
                .withClassLoader(new FilteredClassLoader(NO_2))
                .run(context -> assertThat(context).getBean(JsonCodecs.class).isInstanceOf(Jackson3Codecs.class));
        application
                .withClassLoader(new FilteredClassLoader(NO_3))
                .run(context -> assertThat(context).getBean(JsonCodecs.class).isInstanceOf(Jackson2Codecs.class));
        assertThat(written(application)).isEqualTo("{\"orderNumber\": 1}");
    }

    @Test
    void oneOfThemCanBeAskedFor() {
        ApplicationContextRunner both = boot4.withPropertyValues(SNAKE_CASE).withUserConfiguration(Kebab.class);

        assertThat(written(both)).isEqualTo("{\"order_number\": 1}");
        assertThat(written(both.withPropertyValues("pottery.json.mapper=jackson3")))
                .isEqualTo("{\"order_number\": 1}");
        assertThat(written(both.withPropertyValues("pottery.json.mapper=jackson2")))
                .isEqualTo("{\"order-number\": 1}");
        assertThat(written(boot4.withPropertyValues(SNAKE_CASE, "pottery.json.mapper=jackson2")))
                .isEqualTo("{\"orderNumber\": 1}");
    }

    @Test
    void theOneAskedForMustBeThere() {
        application
                .withClassLoader(new FilteredClassLoader(NO_2))
                .withPropertyValues("pottery.json.mapper=jackson2")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContainingAll(
                                "pottery.json.mapper",
                                "Jackson 2",
                                "add org.springframework.boot:spring-boot-jackson2"));
        application
                .withClassLoader(new FilteredClassLoader(NO_3))
                .withPropertyValues("pottery.json.mapper=jackson3")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContainingAll(
                                "pottery.json.mapper", "Jackson 3", "add tools.jackson.core:jackson-databind"));
    }

    @Test
    void theApplicationsOwnCodecsWin() {
        boot4.withUserConfiguration(OwnCodecs.class).run(context -> {
            assertThat(context).hasSingleBean(JsonCodecs.class);
            assertThat(context.getBean(PotteryFactory.class).json(Order.class)).isSameAs(OwnCodecs.CODEC);
        });
        application
                .withClassLoader(new FilteredClassLoader(NO_2, NO_3))
                .withUserConfiguration(OwnCodecs.class)
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void amongSeveralMappersThePrimaryOneIsUsed() {
        assertThat(written(application.withUserConfiguration(Kebab.class, PrimarySnake.class)))
                .isEqualTo("{\"order_number\": 1}");
    }

    @Test
    void equalMappersFailTheStartWithWhatToDo(CapturedOutput output) {
        start(Equals.class, null);

        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("the application's JsonMapper, but there are 2 and none is primary: 'one', 'other'")
                .contains("as @Primary, or declare a JsonCodecs bean");
    }

    @Test
    void aMapperThatIsNotForJsonFailsTheStartWithWhatToDo(CapturedOutput output) {
        start(Stubborn.class, new FilteredClassLoader(NO_3));

        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("Pottery cannot map objects with the application's mapper: ")
                .contains("as @Primary, or declare a JsonCodecs bean");
    }

    @Test
    void aMapperThatNobodyIsToBeGivenIsLeftAlone() {
        application
                .withBean(
                        "kebab",
                        ObjectMapper.class,
                        () -> new Kebab().kebab(),
                        bean -> bean.setAutowireCandidate(false))
                .run(context -> assertThat(context).getBean(JsonCodecs.class).isInstanceOf(Jackson3Codecs.class));
        application
                .withBean(
                        "kebab",
                        JsonMapper.class,
                        JsonMapper::new,
                        bean -> ((AbstractBeanDefinition) bean).setDefaultCandidate(false))
                .withBean("other", ObjectMapper.class, () -> new Kebab().kebab())
                .run(context -> assertThat(context).getBean(JsonCodecs.class).isInstanceOf(Jackson2Codecs.class));
    }

    @Test
    void withoutAnyLibraryTheStartFailsWithWhatToAdd(CapturedOutput output) {
        start(Nothing.class, new FilteredClassLoader(NO_2, NO_3));

        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("neither Jackson 3 nor Jackson 2 is on the class path")
                .contains("Add org.springframework.boot:spring-boot-starter-json");
    }

    @Test
    void withoutAnyLibraryAndWithoutPotteryItStarts() {
        new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(PotteryAutoConfiguration.class, PotteryJsonAutoConfiguration.class))
                .withClassLoader(new FilteredClassLoader(NO_2, NO_3))
                .run(context -> assertThat(context).hasNotFailed());
        application
                .withClassLoader(new FilteredClassLoader(NO_2, NO_3))
                .withPropertyValues("pottery.enabled=false")
                .run(context -> assertThat(context).hasNotFailed());
    }

    /** Starts an application with all that Spring Boot finds. */
    private static void start(Class<?> configuration, ClassLoader classLoader) {
        SpringApplication application = new SpringApplication(configuration);
        if (classLoader != null) {
            application.setResourceLoader(new DefaultResourceLoader(classLoader));
        }
        application.setDefaultProperties(Map.of("spring.main.banner-mode", "off"));
        assertThatException().isThrownBy(() -> application.run().close());
    }

    @Configuration(proxyBeanMethods = false)
    static class Kebab {

        @Bean
        ObjectMapper kebab() {
            return new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class PrimarySnake {

        @Bean
        @Primary
        ObjectMapper snake() {
            return new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Equals {

        @Bean
        JsonMapper one() {
            return new JsonMapper();
        }

        @Bean
        JsonMapper other() {
            return new JsonMapper();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Stubborn {

        /** It does not say how it is copied. */
        @Bean
        ObjectMapper stubborn() {
            return new ObjectMapper() {};
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Nothing {}

    @Configuration(proxyBeanMethods = false)
    static class OwnCodecs {

        static final Codec<Object> CODEC = new Jackson3Codecs().of(Object.class);

        @Bean
        JsonCodecs ownCodecs() {
            return new JsonCodecs() {
                @Override
                @SuppressWarnings("unchecked") // nobody uses it
                public <T> Codec<T> of(Class<T> type) {
                    return (Codec<T>) CODEC;
                }

                @Override
                @SuppressWarnings("unchecked")
                public <T> Codec<T> of(ParameterizedTypeReference<T> type) {
                    return (Codec<T>) CODEC;
                }
            };
        }
    }
}
