package io.pottery.codec;

import java.time.Month;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import tools.jackson.databind.ext.jdk8.OptionalDoubleDeserializer;
import tools.jackson.databind.ext.jdk8.OptionalIntDeserializer;
import tools.jackson.databind.ext.jdk8.OptionalLongDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.NullSerializer;
import tools.jackson.databind.ser.std.ToStringSerializer;

/**
 * What Jackson does differently here: keys keep their types, scalars are strict, and some types are refused. It comes
 * last, so what it registers is asked first, and what it fixes no other module changes.
 */
final class Jackson3Module extends SimpleModule {

    private static final long serialVersionUID = 1L;

    Jackson3Module() {
        super("pottery");
        addKeySerializer(Number.class, new Jackson3Key());
        addKeySerializer(Boolean.class, new Jackson3Key());
        addDeserializer(Locale.class, new Jackson3Locale());
        addKeyDeserializer(Locale.class, new Jackson3Locale.Key());
        addSerializer(Locale.class, ToStringSerializer.instance); // as Jackson 2 has it: de_DE, not de-DE
        addSerializer(Month.class, ToStringSerializer.instance); // as Jackson 2 has it: MAY, not 4
        addDeserializer(OptionalInt.class, new OptionalIntDeserializer()); // else none of its modifiers is asked
        addDeserializer(OptionalLong.class, new OptionalLongDeserializer());
        addDeserializer(OptionalDouble.class, new OptionalDoubleDeserializer());
    }

    @Override
    public void setupModule(SetupContext context) {
        Jackson3 builder = (Jackson3) context.getOwner();
        builder.fix();
        context.insertAnnotationIntrospector(new Jackson3Annotations(builder.annotationIntrospector()));
        context.insertAnnotationIntrospector(builder.fixed());
        context.addKeyDeserializers(builder.fixed());
        super.setupModule(context);
        context.addSerializerModifier(builder.writing().first());
        context.addDeserializerModifier(new Jackson3Reading());
        context.overrideDefaultNullKeySerializer(new Jackson3Key());
        context.overrideDefaultNullValueSerializer(NullSerializer.instance);
    }
}
