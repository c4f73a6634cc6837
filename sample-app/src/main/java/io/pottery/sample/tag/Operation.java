package io.pottery.sample.tag;

import io.pottery.sample.Input;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What can be made of two sets. */
enum Operation {
    INTERSECTION,
    UNION,
    DIFFERENCE,
    SYMMETRIC_DIFFERENCE;

    /** The operation that people call {@code name}, such as {@code symmetric-difference}. */
    static Operation of(@Nullable String name) {
        String operation = Input.text("operation", name, 30);
        try {
            return valueOf(operation.toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException e) {
            throw Input.wrong("The operation must be intersection, union, difference or symmetric-difference, not '%s'."
                    .formatted(operation));
        }
    }
}
