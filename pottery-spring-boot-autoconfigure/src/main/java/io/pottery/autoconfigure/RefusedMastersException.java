package io.pottery.autoconfigure;

import io.pottery.error.MasterConfigurationException;

/** Masters that are no quorum, and the property that lists them. */
final class RefusedMastersException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String property;

    RefusedMastersException(String property, MasterConfigurationException cause) {
        super("%s: %s".formatted(property, cause.getMessage()), cause);
        this.property = property;
    }

    String property() {
        return property;
    }
}
