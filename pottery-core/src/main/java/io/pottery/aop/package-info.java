/**
 * What makes Pottery's annotations work at the beans of a Spring context. Spring Boot has it by the starter; other
 * applications with {@link io.pottery.aop.EnablePottery}.
 */
@NullMarked
package io.pottery.aop;

import org.jspecify.annotations.NullMarked;
