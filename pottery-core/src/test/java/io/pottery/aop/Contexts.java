package io.pottery.aop;

import io.pottery.PotteryFactory;
import io.pottery.testing.TestRedis;
import java.util.Map;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;

/** Applications without Spring Boot, on the shared Redis. */
final class Contexts {

    private Contexts() {}

    static AnnotationConfigApplicationContext with(Class<?>... beans) {
        return with(Map.of(), beans);
    }

    static AnnotationConfigApplicationContext with(Map<String, Object> properties, Class<?>... beans) {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        try {
            context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", properties));
            context.register(Application.class);
            if (beans.length > 0) {
                context.register(beans);
            }
            context.refresh();
            return context;
        } catch (RuntimeException e) {
            context.close();
            throw e;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnablePottery
    static class Application {

        @Bean
        PotteryFactory pottery() {
            return TestRedis.pottery();
        }
    }
}
