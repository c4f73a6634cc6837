package io.pottery.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.pottery.PotteryFactory;
import io.pottery.aop.CurrentLease;
import io.pottery.lock.Synchronized;
import io.pottery.testredis.RedisServer;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.test.tools.CompileWithForkedClassLoader;
import org.springframework.core.test.tools.Compiled;
import org.springframework.core.test.tools.TestCompiler;

/** Applications of Spring Boot that were processed ahead of time, with other properties than they are started with. */
class AheadOfTimeTest {

    private static final Map<String, Object> SOMEWHERE = Map.of("pottery.lock.masters[0].url", "redis://127.0.0.1:1");

    static class Shop {

        @Synchronized(key = "#{#lock}")
        String run(String lock) {
            return CurrentLease.get().toString();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Shop.class)
    static class Application {}

    @Test
    @CompileWithForkedClassLoader
    void askTheMastersThatAreNamedWhenTheyStart() {
        String name = UUID.randomUUID().toString();
        try (RedisServer server = RedisServer.start()) {
            Map<String, Object> masters = Map.of("pottery.lock.masters[0].url", "redis://127.0.0.1:" + server.port());
            start(SOMEWHERE, masters, context -> {
                assertThat(context.getBean(Shop.class).run(name)).contains(name);
                assertThat(context.getBean(PotteryFactory.class).nextId(name).nextLong())
                        .isEqualTo(1);
            });
        }
    }

    @Test
    @CompileWithForkedClassLoader
    void askMastersThatNobodyNamedBefore() {
        String name = UUID.randomUUID().toString();
        try (RedisServer locks = RedisServer.start();
                RedisServer ids = RedisServer.start()) {
            Map<String, Object> masters = Map.of(
                    "pottery.lock.masters[0].url", "redis://127.0.0.1:" + locks.port(),
                    "pottery.id.masters[0].url", "redis://127.0.0.1:" + ids.port());
            start(Map.of(), masters, context -> {
                assertThat(context.getBean(Shop.class).run(name)).contains(name);
                context.getBean(PotteryFactory.class).nextId(name).nextLong();
                assertThat(ids.execute("EXISTS", "nextid:" + name)).isEqualTo(1L);
            });
        }
    }

    @Test
    @CompileWithForkedClassLoader
    void haveNoMastersIfNobodyNamesThemAnyMore() {
        start(
                SOMEWHERE,
                Map.of(),
                context -> assertThat(
                                context.getBean(PotteryFactory.class).masters().names())
                        .singleElement()
                        .asString()
                        .startsWith("the application's Redis"));
    }

    private static void start(
            Map<String, Object> atBuild, Map<String, Object> atStart, Consumer<GenericApplicationContext> test) {
        TestGenerationContext generated = new TestGenerationContext();
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            addFirst(context, atBuild);
            context.register(Application.class);
            new ApplicationContextAotGenerator().processAheadOfTime(context, generated);
        }
        generated.writeGeneratedContent();
        TestCompiler.forSystem().with(generated).compile(compiled -> {
            try (GenericApplicationContext context = new GenericApplicationContext()) {
                addFirst(context, atStart);
                initializer(compiled).initialize(context);
                context.refresh();
                test.accept(context);
            }
        });
    }

    private static void addFirst(GenericApplicationContext context, Map<String, Object> properties) {
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", properties));
    }

    @SuppressWarnings("unchecked") // it is for every context
    private static ApplicationContextInitializer<GenericApplicationContext> initializer(Compiled compiled) {
        return compiled.getInstance(ApplicationContextInitializer.class);
    }
}
