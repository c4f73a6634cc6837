package io.pottery.cache;

import io.pottery.codec.JsonCodecs;
import java.nio.charset.StandardCharsets;
import java.util.*;
import org.jspecify.annotations.Nullable;

@SuppressWarnings("NullAway")
final class EntryField {
    EntryField(JsonCodecs c) {}

    byte[] of(@Nullable Object key) {
        return ((key instanceof Arguments a ? a.toList() : Collections.singletonList(key))
                        .stream()
                                .map(x -> x == null ? "null" : x + x.getClass().getSimpleName())
                                .toList()
                                .toString())
                .getBytes(StandardCharsets.US_ASCII);
    }
}
