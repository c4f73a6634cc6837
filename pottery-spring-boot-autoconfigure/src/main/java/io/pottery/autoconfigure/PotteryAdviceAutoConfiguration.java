package io.pottery.autoconfigure;

import io.pottery.PotteryFactory;
import io.pottery.aop.EnablePottery;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * Has Pottery's annotations work. It does not depend on there being a factory: without one, annotated methods fail, and
 * never run without their lock.
 */
@AutoConfiguration
@ConditionalOnClass({PotteryFactory.class, RedisConnectionFactory.class})
@EnablePottery
public final class PotteryAdviceAutoConfiguration {}
