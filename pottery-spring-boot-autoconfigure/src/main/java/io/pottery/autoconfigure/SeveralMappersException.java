package io.pottery.autoconfigure;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.util.ClassUtils;

/** Several mappers, of which Pottery cannot tell the right one. */
final class SeveralMappersException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SeveralMappersException(NoUniqueBeanDefinitionException cause) {
        super(
                "Pottery maps objects with the application's %s, but there are %d and none is primary: %s"
                        .formatted(
                                ClassUtils.getShortName(Objects.requireNonNull(cause.getBeanType())),
                                cause.getNumberOfBeansFound(),
                                names(cause)),
                cause);
    }

    private static String names(NoUniqueBeanDefinitionException cause) {
        Collection<String> names = cause.getBeanNamesFound();
        return ConnectionFactories.joined(names == null ? List.of() : List.copyOf(names));
    }
}
