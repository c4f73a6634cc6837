package io.pottery.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** A value that Pottery has refused, and its words. The constructor with a cause is not public before Boot 4.1. */
final class RefusedPropertyException extends InvalidConfigurationPropertyValueException {

    private static final long serialVersionUID = 1L;

    private final RuntimeException refusal;

    RefusedPropertyException(String name, @Nullable Object value, RuntimeException refusal) {
        super(name, value, refusal.getMessage() + ".");
        this.refusal = refusal;
    }

    @Override
    public synchronized Throwable getCause() {
        return refusal;
    }
}
