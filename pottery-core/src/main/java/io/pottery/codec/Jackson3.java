package io.pottery.codec;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.net.URI;
import java.time.Year;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.Base64Variants;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DatabindContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.cfg.MutableCoercionConfig;
import tools.jackson.databind.cfg.SerializationContexts;
import tools.jackson.databind.introspect.DefaultAccessorNamingStrategy;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.PolymorphicTypeValidator;
import tools.jackson.databind.type.LogicalType;

/**
 * The configuration of Jackson 3 whose bytes docs/wire-format.md fixes, alone or over what an application has taught
 * its mapper about its types.
 */
final class Jackson3 extends JsonMapper.Builder {

    /** The tree model of the other Jackson, which may not be there. */
    static final String FOREIGN_TREE = "com.fasterxml.jackson.core.TreeNode";

    private static final List<CoercionInputShape> NO_TEXTS =
            List.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean);

    private final Jackson3Fixed fixed;
    private final Jackson3Writing writing;
    private @Nullable JsonMapper built;

    private Jackson3(JsonMapper applications, @Nullable JsonMapper own) {
        super((StateImpl) applications.rebuild().saveStateApplyModules());
        _streamFactory = JsonFactory.builder()
                .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(Limits.DEPTH)
                        .maxStringLength(Limits.STRING)
                        .maxNameLength(Limits.STRING)
                        .maxNumberLength(Limits.DIGITS)
                        .build())
                .build();
        fixed = new Jackson3Fixed(own);
        writing = new Jackson3Writing(this::built, fixed);
        serializerFactory(serializerFactory().withSerializerModifier(writing)); // modules add theirs in front of it
        if (!isEnabled(MapperFeature.USE_ANNOTATIONS)) {
            enable(MapperFeature.USE_ANNOTATIONS);
            annotationIntrospector(NopAnnotationIntrospector.nopInstance());
        }
        addModule(new Jackson3Module());
    }

    /** The one mapper that Pottery alone configures, like that of Jackson 2. */
    static JsonMapper own() {
        return Own.MAPPER;
    }

    /** A mapper that knows what {@code applications} was taught, which is not changed. */
    static JsonMapper derivedFrom(JsonMapper applications) {
        return new Jackson3(applications, own()).build();
    }

    @Override
    public JsonMapper build() {
        JsonMapper mapper = super.build();
        built = mapper;
        return mapper;
    }

    /** What was built, which its own module is a part of. */
    JsonMapper built() {
        return Objects.requireNonNull(built, "not built yet");
    }

    Jackson3Fixed fixed() {
        return fixed;
    }

    Jackson3Writing writing() {
        return writing;
    }

    void fix() {
        fixFeatures();
        fixProperties();
        fixCoercions();
        fixTypes();
        clearProblemHandlers();
        serializationContexts(new SerializationContexts.DefaultImpl());
        defaultDateFormat(new InstantDateFormat());
        defaultTimeZone(null);
        defaultLocale(Locale.ROOT);
        defaultLeniency(null);
        defaultFormat(JsonFormat.Value.empty());
        defaultBase64Variant(Base64Variants.getDefaultVariant());
        defaultView(null);
        enumNamingStrategy(null);
    }

    private void fixFeatures() {
        for (SerializationFeature feature : SerializationFeature.values()) {
            configure(feature, feature.enabledByDefault());
        }
        for (DeserializationFeature feature : DeserializationFeature.values()) {
            configure(feature, feature.enabledByDefault());
        }
        for (DateTimeFeature feature : DateTimeFeature.values()) {
            configure(feature, feature.enabledByDefault());
        }
        for (EnumFeature feature : EnumFeature.values()) {
            configure(feature, feature.enabledByDefault());
        }
        for (JsonNodeFeature feature : JsonNodeFeature.values()) {
            configure(feature, feature.enabledByDefault());
        }
        for (StreamReadFeature feature : StreamReadFeature.values()) {
            configure(feature, feature.enabledByDefault());
        }
        for (JsonReadFeature feature : JsonReadFeature.values()) {
            configure(feature, feature.enabledByDefault());
        }
        enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS);
        enable(SerializationFeature.FAIL_ON_EMPTY_BEANS);
        disable(SerializationFeature.FAIL_ON_SELF_REFERENCES);
        disable(
                DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS,
                DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS,
                DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE,
                DateTimeFeature.NORMALIZE_DESERIALIZED_ZONE_ID,
                DateTimeFeature.ONE_BASED_MONTHS);
        enable(DateTimeFeature.WRITE_DATES_WITH_ZONE_ID);
        disable(EnumFeature.READ_ENUMS_USING_TO_STRING, EnumFeature.WRITE_ENUMS_USING_TO_STRING);
        enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS);
        disable(
                DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                DeserializationFeature.ACCEPT_FLOAT_AS_INT,
                DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
        enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY, MapperFeature.USE_STATIC_TYPING);
        disable(
                MapperFeature.ALLOW_COERCION_OF_SCALARS,
                MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS,
                MapperFeature.ACCEPT_CASE_INSENSITIVE_VALUES);
    }

    /** What is a property, and what it is called, is the same with both Jacksons, whose defaults differ. */
    private void fixProperties() {
        enable(
                MapperFeature.FIX_FIELD_NAME_UPPER_CASE_PREFIX,
                MapperFeature.DETECT_PARAMETER_NAMES,
                MapperFeature.USE_GETTERS_AS_SETTERS,
                MapperFeature.ALLOW_FINAL_FIELDS_AS_MUTATORS);
        disable(MapperFeature.ALLOW_VOID_VALUED_PROPERTIES);
        if (_baseSettings.getAccessorNaming() instanceof DefaultAccessorNamingStrategy.Provider jacksons
                && jacksons.getClass() == DefaultAccessorNamingStrategy.Provider.class) {
            accessorNaming(jacksons.withFirstCharAcceptance(true, true));
        }
        changeDefaultPropertyInclusion(inclusion -> inclusion.withContentInclusion(JsonInclude.Include.ALWAYS));
        changeDefaultNullHandling(handling -> JsonSetter.Value.empty());
        defaultMergeable(null);
    }

    private void fixCoercions() {
        for (LogicalType type : LogicalType.values()) {
            withCoercionConfig(type, Jackson3::reset);
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
            removeMixIn(type);
            withConfigOverride(type, override -> override.setFormat(JsonFormat.Value.empty()));
        });
        withConfigOverride(
                Year.class, override -> override.setFormat(JsonFormat.Value.forShape(JsonFormat.Shape.STRING)));
    }

    private static final class Own {

        static final JsonMapper MAPPER =
                new Jackson3(JsonMapper.builderWithJackson2Defaults().build(), null).build();
    }

    /** Nothing asks for classes by name but {@code @JsonTypeInfo(use = Id.DEDUCTION)}, which knows the names itself. */
    private static final class NoClassNamed extends PolymorphicTypeValidator.Base {

        private static final long serialVersionUID = 1L;

        @Override
        public Validity validateBaseType(DatabindContext context, JavaType baseType) {
            JsonTypeInfo.Value info = context.getAnnotationIntrospector()
                    .findPolymorphicTypeInfo(context.getConfig(), context.introspectClassAnnotations(baseType));
            return info != null && info.getIdType() == JsonTypeInfo.Id.DEDUCTION
                    ? Validity.INDETERMINATE
                    : Validity.DENIED;
        }

        @Override
        public Validity validateSubType(DatabindContext context, JavaType baseType, JavaType subType) {
            return subType.isTypeOrSubTypeOf(baseType.getRawClass()) ? Validity.ALLOWED : Validity.DENIED;
        }
    }
}
