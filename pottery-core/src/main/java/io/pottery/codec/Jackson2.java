package io.pottery.codec;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.AnnotationIntrospector;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyName;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.cfg.MapperBuilder;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.cfg.MutableCoercionConfig;
import com.fasterxml.jackson.databind.introspect.AccessorNamingStrategy;
import com.fasterxml.jackson.databind.introspect.DefaultAccessorNamingStrategy;
import com.fasterxml.jackson.databind.jsontype.PolymorphicTypeValidator;
import com.fasterxml.jackson.databind.ser.DefaultSerializerProvider;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/**
 * The configuration of Jackson 2 whose bytes docs/wire-format.md fixes, alone or over what an application has taught
 * its mapper about its types.
 */
final class Jackson2 extends MapperBuilder<ObjectMapper, Jackson2> {

    /** The tree model of the other Jackson, which may not be there. */
    static final String FOREIGN_TREE = "tools.jackson.core.TreeNode";

    private static final List<CoercionInputShape> NO_TEXTS =
            List.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean);

    private Jackson2(ObjectMapper mapper) {
        super(mapper);
    }

    /** The one mapper that Pottery alone configures. */
    static ObjectMapper own() {
        return Own.MAPPER;
    }

    /** A mapper that knows what {@code applications} was taught, which is not changed. */
    static ObjectMapper derivedFrom(ObjectMapper applications) {
        String format = applications.getFactory().getFormatName();
        if (format != null && !format.equals(JsonFactory.FORMAT_NAME_JSON)) {
            throw new IllegalArgumentException("The mapper (%s) writes %s: pass one for JSON, or none"
                    .formatted(applications.getClass().getName(), format));
        }
        return new Jackson2(copyOf(applications)).fixed(new Jackson2Module(own()));
    }

    private static ObjectMapper copyOf(ObjectMapper applications) {
        try {
            return applications.copy();
        } catch (IllegalStateException e) {
            throw new IllegalArgumentException(
                    "The mapper (%s) cannot be copied: override copy() there, and in its parts, or pass an ObjectMapper"
                            .formatted(applications.getClass().getName()),
                    e);
        }
    }

    private ObjectMapper fixed(Jackson2Module module) {
        fixFeatures();
        fixProperties();
        fixCoercions();
        fixTypes();
        clearProblemHandlers();
        defaultDateFormat(new InstantDateFormat());
        defaultTimeZone(null);
        defaultLocale(Locale.ROOT);
        defaultLeniency(null);
        defaultBase64Variant(Base64Variants.getDefaultVariant());
        enumNamingStrategy(null);
        SerializationConfig writing = _mapper.getSerializationConfig();
        DeserializationConfig reading = _mapper.getDeserializationConfig();
        enable(MapperFeature.USE_ANNOTATIONS); // the application's have an introspector that sees none, if it was off
        ObjectMapper mapper = build();
        mapper.setSerializerProvider(new DefaultSerializerProvider.Impl());
        mapper.setAnnotationIntrospectors(
                noClassNames(writing.getAnnotationIntrospector()), noClassNames(reading.getAnnotationIntrospector()));
        mapper.registerModule(module);
        mapper.setConfig(mapper.getSerializationConfig().withView(null).withRootName((PropertyName) null));
        mapper.setConfig(mapper.getDeserializationConfig().withView(null).withRootName((PropertyName) null));
        return mapper;
    }

    private void fixFeatures() {
        for (SerializationFeature feature : SerializationFeature.values()) {
            configure(feature, feature.enabledByDefault());
        }
        for (DeserializationFeature feature : DeserializationFeature.values()) {
            configure(feature, feature.enabledByDefault());
        }
        for (EnumFeature feature : EnumFeature.values()) {
            configure(feature, feature.enabledByDefault());
        }
        for (JsonNodeFeature feature : JsonNodeFeature.values()) {
            configure(feature, feature.enabledByDefault());
        }
        disable(
                SerializationFeature.WRITE_DATES_AS_TIMESTAMPS,
                SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS,
                SerializationFeature.FAIL_ON_SELF_REFERENCES);
        enable(SerializationFeature.WRITE_DATES_WITH_ZONE_ID);
        disable(
                DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE,
                DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                DeserializationFeature.ACCEPT_FLOAT_AS_INT);
        enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES, DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS);
        enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY, MapperFeature.USE_STATIC_TYPING);
        enable(MapperFeature.REQUIRE_HANDLERS_FOR_JAVA8_TIMES, MapperFeature.REQUIRE_HANDLERS_FOR_JAVA8_OPTIONALS);
        disable(
                MapperFeature.ALLOW_COERCION_OF_SCALARS,
                MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS,
                MapperFeature.ACCEPT_CASE_INSENSITIVE_VALUES);
    }

    /** What is a property, and what it is called, is the same with both Jacksons, whose defaults differ. */
    private void fixProperties() {
        enable(
                MapperFeature.USE_STD_BEAN_NAMING, // which Jackson 3 has no other than
                MapperFeature.FIX_FIELD_NAME_UPPER_CASE_PREFIX,
                MapperFeature.USE_GETTERS_AS_SETTERS,
                MapperFeature.ALLOW_FINAL_FIELDS_AS_MUTATORS);
        disable(MapperFeature.ALLOW_VOID_VALUED_PROPERTIES);
        AccessorNamingStrategy.Provider naming =
                _mapper.getSerializationConfig().getAccessorNaming();
        if (naming instanceof DefaultAccessorNamingStrategy.Provider jacksons
                && jacksons.getClass() == DefaultAccessorNamingStrategy.Provider.class) {
            accessorNaming(jacksons.withFirstCharAcceptance(true, true));
        }
        JsonInclude.Value inclusion = _mapper.getSerializationConfig().getDefaultPropertyInclusion();
        defaultPropertyInclusion(inclusion.withContentInclusion(JsonInclude.Include.ALWAYS));
        defaultSetterInfo(JsonSetter.Value.empty());
        defaultMergeable(null);
    }

    private void fixCoercions() {
        for (LogicalType type : LogicalType.values()) {
            withCoercionConfig(type, Jackson2::reset);
        }
        withCoercionConfig(
                LogicalType.Textual,
                config -> NO_TEXTS.forEach(shape -> config.setCoercion(shape, CoercionAction.Fail)));
        withCoercionConfigDefaults(config -> {
            reset(config);
            config.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail);
        });
        withCoercionConfig(
                Locale.class, config -> config.setCoercion(CoercionInputShape.EmptyString, CoercionAction.TryConvert));
        withCoercionConfig(
                URI.class, config -> config.setCoercion(CoercionInputShape.EmptyString, CoercionAction.TryConvert));
    }

    private static void reset(MutableCoercionConfig config) {
        for (CoercionInputShape shape : CoercionInputShape.values()) {
            config.setCoercion(shape, null);
        }
        config.setAcceptBlankAsEmpty(null);
    }

    private void fixTypes() {
        deactivateDefaultTyping();
        polymorphicTypeValidator(new NoClassNamed());
        FixedTypes.all().forEach(type -> {
            addMixIn(type, null);
            withConfigOverride(type, override -> override.setFormat(JsonFormat.Value.empty()));
        });
    }

    private static AnnotationIntrospector noClassNames(AnnotationIntrospector applications) {
        return AnnotationIntrospector.pair(new Jackson2Annotations(applications), applications);
    }

    private static final class Own {

        static final ObjectMapper MAPPER = new Jackson2(new ObjectMapper()).fixed(new Jackson2Module(null));
    }

    /** Nothing asks for classes by name but {@code @JsonTypeInfo(use = Id.DEDUCTION)}, which knows the names itself. */
    private static final class NoClassNamed extends PolymorphicTypeValidator.Base {

        private static final long serialVersionUID = 1L;

        @Override
        public Validity validateBaseType(MapperConfig<?> config, JavaType baseType) {
            JsonTypeInfo.Value info = config.getAnnotationIntrospector()
                    .findPolymorphicTypeInfo(
                            config, config.introspectClassAnnotations(baseType).getClassInfo());
            return info != null && info.getIdType() == JsonTypeInfo.Id.DEDUCTION
                    ? Validity.INDETERMINATE
                    : Validity.DENIED;
        }

        @Override
        public Validity validateSubType(MapperConfig<?> config, JavaType baseType, JavaType subType) {
            return subType.isTypeOrSubTypeOf(baseType.getRawClass()) ? Validity.ALLOWED : Validity.DENIED;
        }
    }
}
