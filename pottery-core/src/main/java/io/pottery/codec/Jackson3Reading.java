package io.pottery.codec;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.util.JsonParserDelegate;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.deser.jdk.EnumDeserializer;
import tools.jackson.databind.deser.std.DelegatingDeserializer;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.type.ArrayType;
import tools.jackson.databind.type.ReferenceType;

/** Takes from Jackson what it reads beside that which is written. */
final class Jackson3Reading extends ValueDeserializerModifier {

    private static final long serialVersionUID = 1L;

    @Override
    public ValueDeserializer<?> modifyDeserializer(
            DeserializationConfig config, BeanDescription.Supplier description, ValueDeserializer<?> deserializer) {
        return Jackson3Scalar.strict(deserializer, description.getBeanClass());
    }

    @Override
    public ValueDeserializer<?> modifyEnumDeserializer(
            DeserializationConfig config,
            JavaType type,
            BeanDescription.Supplier description,
            ValueDeserializer<?> deserializer) {
        if (deserializer instanceof EnumDeserializer) {
            return Jackson3Scalar.strictEnum(deserializer, description.get().findJsonValueAccessor());
        }
        boolean fixed = FixedTypes.contain(type.getRawClass());
        return fixed ? Jackson3Scalar.strict(deserializer, type.getRawClass()) : deserializer;
    }

    @Override
    public ValueDeserializer<?> modifyArrayDeserializer(
            DeserializationConfig config,
            ArrayType type,
            BeanDescription.Supplier description,
            ValueDeserializer<?> deserializer) {
        ValueDeserializer<?> strict = Jackson3Scalar.strict(deserializer, type.getRawClass());
        boolean array =
                !(strict instanceof Jackson3Scalar) && type.getContentType().isPrimitive();
        return array ? new Primitives(deserializer) : strict;
    }

    /** Jackson takes an {@code OptionalInt} for a reference to an {@code int}. */
    @Override
    public ValueDeserializer<?> modifyReferenceDeserializer(
            DeserializationConfig config,
            ReferenceType type,
            BeanDescription.Supplier description,
            ValueDeserializer<?> deserializer) {
        return deserializer instanceof StdScalarDeserializer
                ? Jackson3Scalar.strict(deserializer, type.getRawClass())
                : deserializer;
    }

    @Override
    public KeyDeserializer modifyKeyDeserializer(
            DeserializationConfig config, JavaType type, KeyDeserializer deserializer) {
        Class<?> raw = type.getRawClass();
        String reason = RefusedTypes.reasonAgainst(raw, Jackson3.FOREIGN_TREE);
        if (reason != null) {
            return new Jackson3Refusal.KeyReader(raw, reason);
        }
        return KeyTexts.areLoose(raw) ? new Key(raw, deserializer) : deserializer;
    }

    /** Reads an array of numbers or booleans. Jackson's own takes texts for some of them, and for the whole. */
    private static final class Primitives extends DelegatingDeserializer {

        Primitives(ValueDeserializer<?> jacksons) {
            super(jacksons);
        }

        @Override
        protected ValueDeserializer<?> newDelegatingInstance(ValueDeserializer<?> jacksons) {
            return new Primitives(jacksons);
        }

        @Override
        public Object deserialize(JsonParser parser, DeserializationContext context) {
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
            public @Nullable JsonToken nextToken() {
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
        public @Nullable Object deserializeKey(String text, DeserializationContext context) {
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
