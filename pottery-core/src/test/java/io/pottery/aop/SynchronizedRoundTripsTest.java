package io.pottery.aop;

import static org.assertj.core.api.Assertions.assertThat;

import io.pottery.PotteryFactory;
import io.pottery.lock.Synchronized;
import io.pottery.testing.CountedRedis;
import io.pottery.testing.CountedRedis.Traffic;
import io.pottery.testing.TestRedis;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/** The round trips of synchronized methods: those of a lease that is taken and released. */
class SynchronizedRoundTripsTest {

    @RegisterExtension
    static final CountedRedis redis = new CountedRedis();

    private static final Traffic TAKEN_AND_RELEASED = new Traffic(2, 2 + 6);

    private final String name = TestRedis.freshKey();

    @Configuration(proxyBeanMethods = false)
    @EnablePottery
    static class Application {}

    static class Shop {

        @Synchronized(key = "#{#lock}", timeout = "5s", renew = true)
        public <T> T value(String lock, Supplier<T> inside) {
            return inside.get();
        }

        @Synchronized(key = "#{#lock}")
        public CompletableFuture<String> stage(String lock) {
            return CompletableFuture.completedFuture("done");
        }

        @Synchronized(key = "#{#lock}")
        public Mono<String> mono(String lock) {
            return Mono.just("done");
        }
    }

    @Test
    void aCallIsTwoRoundTripsAndOneInsideIsNone() {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.registerBean(PotteryFactory.class, redis::pottery);
            context.register(Application.class, Shop.class);
            context.refresh();
            Shop shop = context.getBean(Shop.class);
            shop.value(name, () -> "connects, and makes the fence");
            assertThat(redis.count(() -> shop.value(name, () -> "done"))).isEqualTo(TAKEN_AND_RELEASED);
            assertThat(redis.count(() -> shop.value(name, () -> shop.value(name, () -> "done"))))
                    .isEqualTo(TAKEN_AND_RELEASED);
            assertThat(redis.count(() -> shop.stage(name).join())).isEqualTo(TAKEN_AND_RELEASED);
            assertThat(redis.count(() -> shop.mono(name).block())).isEqualTo(TAKEN_AND_RELEASED);
        }
    }
}
