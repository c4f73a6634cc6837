package io.pottery.autoconfigure;

import io.pottery.codec.Jackson3Codecs;
import io.pottery.codec.JsonCodecs;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import tools.jackson.databind.json.JsonMapper;

/** Codecs of Jackson 3, which must be on the class path. */
final class Jackson3Mapper {

    private Jackson3Mapper() {}

    /** With the mapper that is a bean, null if none is. */
    static @Nullable JsonCodecs applications(ListableBeanFactory beans) {
        JsonMapper mapper = beans.getBeanProvider(JsonMapper.class).getIfAvailable();
        return mapper == null ? null : new Jackson3Codecs(mapper);
    }

    /** In Pottery's own configuration. */
    static JsonCodecs own() {
        return new Jackson3Codecs();
    }
}
