package io.pottery.aop;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Import;

/**
 * Has {@link io.pottery.lock.Synchronized}, {@link io.pottery.cache.RedisCacheable} and
 * {@link io.pottery.cache.RedisCacheEvict} work in an application without Spring Boot; its starter does the same. The
 * context needs a {@link io.pottery.PotteryFactory} bean, and has a {@link RedisCaches}.
 *
 * <pre>{@code
 * @Configuration
 * @EnablePottery
 * class ApplicationConfiguration {
 *     @Bean
 *     PotteryFactory pottery(RedisConnectionFactory connections) {
 *         return PotteryFactory.create(connections);
 *     }
 * }
 * }</pre>
 *
 * <p>Each context needs its own: beans of a child context without it run unlocked and are not cached. Beans of the
 * context that are proxied for whatever reason are proxied by their class from then on, unless
 * {@code spring.aop.proxy-target-class=false}. The property {@code pottery.lock.advisor-order} moves the lock among
 * other advice, by default around transactions, and {@code pottery.cache.advisor-order} the cache, by default around
 * the lock.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Import(AdviceConfiguration.class)
public @interface EnablePottery {}
