package io.pottery.codec;

import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.fasterxml.jackson.module.paramnames.ParameterNamesModule;
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
        if (own != null) {
            Jackson2Fixed.setup(context, own);
        }
        super.setupModule(context);
        ObjectMapper mapper = context.getOwner();
        context.addBeanSerializerModifier(new Jackson2Writing(mapper));
        context.addBeanDeserializerModifier(new Jackson2Reading());
        mapper.getSerializerProvider().setNullKeySerializer(new Jackson2Key());
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
