package io.pottery.aop;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;

/** The types of objects around a value that may be missing. */
enum OptionalType {
    OBJECT(Optional.class, Object.class, Optional::ofNullable),

    INT(
            OptionalInt.class,
            Integer.class,
            value -> value == null ? OptionalInt.empty() : OptionalInt.of((Integer) value)),

    LONG(OptionalLong.class, Long.class, value -> value == null ? OptionalLong.empty() : OptionalLong.of((Long) value)),

    DOUBLE(
            OptionalDouble.class,
            Double.class,
            value -> value == null ? OptionalDouble.empty() : OptionalDouble.of((Double) value));

    private final Class<?> type;
    private final Class<?> content;
    private final Function<@Nullable Object, Object> wrapper;

    OptionalType(Class<?> type, Class<?> content, Function<@Nullable Object, Object> wrapper) {
        this.type = type;
        this.content = content;
        this.wrapper = wrapper;
    }

    /** What {@code type} is of these; null if none. */
    static @Nullable OptionalType of(ResolvableType type) {
        for (OptionalType each : values()) {
            if (each.type == type.resolve()) {
                return each;
            }
        }
        return null;
    }

    /** The type of the value in {@code optional}, which is of this type. */
    ResolvableType content(ResolvableType optional) {
        return this == OBJECT ? optional.getGeneric() : ResolvableType.forClass(content);
    }

    /** {@code value}, which may be null, in an object of this type. */
    Object wrapped(@Nullable Object value) {
        return wrapper.apply(value);
    }

    /** {@code value} without all that is around it. */
    static @Nullable Object unwrapped(@Nullable Object value) {
        if (value instanceof Optional<?> optional) {
            return unwrapped(optional.orElse(null));
        }
        if (value instanceof OptionalInt number) {
            return number.isPresent() ? number.getAsInt() : null;
        }
        if (value instanceof OptionalLong number) {
            return number.isPresent() ? number.getAsLong() : null;
        }
        if (value instanceof OptionalDouble number) {
            return number.isPresent() ? number.getAsDouble() : null;
        }
        return value;
    }
}
