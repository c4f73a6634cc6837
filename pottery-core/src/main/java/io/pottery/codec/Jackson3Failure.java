package io.pottery.codec;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.ClassIntrospector;
import tools.jackson.databind.json.JsonMapper;

/** What Jackson 3 says about a failure. */
final class Jackson3Failure extends MappingFailure {

    private final JsonMapper mapper;

    Jackson3Failure(Throwable thrown, JsonMapper mapper) {
        super(thrown);
        this.mapper = mapper;
    }

    /** What the piece of JSON that begins with {@code token} is. */
    static JsonKind kind(@Nullable JsonToken token) {
        if (token == null) {
            return JsonKind.END;
        }
        return switch (token) {
            case START_OBJECT, PROPERTY_NAME -> JsonKind.OBJECT;
            case START_ARRAY -> JsonKind.ARRAY;
            case VALUE_STRING -> JsonKind.STRING;
            case VALUE_NUMBER_INT -> JsonKind.INTEGER;
            case VALUE_NUMBER_FLOAT -> JsonKind.FRACTION;
            case VALUE_TRUE, VALUE_FALSE -> JsonKind.BOOLEAN;
            case VALUE_NULL -> JsonKind.NULL;
            case END_OBJECT, END_ARRAY -> JsonKind.END;
            case VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE -> JsonKind.OTHER;
        };
    }

    @Override
    boolean isJacksons(Throwable cause) {
        return cause instanceof JacksonException;
    }

    @Override
    @Nullable
    Definition definition() {
        InvalidDefinitionException undefined = find(InvalidDefinitionException.class);
        if (undefined == null) {
            return null;
        }
        JavaType type = undefined.getType();
        return new Definition(type == null ? null : type.getRawClass(), undefined.getOriginalMessage());
    }

    @Override
    @Nullable
    Mismatch mismatch() {
        MismatchedInputException mismatch = find(MismatchedInputException.class);
        return mismatch == null ? null : new Mismatch(mismatch.getTargetType(), mismatch.getOriginalMessage());
    }

    @Override
    @Nullable
    String limit() {
        StreamConstraintsException limit = find(StreamConstraintsException.class);
        return limit == null ? null : limit.getOriginalMessage();
    }

    @Override
    boolean isMalformed() {
        return find(InputCoercionException.class) == null && find(StreamReadException.class) != null;
    }

    @Override
    List<Step> steps() {
        JacksonException failure = find(JacksonException.class);
        return failure == null
                ? List.of()
                : failure.getPath().stream()
                        .map(step -> new Step(step.from(), step.getPropertyName(), step.getIndex()))
                        .toList();
    }

    @Override
    boolean hasProperty(Class<?> type, String name) {
        JavaType described = mapper.constructType(type);
        ClassIntrospector introspector = mapper.serializationConfig().classIntrospectorInstance();
        AnnotatedClass annotated = introspector.introspectClassAnnotations(described);
        return introspector.introspectForSerialization(described, annotated).findProperties().stream()
                .anyMatch(property -> property.getName().equals(name));
    }
}
