package io.pottery.autoconfigure;

import java.util.List;

/** Several Redis connection factories, of which Pottery cannot tell the right one. */
final class SeveralConnectionFactoriesException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SeveralConnectionFactoriesException(List<String> names) {
        super("Pottery needs one RedisConnectionFactory, but there are %d and none is primary: %s"
                .formatted(names.size(), ConnectionFactories.joined(names)));
    }
}
