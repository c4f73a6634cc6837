package io.pottery.autoconfigure;

import io.pottery.PotteryFactory;
import io.pottery.autoconfigure.PotteryProperties.ManagedCache;
import io.pottery.cache.CacheOptions;
import io.pottery.cache.RedisCache;
import io.pottery.codec.Codec;
import io.pottery.error.PotteryException;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** One cache as the properties have it. What is wrong with it is told by the name of the property. */
record ConfiguredCache(String name, ManagedCache cache) {

    private static final String CACHES = "pottery.cache.manager.caches";

    /** A name that needs no brackets as a part of a property. */
    private static final Pattern PLAIN = Pattern.compile("[a-zA-Z0-9-]+");

    RedisCache<?, ?> open(PotteryFactory pottery) {
        Codec<?> values = values(pottery);
        CacheOptions options = options();
        try {
            return pottery.cache(name, Object.class, values, options);
        } catch (IllegalArgumentException e) {
            throw new RefusedPropertyException(CACHES, name, e);
        } catch (PotteryException e) {
            throw invalid("near", cache.near(), e);
        }
    }

    private Codec<?> values(PotteryFactory pottery) {
        Class<?> type = cache.valueType();
        if (type == null) {
            throw new InvalidConfigurationPropertyValueException(
                    property("value-type"), null, "A cache needs the class of its values.");
        }
        if (type == Object.class || type.getTypeParameters().length > 0) {
            throw new InvalidConfigurationPropertyValueException(
                    property("value-type"),
                    type.getName(),
                    "Nobody can tell what to read then: name a class without type parameters.");
        }
        try {
            return pottery.json(type);
        } catch (IllegalArgumentException e) {
            throw invalid("value-type", type.getName(), e);
        }
    }

    private CacheOptions options() {
        CacheOptions options = cache.timeout() == null && cache.ttl() != null
                ? CacheOptions.defaults().withoutTimeout()
                : CacheOptions.defaults();
        options = with(options, "timeout", cache.timeout(), CacheOptions::withTimeout);
        options = with(options, "ttl", cache.ttl(), CacheOptions::withTtl);
        options = with(options, "jitter", cache.jitter(), CacheOptions::withJitter);
        options = with(options, "null-ttl", cache.nullTtl(), CacheOptions::withNullTtl);
        options = with(options, "lease", cache.lease(), CacheOptions::withLease);
        options = with(options, "refresh-ahead", cache.refreshAhead(), CacheOptions::withRefreshAhead);
        options = with(options, "near", cache.near(), CacheOptions::withNear);
        options = cache.sync() ? options.withSync() : options;
        return cache.failOpen() ? options : options.withoutFailOpen();
    }

    private <T> CacheOptions with(
            CacheOptions options, String key, @Nullable T value, BiFunction<CacheOptions, T, CacheOptions> change) {
        if (value == null) {
            return options;
        }
        try {
            return change.apply(options, value);
        } catch (IllegalArgumentException e) {
            throw invalid(key, value, e);
        }
    }

    private String property(String key) {
        String element = PLAIN.matcher(name).matches() ? "." + name : "[" + name + "]";
        return "%s%s.%s".formatted(CACHES, element, key);
    }

    private RefusedPropertyException invalid(String key, Object value, RuntimeException refusal) {
        return new RefusedPropertyException(property(key), value, refusal);
    }
}
