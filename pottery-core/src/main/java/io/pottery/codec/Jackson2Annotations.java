package io.pottery.codec;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.AnnotationIntrospector;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import com.fasterxml.jackson.databind.introspect.ObjectIdInfo;
import com.fasterxml.jackson.databind.jsontype.TypeIdResolver;
import com.fasterxml.jackson.databind.jsontype.TypeResolverBuilder;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Refuses annotations that would put names of classes into the text, or what does not come back, or not from the same
 * bytes; says nothing of anything else.
 */
final class Jackson2Annotations extends NopAnnotationIntrospector {

    private static final long serialVersionUID = 1L;

    private final AnnotationIntrospector applications;

    Jackson2Annotations(AnnotationIntrospector applications) {
        this.applications = applications;
    }

    @Override
    public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(MapperConfig<?> config, Annotated annotated) {
        JsonTypeInfo.Value info = applications.findPolymorphicTypeInfo(config, annotated);
        if (info != null && namesClasses(info.getIdType())) {
            throw new RefusedTypeException(annotated.getName(), RefusedTypes.NAMES_CLASSES);
        }
        return null;
    }

    @Override
    public @Nullable TypeResolverBuilder<?> findTypeResolver(
            MapperConfig<?> config, AnnotatedClass type, JavaType declared) {
        findPolymorphicTypeInfo(config, type);
        return checked(config, applications.findTypeResolver(config, type, declared), declared);
    }

    @Override
    public @Nullable TypeResolverBuilder<?> findPropertyTypeResolver(
            MapperConfig<?> config, AnnotatedMember member, JavaType declared) {
        findPolymorphicTypeInfo(config, member);
        return checked(config, applications.findPropertyTypeResolver(config, member, declared), declared);
    }

    @Override
    public @Nullable TypeResolverBuilder<?> findPropertyContentTypeResolver(
            MapperConfig<?> config, AnnotatedMember member, JavaType declared) {
        findPolymorphicTypeInfo(config, member);
        return checked(config, applications.findPropertyContentTypeResolver(config, member, declared), declared);
    }

    /** An application may make {@code found} without any annotation. */
    private static @Nullable TypeResolverBuilder<?> checked(
            MapperConfig<?> config, @Nullable TypeResolverBuilder<?> found, JavaType declared) {
        TypeSerializer serializer = found != null && config instanceof SerializationConfig writing
                ? found.buildTypeSerializer(writing, declared, List.of())
                : null;
        TypeIdResolver ids = serializer == null ? null : serializer.getTypeIdResolver();
        if (ids != null && namesClasses(ids.getMechanism())) {
            throw new RefusedTypeException(declared.toCanonical(), RefusedTypes.NAMES_CLASSES);
        }
        return null;
    }

    private static boolean namesClasses(JsonTypeInfo.Id id) {
        return id == JsonTypeInfo.Id.CLASS || id == JsonTypeInfo.Id.MINIMAL_CLASS;
    }

    @Override
    public JsonFormat.@Nullable Value findFormat(Annotated annotated) {
        JsonFormat.Value format = applications.findFormat(annotated);
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
    public @Nullable ObjectIdInfo findObjectIdInfo(Annotated annotated) {
        if (applications.findObjectIdInfo(annotated) != null) {
            throw new RefusedTypeException(annotated.getName(), RefusedTypes.HAS_OBJECT_ID);
        }
        return null;
    }
}
