package io.pottery.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.deser.std.EnumDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.type.ArrayType;
import com.fasterxml.jackson.databind.type.ReferenceType;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Takes from Jackson what it reads beside that which is written. */
final class Jackson2Reading extends BeanDeserializerModifier {

    private static final long serialVersionUID = 1L;

    @Override
    public JsonDeserializer<?> modifyDeserializer(
            DeserializationConfig config, BeanDescription description, JsonDeserializer<?> deserializer) {
        return Jackson2Scalar.strict(deserializer, description.getBeanClass());
    }

    @Override
    public JsonDeserializer<?> modifyEnumDeserializer(
            DeserializationConfig config,
            JavaType type,
            BeanDescription description,
            JsonDeserializer<?> deserializer) {
        return deserializer instanceof EnumDeserializer
                ? Jackson2Scalar.strictEnum(deserializer, description.findJsonValueAccessor())
                : deserializer;
    }

    @Override
    public JsonDeserializer<?> modifyArrayDeserializer(
            DeserializationConfig config,
            ArrayType type,
            BeanDescription description,
            JsonDeserializer<?> deserializer) {
        JsonDeserializer<?> strict = Jackson2Scalar.strict(deserializer, type.getRawClass());
        boolean array =
                !(strict instanceof Jackson2Scalar) && type.getContentType().isPrimitive();
        return array ? new Primitives(deserializer) : strict;
    }

    /** Jackson takes an {@code OptionalInt} for a reference to an {@code int}. */
    @Override
    public JsonDeserializer<?> modifyReferenceDeserializer(
            DeserializationConfig config,
            ReferenceType type,
            BeanDescription description,
            JsonDeserializer<?> deserializer) {
        return deserializer instanceof StdScalarDeserializer
                ? Jackson2Scalar.strict(deserializer, type.getRawClass())
                : deserializer;
    }

    @Override
    public KeyDeserializer modifyKeyDeserializer(
            DeserializationConfig config, JavaType type, KeyDeserializer deserializer) {
        Class<?> raw = type.getRawClass();
        String reason = RefusedTypes.reasonAgainst(raw, Jackson2.FOREIGN_TREE);
        if (reason != null) {
            return new Jackson2Refusal.KeyReader(raw, reason);
        }
        return KeyTexts.areLoose(raw) ? new Key(raw, deserializer) : deserializer;
    }

    /** Reads an array of numbers or booleans. Jackson's own takes texts for some of them, and for the whole. */
    private static final class Primitives extends DelegatingDeserializer {

        private static final long serialVersionUID = 1L;

        Primitives(JsonDeserializer<?> jacksons) {
            super(jacksons);
        }

        @Override
        protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> jacksons) {
            return new Primitives(jacksons);
        }

        @Override
        public Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return parser.hasToken(JsonToken.START_ARRAY)
                    ? super.deserialize(new WithoutTexts(parser, context), context)
                    : context.handleUnexpectedToken(handledType(), parser);
        }

        private final class WithoutTexts extends JsonParserDelegate {

            private final DeserializationContext context;

            WithoutTexts(JsonParser parser, DeserializationContext context) {
                super(parser);
                this.context = context;
            }

            @Override
            public @Nullable JsonToken nextToken() throws IOException {
                JsonToken token = super.nextToken();
                if (token == JsonToken.VALUE_STRING) {
                    context.handleUnexpectedToken(handledType().getComponentType(), this);
                }
                return token;
            }
        }
    }

    /**
     * Reads no key as null, and a number or a boolean from nothing but its own text, so that no two keys become one.
     */
    private static final class Key extends KeyDeserializer {

        private final Class<?> type;
        private final KeyDeserializer jacksons;

        Key(Class<?> type, KeyDeserializer jacksons) {
            this.type = type;
            this.jacksons = jacksons;
        }

        @Override
        public @Nullable Object deserializeKey(String text, DeserializationContext context) throws IOException {
            if (!KeyTexts.isTooLong(text)) {
                Object key = jacksons.deserializeKey(text, context);
                if (KeyTexts.isTextOf(text, key, type)) {
                    return key;
                }
            }
            return context.handleWeirdKey(type, text, "not the text of one");
        }
    }
}
