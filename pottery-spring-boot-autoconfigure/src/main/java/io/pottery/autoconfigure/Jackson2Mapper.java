package io.pottery.autoconfigure;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.pottery.codec.Jackson2Codecs;
import io.pottery.codec.JsonCodecs;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Configuration;

/** Jackson 2, and the application's mapper of it as it would be injected elsewhere. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(ObjectMapper.class)
final class Jackson2Mapper implements JsonLibrary {

    private final ObjectProvider<ObjectMapper> mappers;

    Jackson2Mapper(ObjectProvider<ObjectMapper> mappers) {
        this.mappers = mappers;
    }

    @Override
    public @Nullable JsonCodecs applications() {
        ObjectMapper mapper = mappers.getIfAvailable();
        return mapper == null ? null : new Jackson2Codecs(mapper);
    }

    @Override
    public JsonCodecs own() {
        return new Jackson2Codecs();
    }
}
