package io.pottery.codec;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.TimeZone;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DefaultTyping;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.deser.DeserializationProblemHandler;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.ser.ValueSerializerModifier;
import tools.jackson.databind.ser.bean.BeanSerializerBase;
import tools.jackson.databind.ser.std.ToStringSerializer;
import tools.jackson.databind.type.LogicalType;

/** Mappers of Jackson 3. */
final class Mapper3 implements Mapper {

    private static final class MoneyWriter extends ValueSerializer<Money> {
        @Override
        public void serialize(Money money, JsonGenerator generator, SerializationContext context) {
            generator.writeString(money.text());
        }
    }

    /** Reads through the tree, as many deserializers do. */
    private static final class MoneyReader extends ValueDeserializer<Money> {
        @Override
        public Money deserialize(JsonParser parser, DeserializationContext context) {
            JsonNode tree = parser.readValueAsTree();
            return Money.parse(tree.asString());
        }
    }

    private static final class CentsWriter extends ValueSerializer<Cents> {
        @Override
        public void serialize(Cents cents, JsonGenerator generator, SerializationContext context) {
            generator.writeNumber(cents.number());
        }
    }

    private static final class CentsReader extends StdScalarDeserializer<Cents> {
        CentsReader() {
            super(Cents.class);
        }

        @Override
        public Cents deserialize(JsonParser parser, DeserializationContext context) {
            return new Cents(parser.getLongValue());
        }
    }

    private static final class MoneyKeyReader extends KeyDeserializer {
        @Override
        public Object deserializeKey(String key, DeserializationContext context) {
            return Money.parse(key);
        }
    }

    private static final class MoneyKeyWriter extends ValueSerializer<Money> {
        @Override
        public void serialize(Money money, JsonGenerator generator, SerializationContext context) {
            generator.writeName(money.text());
        }
    }

    private static final class Constant extends ValueSerializer<Object> {
        @Override
        public void serialize(Object value, JsonGenerator generator, SerializationContext context) {
            generator.writeString("constant");
        }
    }

    private static final class Epoch extends ValueDeserializer<LocalDate> {
        @Override
        public LocalDate deserialize(JsonParser parser, DeserializationContext context) {
            parser.skipChildren();
            return LocalDate.EPOCH;
        }
    }

    private static final class Replacing extends ValueSerializerModifier {
        @Override
        public ValueSerializer<?> modifySerializer(
                SerializationConfig config, BeanDescription.Supplier description, ValueSerializer<?> serializer) {
            return isNobodysToChange(description.getBeanClass()) ? new Constant() : serializer;
        }

        @Override
        public ValueSerializer<?> modifyKeySerializer(
                SerializationConfig config,
                JavaType type,
                BeanDescription.Supplier description,
                ValueSerializer<?> serializer) {
            return isNobodysToChange(type.getRawClass()) ? new Constant() : serializer;
        }
    }

    private static final class ReplacingReader extends ValueDeserializerModifier {
        @Override
        public ValueDeserializer<?> modifyDeserializer(
                DeserializationConfig config, BeanDescription.Supplier description, ValueDeserializer<?> deserializer) {
            return isNobodysToChange(description.getBeanClass()) ? new Epoch() : deserializer;
        }
    }

    private static final class Annotating extends JacksonAnnotationIntrospector {
        @Override
        public Object findSerializer(MapperConfig<?> config, Annotated annotated) {
            boolean changed = annotated instanceof AnnotatedClass && isNobodysToChange(annotated.getRawType());
            return changed ? new Constant() : super.findSerializer(config, annotated);
        }
    }

    /** Does nothing but what another one does, and tells nothing of it. */
    private static final class Wrapped extends ValueSerializer<Object> {
        private final ValueSerializer<Object> jacksons;

        Wrapped(ValueSerializer<Object> jacksons) {
            this.jacksons = jacksons;
        }

        @Override
        public void resolve(SerializationContext context) {
            jacksons.resolve(context);
        }

        @Override
        public void serialize(Object value, JsonGenerator generator, SerializationContext context) {
            jacksons.serialize(value, generator, context);
        }
    }

    private static final class Wrapping extends ValueSerializerModifier {
        @Override
        @SuppressWarnings("unchecked")
        public ValueSerializer<?> modifySerializer(
                SerializationConfig config, BeanDescription.Supplier description, ValueSerializer<?> serializer) {
            boolean bean = serializer instanceof BeanSerializerBase;
            return bean ? new Wrapped((ValueSerializer<Object>) serializer) : serializer;
        }
    }

    private static boolean isNobodysToChange(Class<?> type) {
        return FixedTypes.contain(type) || RefusedTypes.reasonAgainst(type) != null;
    }

    private static final class Forgiving extends DeserializationProblemHandler {
        @Override
        public Object handleWeirdStringValue(
                DeserializationContext context, Class<?> type, String text, String message) {
            return null;
        }
    }

