package io.pottery.codec;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;

/** Refuses to put names of classes into the text, and to look for them there; says nothing of anything else. */
final class Jackson3NoClassNames extends NopAnnotationIntrospector {

    private static final long serialVersionUID = 1L;

    private final AnnotationIntrospector applications;

    Jackson3NoClassNames(AnnotationIntrospector applications) {
        this.applications = applications;
    }

    @Override
    public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(MapperConfig<?> config, Annotated annotated) {
        JsonTypeInfo.Value info = applications.findPolymorphicTypeInfo(config, annotated);
        if (info != null
                && (info.getIdType() == JsonTypeInfo.Id.CLASS || info.getIdType() == JsonTypeInfo.Id.MINIMAL_CLASS)) {
            throw new RefusedTypeException(annotated.getName(), RefusedTypes.NAMES_CLASSES);
        }
        return null;
    }
}
