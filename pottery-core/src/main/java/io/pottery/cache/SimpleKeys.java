package io.pottery.cache;

import io.pottery.error.PotteryException;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.interceptor.SimpleKey;
import org.springframework.util.ReflectionUtils;

/** What Spring makes of several parameters, or of none. It tells nobody what is inside. */
final class SimpleKeys {

    private static final @Nullable Field PARAMETERS = parameters();

    private SimpleKeys() {}

    static Arguments argumentsOf(SimpleKey key) {
        if (PARAMETERS != null && ReflectionUtils.getField(PARAMETERS, key) instanceof @Nullable Object[] parameters) {
            return Arguments.of(parameters);
        }
        throw new PotteryException(
                "The parameters in a SimpleKey of this version of Spring cannot be read: have 'key' or a KeyGenerator give Arguments");
    }

    private static @Nullable Field parameters() {
        try {
            Field field = ReflectionUtils.findField(SimpleKey.class, "params");
            if (field != null) {
                ReflectionUtils.makeAccessible(field);
            }
            return field;
        } catch (RuntimeException e) { // Java does not let us
            return null;
        }
    }
}
