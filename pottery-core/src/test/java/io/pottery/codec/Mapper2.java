package io.pottery.codec;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import com.fasterxml.jackson.databind.ser.ResolvableSerializer;
import com.fasterxml.jackson.databind.ser.std.BeanSerializerBase;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.TimeZone;

/** Mappers of Jackson 2. */
final class Mapper2 implements Mapper {

    private static final class MoneyWriter extends JsonSerializer<Money> {
        @Override
        public void serialize(Money money, JsonGenerator generator, SerializerProvider provider) throws IOException {
            generator.writeString(money.text());
        }
    }

    /** Reads through the tree, as many deserializers do. */
    private static final class MoneyReader extends JsonDeserializer<Money> {
        @Override
        public Money deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            JsonNode tree = parser.getCodec().readTree(parser);
            return Money.parse(tree.asText());
        }
    }

    private static final class CentsWriter extends JsonSerializer<Cents> {
        @Override
        public void serialize(Cents cents, JsonGenerator generator, SerializerProvider provider) throws IOException {
            generator.writeNumber(cents.number());
        }
    }

    private static final class CentsReader extends StdScalarDeserializer<Cents> {
        CentsReader() {
            super(Cents.class);
        }

        @Override
        public Cents deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return new Cents(parser.getLongValue());
        }
    }

    private static final class MoneyKeyReader extends KeyDeserializer {
        @Override
        public Object deserializeKey(String key, DeserializationContext context) {
            return Money.parse(key);
        }
    }

    private static final class MoneyKeyWriter extends JsonSerializer<Money> {
        @Override
        public void serialize(Money money, JsonGenerator generator, SerializerProvider provider) throws IOException {
            generator.writeFieldName(money.text());
        }
    }

    private static final class Constant extends JsonSerializer<Object> {
        @Override
        public void serialize(Object value, JsonGenerator generator, SerializerProvider provider) throws IOException {
            generator.writeString("constant");
        }
    }

    private static final class Epoch extends JsonDeserializer<LocalDate> {
        @Override
        public LocalDate deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            parser.skipChildren();
            return LocalDate.EPOCH;
        }
    }

    private static final class Replacing extends BeanSerializerModifier {
        @Override
        public JsonSerializer<?> modifySerializer(
                SerializationConfig config, BeanDescription description, JsonSerializer<?> serializer) {
            return isNobodysToChange(description.getBeanClass()) ? new Constant() : serializer;
        }

        @Override
        public JsonSerializer<?> modifyKeySerializer(
                SerializationConfig config, JavaType type, BeanDescription description, JsonSerializer<?> serializer) {
            return isNobodysToChange(type.getRawClass()) ? new Constant() : serializer;
        }
    }

    private static final class ReplacingReader extends BeanDeserializerModifier {
        @Override
        public JsonDeserializer<?> modifyDeserializer(
                DeserializationConfig config, BeanDescription description, JsonDeserializer<?> deserializer) {
            return isNobodysToChange(description.getBeanClass()) ? new Epoch() : deserializer;
        }
    }

    private static final class Annotating extends JacksonAnnotationIntrospector {
        @Override
        public Object findSerializer(Annotated annotated) {
            boolean changed = annotated instanceof AnnotatedClass && isNobodysToChange(annotated.getRawType());
            return changed ? new Constant() : super.findSerializer(annotated);
        }
    }

    /** Does nothing but what another one does, and tells nothing of it. */
    private static final class Wrapped extends JsonSerializer<Object> implements ResolvableSerializer {
        private final JsonSerializer<Object> jacksons;

        Wrapped(JsonSerializer<Object> jacksons) {
            this.jacksons = jacksons;
        }

        @Override
        public void resolve(SerializerProvider provider) throws JsonMappingException {
            ((ResolvableSerializer) jacksons).resolve(provider);
        }

        @Override
        public void serialize(Object value, JsonGenerator generator, SerializerProvider provider) throws IOException {
            jacksons.serialize(value, generator, provider);
        }
    }

    private static final class Wrapping extends BeanSerializerModifier {
        @Override
        @SuppressWarnings("unchecked")
        public JsonSerializer<?> modifySerializer(
                SerializationConfig config, BeanDescription description, JsonSerializer<?> serializer) {
            boolean bean = serializer instanceof BeanSerializerBase;
            return bean ? new Wrapped((JsonSerializer<Object>) serializer) : serializer;
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

    private final ObjectMapper hostile = JsonMapper.builder(JsonFactory.builder()
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
                    SerializationFeature.WRITE_DATES_AS_TIMESTAMPS,
                    SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS,
                    SerializationFeature.WRITE_DATE_KEYS_AS_TIMESTAMPS,
                    SerializationFeature.INDENT_OUTPUT,
                    SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS,
                    SerializationFeature.WRAP_ROOT_VALUE,
                    SerializationFeature.WRITE_SINGLE_ELEM_ARRAYS_UNWRAPPED,
                    SerializationFeature.WRITE_SELF_REFERENCES_AS_NULL,
                    SerializationFeature.WRITE_ENUMS_USING_INDEX,
                    SerializationFeature.WRITE_ENUM_KEYS_USING_INDEX)
            .enable(
                    DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL,
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
                    JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES,
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
            .defaultPropertyInclusion(NO_NULLS_IN_MAPS)
            .defaultSetterInfo(NO_NULLS_INSIDE)
            .defaultMergeable(true)
            .addHandler(new Forgiving())
            .activateDefaultTyping(
                    BasicPolymorphicTypeValidator.builder()
                            .allowIfBaseType(Object.class)
                            .build(),
                    ObjectMapper.DefaultTyping.NON_FINAL)
            .defaultTimeZone(TimeZone.getTimeZone("Asia/Tokyo"))
            .defaultLocale(Locale.GERMANY)
            .build();

    @Override
    public JsonCodecs namingClasses() {
        return new Jackson2Codecs(JsonMapper.builder()
                .addMixIn(Foreign.class, NamesItsClass.class)
                .build());
    }

    @Override
    public JsonCodecs friendly() {
        return new Jackson2Codecs(JsonMapper.builder()
                .addModule(new SimpleModule("shop")
                        .addSerializer(Money.class, new MoneyWriter())
                        .addSerializer(Cents.class, new CentsWriter())
                        .addDeserializer(Cents.class, new CentsReader())
                        .addKeySerializer(Money.class, new MoneyKeyWriter())
                        .addDeserializer(Money.class, new MoneyReader())
                        .addKeyDeserializer(Money.class, new MoneyKeyReader()))
                .addMixIn(Foreign.class, ForeignMixIn.class)
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .defaultPropertyInclusion(NOTHING_NULL)
                .visibility(PropertyAccessor.FIELD, ANY)
                .build());
    }

    @Override
    public JsonCodecs wrapping() {
        return new Jackson2Codecs(JsonMapper.builder()
                .addModule(new SimpleModule("wrapping").setSerializerModifier(new Wrapping()))
                .build());
    }

    @Override
    public JsonCodecs hostile() {
        return new Jackson2Codecs(hostile);
    }

    @Override
    public String hostileAlone(Object value) throws Exception {
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
    public String plain(Object value) throws Exception {
        return new JsonMapper().writeValueAsString(value);
    }
}