    private final JsonMapper hostile = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(3)
                            .maxStringLength(5)
                            .maxNumberLength(4)
                            .build())
                    .build())
            .addModule(new SimpleModule("hostile")
                    .addSerializer(Long.class, ToStringSerializer.instance)
                    .addSerializer(LocalDate.class, ToStringSerializer.instance)
                    .addSerializer(Instant.class, new Constant())
                    .addKeySerializer(Instant.class, new Constant())
                    .addDeserializer(LocalDate.class, new Epoch())
                    .setSerializerModifier(new Replacing())
                    .setDeserializerModifier(new ReplacingReader()))
            .annotationIntrospector(new Annotating())
            .enable(
                    DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS,
                    DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS,
                    DateTimeFeature.WRITE_DATE_KEYS_AS_TIMESTAMPS)
            .enable(
                    SerializationFeature.INDENT_OUTPUT,
                    SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS,
                    SerializationFeature.WRAP_ROOT_VALUE,
                    SerializationFeature.WRITE_SINGLE_ELEM_ARRAYS_UNWRAPPED,
                    SerializationFeature.WRITE_SELF_REFERENCES_AS_NULL)
            .enable(
                    EnumFeature.WRITE_ENUMS_USING_INDEX,
                    EnumFeature.WRITE_ENUM_KEYS_USING_INDEX,
                    EnumFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL)
            .enable(
                    DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS,
                    DeserializationFeature.USE_BIG_INTEGER_FOR_INTS,
                    DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY,
                    DeserializationFeature.UNWRAP_ROOT_VALUE,
                    DeserializationFeature.ACCEPT_FLOAT_AS_INT,
                    DeserializationFeature.ACCEPT_EMPTY_STRING_AS_NULL_OBJECT)
            .enable(MapperFeature.ALLOW_COERCION_OF_SCALARS, MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .disable(MapperFeature.USE_STATIC_TYPING)
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII, JsonWriteFeature.WRITE_NUMBERS_AS_STRINGS)
            .enable(
                    JsonReadFeature.ALLOW_SINGLE_QUOTES,
                    JsonReadFeature.ALLOW_JAVA_COMMENTS,
                    JsonReadFeature.ALLOW_UNQUOTED_PROPERTY_NAMES,
                    JsonReadFeature.ALLOW_TRAILING_COMMA)
            .withCoercionConfig(
                    LogicalType.Integer,
                    config -> config.setCoercion(CoercionInputShape.String, CoercionAction.TryConvert))
            .withCoercionConfig(
                    LogicalType.POJO,
                    config -> config.setCoercion(CoercionInputShape.EmptyString, CoercionAction.AsNull))
            .withConfigOverride(
                    LocalDate.class, override -> override.setFormat(JsonFormat.Value.forShape(JsonFormat.Shape.NUMBER)))
            .withConfigOverride(
                    long.class, override -> override.setFormat(JsonFormat.Value.forShape(JsonFormat.Shape.STRING)))
            .changeDefaultPropertyInclusion(any -> NO_NULLS_IN_MAPS)
            .changeDefaultNullHandling(any -> NO_NULLS_INSIDE)
            .defaultMergeable(true)
            .addHandler(new Forgiving())
            .activateDefaultTyping(
                    BasicPolymorphicTypeValidator.builder()
                            .allowIfBaseType(Object.class)
                            .build(),
                    DefaultTyping.NON_FINAL)
            .defaultTimeZone(TimeZone.getTimeZone("Asia/Tokyo"))
            .defaultLocale(Locale.GERMANY)
            .build();

    @Override
    public JsonCodecs namingClasses() {
        return new Jackson3Codecs(JsonMapper.builder()
                .addMixIn(Foreign.class, NamesItsClass.class)
                .build());
    }

    @Override
    public JsonCodecs friendly() {
        return new Jackson3Codecs(JsonMapper.builder()
                .addModule(new SimpleModule("shop")
                        .addSerializer(Money.class, new MoneyWriter())
                        .addSerializer(Cents.class, new CentsWriter())
                        .addDeserializer(Cents.class, new CentsReader())
                        .addKeySerializer(Money.class, new MoneyKeyWriter())
                        .addDeserializer(Money.class, new MoneyReader())
                        .addKeyDeserializer(Money.class, new MoneyKeyReader()))
                .addMixIn(Foreign.class, ForeignMixIn.class)
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .changeDefaultPropertyInclusion(any -> NOTHING_NULL)
                .changeDefaultVisibility(checker -> checker.withVisibility(PropertyAccessor.FIELD, ANY))
                .build());
    }

    @Override
    public JsonCodecs wrapping() {
        return new Jackson3Codecs(JsonMapper.builder()
                .addModule(new SimpleModule("wrapping").setSerializerModifier(new Wrapping()))
                .build());
    }

    @Override
    public JsonCodecs hostile() {
        return new Jackson3Codecs(hostile);
    }

    @Override
    public String hostileAlone(Object value) {
        return hostile.writeValueAsString(value);
    }

    @Override
    public Object tree(String key, double value) {
        return JsonNodeFactory.instance.objectNode().put(key, value);
    }

    @Override
    public Class<?> model() {
        return JsonNode.class;
    }

    @Override
    public String plain(Object value) {
        return new JsonMapper().writeValueAsString(value);
    }
}
