package io.pottery.cache;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of one call, as the key of what a cache keeps for it.
 *
 * <p>Two are equal if their arguments are equal, one by one; an array equals only itself, as everywhere in Java. In
 * Redis, arrays are told apart by their contents.
 */
public final class Arguments {

    private final List<@Nullable Object> arguments;

    private Arguments(List<@Nullable Object> arguments) {
        this.arguments = arguments;
    }

    /** Returns the arguments of a call; any of them may be null. */
    public static Arguments of(@Nullable Object... arguments) {
        Objects.requireNonNull(arguments, "arguments; a single null is of((Object) null)");
        List<@Nullable Object> copy = new ArrayList<>(arguments.length);
        Collections.addAll(copy, arguments);
        return new Arguments(Collections.unmodifiableList(copy));
    }

    /** Returns the arguments in their order, unmodifiable. */
    public List<@Nullable Object> toList() {
        return arguments;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Arguments that && arguments.equals(that.arguments);
    }

    @Override
    public int hashCode() {
        return arguments.hashCode();
    }

    /** Tells how many there are, and nothing of what they are: that may be secret. */
    @Override
    public String toString() {
        return arguments.size() == 1 ? "1 argument" : "%d arguments".formatted(arguments.size());
    }
}
