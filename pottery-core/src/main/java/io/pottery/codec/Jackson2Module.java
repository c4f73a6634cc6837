package io.pottery.codec;

import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.SerializerFactoryConfig;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.BasicSerializerFactory;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import com.fasterxml.jackson.databind.ser.SerializerFactory;
import com.fasterxml.jackson.databind.ser.Serializers;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.fasterxml.jackson.module.paramnames.ParameterNamesModule;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/**
 * What Jackson does differently here: keys keep their types, scalars are strict, and some types are refused. What is
 * registered last is asked first.
 */
final class Jackson2Module extends SimpleModule {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable ObjectMapper own;

    /** {@code own} maps what is fixed; null if there is no other mapper anyway. */
    Jackson2Module(@Nullable ObjectMapper own) {
        super("pottery");
        this.own = own;
        addKeySerializer(Number.class, new Jackson2Key());
        addKeySerializer(Boolean.class, new Jackson2Key());
        addDeserializer(Locale.class, new Jackson2Locale());
        addKeyDeserializer(Locale.class, new Jackson2Locale.Key());
    }

    @Override
    public void setupModule(SetupContext context) {
        if (isPresent("com.fasterxml.jackson.datatype.jsr310.JavaTimeModule")) {
            JavaTime.setup(context);
        }
        if (isPresent("com.fasterxml.jackson.datatype.jdk8.Jdk8Module")) {
            Optionals.setup(context);
        }
        if (isPresent("com.fasterxml.jackson.module.paramnames.ParameterNamesModule")) {
            ParameterNames.setup(context);
        }
        Jackson2Fixed fixed = new Jackson2Fixed(own);
        context.insertAnnotationIntrospector(fixed);
        context.addKeyDeserializers(fixed);
        super.setupModule(context);
        ObjectMapper mapper = context.getOwner();
        Jackson2Writing writing = new Jackson2Writing(mapper, fixed);
        mapper.setSerializerFactory(withLast(writing, mapper.getSerializerFactory()));
        context.addBeanSerializerModifier(writing.first());
        context.addBeanDeserializerModifier(new Jackson2Reading());
        mapper.getSerializerProvider().setNullKeySerializer(new Jackson2Key());
    }

    /** What is added to a factory is asked first. */
    private static SerializerFactory withLast(BeanSerializerModifier last, SerializerFactory factory) {
        if (!(factory instanceof BasicSerializerFactory jacksons)) {
            return factory.withSerializerModifier(last);
        }
        SerializerFactoryConfig found = jacksons.getFactoryConfig();
        SerializerFactoryConfig config = new SerializerFactoryConfig().withSerializerModifier(last);
        for (BeanSerializerModifier modifier : reversed(found.serializerModifiers())) {
            config = config.withSerializerModifier(modifier);
        }
        for (Serializers serializers : reversed(found.serializers())) {
            config = config.withAdditionalSerializers(serializers);
        }
        for (Serializers serializers : reversed(found.keySerializers())) {
            config = config.withAdditionalKeySerializers(serializers);
        }
        return jacksons.withConfig(config);
    }

    private static <T> Iterable<T> reversed(Iterable<T> elements) {
        Deque<T> reversed = new ArrayDeque<>();
        elements.forEach(reversed::addFirst);
        return reversed;
    }

    private static boolean isPresent(String module) {
        return ClassUtils.isPresent(module, Jackson2Module.class.getClassLoader());
    }

    private static final class JavaTime {

        static void setup(Module.SetupContext context) {
            new JavaTimeModule()
                    .disable(JavaTimeFeature.NORMALIZE_DESERIALIZED_ZONE_ID)
                    .setupModule(context);
        }
    }

    private static final class Optionals {

        static void setup(Module.SetupContext context) {
            new Jdk8Module().setupModule(context);
        }
    }

    private static final class ParameterNames {

        static void setup(Module.SetupContext context) {
            new ParameterNamesModule().setupModule(context);
        }
    }
}
