package io.pottery.codec;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;
import tools.jackson.databind.introspect.ObjectIdInfo;

/**
 * Refuses annotations that would put names of classes into the text, or what does not come back, or not from the same
 * bytes; says nothing of anything else.
 */
final class Jackson3Annotations extends NopAnnotationIntrospector {

    private static final long serialVersionUID = 1L;

    private final AnnotationIntrospector applications;

    Jackson3Annotations(AnnotationIntrospector applications) {
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

    @Override
    public JsonFormat.@Nullable Value findFormat(MapperConfig<?> config, Annotated annotated) {
        JsonFormat.Value format = applications.findFormat(config, annotated);
        boolean fixed = annotated instanceof AnnotatedClass && FixedTypes.contain(annotated.getRawType());
        if (format != null && !fixed) {
            boolean unwraps =
                    Boolean.TRUE.equals(format.getFeature(JsonFormat.Feature.WRITE_SINGLE_ELEM_ARRAYS_UNWRAPPED));
            if (unwraps || isRefused(format.getShape(), annotated)) {
                throw new RefusedTypeException(nameOf(annotated), RefusedTypes.IS_SHAPED);
            }
        }
        return null;
    }

    private static boolean isRefused(JsonFormat.Shape shape, Annotated annotated) {
        if (annotated instanceof AnnotatedClass) {
            return RefusedTypes.isShaped(annotated.getRawType(), shape.name());
        }
        JavaType type = annotated.getType();
        while (type != null && !RefusedTypes.isShaped(type.getRawClass(), shape.name())) {
            boolean whole = type.isArrayType() && type.getContentType().isPrimitive();
            type = whole ? null : type.getContentType(); // whose values are shaped, too
        }
        return type != null;
    }

    private static String nameOf(Annotated annotated) {
        return annotated instanceof AnnotatedMember member
                ? member.getDeclaringClass().getName()
                : annotated.getName();
    }

    @Override
    public @Nullable ObjectIdInfo findObjectIdInfo(MapperConfig<?> config, Annotated annotated) {
        if (applications.findObjectIdInfo(config, annotated) != null) {
            throw new RefusedTypeException(annotated.getName(), RefusedTypes.HAS_OBJECT_ID);
        }
        return null;
    }
}
