package io.pottery.cache;

import java.util.*;
import org.jspecify.annotations.Nullable;

public final class Arguments {
    private final List<@Nullable Object> list;

    private Arguments(List<@Nullable Object> l) {
        list = l;
    }

    public static Arguments of(@Nullable Object... a) {
        return new Arguments(Collections.unmodifiableList(new ArrayList<>(Arrays.asList(a))));
    }

    public List<@Nullable Object> toList() {
        return list;
    }

    @Override
    public boolean equals(@Nullable Object o) {
        return o instanceof Arguments a && a.list.equals(list);
    }

    @Override
    public int hashCode() {
        return list.hashCode();
    }
}
