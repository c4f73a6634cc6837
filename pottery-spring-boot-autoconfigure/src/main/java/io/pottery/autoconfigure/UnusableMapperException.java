package io.pottery.autoconfigure;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.util.ClassUtils;

/** A mapper of the application that Pottery cannot map with, or several, of which it cannot tell the right one. */
final class UnusableMapperException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnusableMapperException(NoUniqueBeanDefinitionException cause) {
        super(
                "Pottery maps objects with the application's %s, but there are %d and none is primary: %s"
                        .formatted(
                                ClassUtils.getShortName(Objects.requireNonNull(cause.getBeanType())),
                                cause.getNumberOfBeansFound(),
                                names(cause)),
                cause);
    }

    UnusableMapperException(IllegalArgumentException cause) {
        super("Pottery cannot map objects with the application's mapper: " + cause.getMessage(), cause);
    }

    private static String names(NoUniqueBeanDefinitionException cause) {
        Collection<String> names = cause.getBeanNamesFound();
        return ConnectionFactories.joined(names == null ? List.of() : List.copyOf(names));
    }
}
