package io.pottery.autoconfigure;

import io.pottery.codec.Jackson3Codecs;
import io.pottery.codec.JsonCodecs;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Jackson 3, and the application's mapper of it as it would be injected elsewhere. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(JsonMapper.class)
final class Jackson3Mapper implements JsonLibrary {

    private final ObjectProvider<JsonMapper> mappers;

    Jackson3Mapper(ObjectProvider<JsonMapper> mappers) {
        this.mappers = mappers;
    }

    @Override
    public @Nullable JsonCodecs applications() {
        JsonMapper mapper = mappers.getIfAvailable();
        return mapper == null ? null : new Jackson3Codecs(mapper);
    }

    @Override
    public JsonCodecs own() {
        return new Jackson3Codecs();
    }
}
