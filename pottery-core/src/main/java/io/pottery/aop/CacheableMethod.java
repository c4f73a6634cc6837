package io.pottery.aop;

import io.pottery.cache.CacheOptions;
import io.pottery.cache.RedisCacheable;
import io.pottery.error.AnnotatedMethodException;
import io.pottery.error.PotteryException;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodClassKey;

/**
 * A method whose results are cached, understood.
 *
 * @param id tells it from all others
 * @param name the class and method, as messages call it
 * @param condition whether a call is looked up; null for always
 * @param unless whether a result is not stored; null for never
 */
record CacheableMethod(
        MethodClassKey id,
        String name,
        CacheEntry entry,
        CacheOptions options,
        @Nullable ParameterExpression condition,
        @Nullable ParameterExpression unless,
        CachedResult result,
        Outcome outcome) {

    /** {@link RedisCacheable}, and what it means for a method. */
    static final AdvisedAnnotation<CacheableMethod> ANNOTATION = new AdvisedAnnotation<>(
            RedisCacheable.class, false, "cache", "pottery.cache(...)", AdvisedAnnotation.one(CacheableMethod::of));

    private static final String NO_TIMEOUT = "none";

    /**
     * Understands what stands at a method.
     *
     * @throws AnnotatedMethodException if the method cannot do what it says
     */
    private static CacheableMethod of(Attributes attributes) {
        Outcome outcome = Outcome.of(attributes);
        CacheEntry entry = CacheEntry.of(attributes);
        CacheOptions options = options(attributes);
        if (options.near() > 0 && !entry.key().isFixed()) {
            throw attributes.wrong(
                    " has near entries and a key that differs from call to call: leave out near, or give what differs as arguments",
                    null);
        }
        CachedResult result = CachedResult.of(attributes, outcome);
        if (options.nullTtl() != null
                && (result.many() || outcome.type().resolve(Object.class).isPrimitive())) {
            throw attributes.wrong(
                    " has a nullTtl, but %s is never null: leave it out".formatted(outcome.type()), null);
        }
        return new CacheableMethod(
                new MethodClassKey(attributes.method(), attributes.target()),
                attributes.name(),
                entry,
                options,
                attributes.condition("condition", attributes.names()),
                attributes.condition("unless", attributes.namesAndResult()),
                result,
                outcome);
    }

    private static CacheOptions options(Attributes attributes) {
        CacheOptions defaults = CacheOptions.defaults();
        Duration ttl = attributes.duration("ttl");
        Duration lease = attributes.duration("lease");
        try {
            return new CacheOptions(
                    timeout(attributes, ttl == null ? defaults.timeout() : null),
                    ttl,
                    attributes.annotation().getDouble("jitter"),
                    attributes.duration("nullTtl"),
                    attributes.annotation().getBoolean("sync"),
                    lease == null ? defaults.lease() : lease,
                    attributes.duration("refreshAhead"),
                    attributes.annotation().getBoolean("failOpen"),
                    attributes.annotation().getInt("near"),
                    attributes.key().toString());
        } catch (IllegalArgumentException e) {
            throw attributes.wrong(": " + e.getMessage(), e);
        }
    }

    private static @Nullable Duration timeout(Attributes attributes, @Nullable Duration otherwise) {
        String timeout = attributes.text("timeout");
        if (timeout.equals(NO_TIMEOUT)) {
            return null;
        }
        return timeout.isEmpty() ? otherwise : attributes.duration("timeout", timeout);
    }

    /** Whether a call with {@code arguments} is looked up. */
    boolean looksUp(@Nullable Object[] arguments) {
        try {
            return condition == null || condition.isTrue(arguments);
        } catch (PotteryException e) {
            throw new PotteryException(
                    "%s did not run, because of its condition: %s".formatted(name, e.getMessage()), e);
        }
    }

    /** Whether to store {@code value} for a call with {@code arguments}. */
    boolean stores(@Nullable Object[] arguments, @Nullable Object value) {
        if (unless == null) {
            return true;
        }
        @Nullable Object[] all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = value;
        try {
            return !unless.isTrue(all);
        } catch (PotteryException e) {
            throw new PotteryException(
                    "%s has run, and cannot tell whether to store what it returned: %s".formatted(name, e.getMessage()),
                    e);
        }
    }
}
