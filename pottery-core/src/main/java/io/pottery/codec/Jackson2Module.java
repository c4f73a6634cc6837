package io.pottery.codec;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;

/** What Jackson does differently here: keys keep their types, scalars are strict, and some types are refused. */
final class Jackson2Module extends SimpleModule {

    private static final long serialVersionUID = 1L;

    Jackson2Module() {
        super("pottery");
        addKeySerializer(Number.class, new Jackson2Key());
        addKeySerializer(Boolean.class, new Jackson2Key());
    }

    @Override
    public void setupModule(SetupContext context) {
        super.setupModule(context);
        ObjectMapper mapper = context.getOwner();
        context.addBeanSerializerModifier(new Jackson2Writing(mapper));
        context.addBeanDeserializerModifier(new Jackson2Reading());
        mapper.getSerializerProvider().setNullKeySerializer(new Jackson2Key());
    }
}
