package io.pottery.codec;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What Jackson 2 says about a failure. */
final class Jackson2Failure extends MappingFailure {

    private final Function<Class<?>, BeanDescription> descriptions;

    Jackson2Failure(Throwable thrown, Function<Class<?>, BeanDescription> descriptions) {
        super(thrown);
        this.descriptions = descriptions;
    }

    /** What the piece of JSON that begins with {@code token} is. */
    static JsonKind kind(@Nullable JsonToken token) {
        if (token == null) {
            return JsonKind.END;
        }
        return switch (token) {
            case START_OBJECT, FIELD_NAME -> JsonKind.OBJECT;
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
        JsonMappingException mapping = find(JsonMappingException.class);
        return mapping == null
                ? List.of()
                : mapping.getPath().stream()
                        .map(step -> new Step(step.getFrom(), step.getFieldName(), step.getIndex()))
                        .toList();
    }

    @Override
    boolean hasProperty(Class<?> type, String name) {
        return descriptions.apply(type).findProperties().stream()
                .anyMatch(property -> property.getName().equals(name));
    }
}
