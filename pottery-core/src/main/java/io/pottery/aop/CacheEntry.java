package io.pottery.aop;

import io.pottery.cache.Arguments;
import io.pottery.cache.RedisCache;
import io.pottery.error.PotteryException;
import io.pottery.error.UnencodableValueException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which entry of which cache a call of a method is about.
 *
 * @param method what messages call the method
 * @param key the name of the cache
 * @param arguments what tells entries apart; all parameters if empty
 */
record CacheEntry(String method, KeyTemplate key, List<ParameterExpression> arguments) {

    static CacheEntry of(Attributes attributes) {
        return new CacheEntry(attributes.name(), attributes.key(), attributes.arguments());
    }

    /** The name of the cache for a call with {@code arguments}. */
    String cache(@Nullable Object[] values) {
        return told("key has no value", () -> key.fill(values));
    }

    /** The entry in that cache. */
    Arguments entry(@Nullable Object[] values) {
        return told(
                "arguments have no value",
                () -> Arguments.of(
                        arguments.isEmpty()
                                ? values
                                : arguments.stream()
                                        .map(each -> each.value(values))
                                        .toArray()));
    }

    /**
     * What removes that entry, by what its arguments are now.
     *
     * @throws UnencodableValueException if they have no JSON
     */
    Runnable eviction(RedisCache<Arguments, ?> cache, @Nullable Object[] values) {
        Arguments entry = entry(values);
        try {
            return cache.eviction(entry);
        } catch (UnencodableValueException e) {
            throw new UnencodableValueException(
                    "%s did not run, because its arguments have no JSON: %s".formatted(method, e.getMessage()), e);
        }
    }

    private <T> T told(String what, Supplier<T> value) {
        try {
            return value.get();
        } catch (PotteryException e) {
            throw new PotteryException("%s did not run, because its %s: %s".formatted(method, what, e.getMessage()), e);
        }
    }
}
