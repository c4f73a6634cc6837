package io.pottery.cache;

import io.pottery.cache.CacheState.Decoded;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a call asks for.
 *
 * @param near the value, if it is in this process
 */
record Sought<V>(byte[] field, @Nullable Decoded<V> near) {

    private static final byte[] UNKNOWN = {};

    /** Looks {@code key} up in this process. */
    static <V> Sought<V> in(CacheState<V> state, @Nullable Object key) {
        Near<V> near = state.near();
        if (near == null) {
            return new Sought<>(state.fields().of(key), null);
        }
        String known = near.fieldOf(key);
        Decoded<V> copy = known == null ? null : near.find(known);
        if (copy != null) {
            state.counters().nearHit();
            return new Sought<>(UNKNOWN, copy);
        }
        byte[] field = known == null ? state.fields().of(key) : known.getBytes(StandardCharsets.US_ASCII);
        if (known == null) {
            String text = new String(field, StandardCharsets.US_ASCII);
            near.remember(key, text);
            copy = near.find(text);
            if (copy != null) {
                state.counters().nearHit();
            }
        }
        return new Sought<>(field, copy);
    }
}
