package io.pottery.autoconfigure;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.pottery.codec.Jackson2Codecs;
import io.pottery.codec.JsonCodecs;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;

/** Codecs of Jackson 2, which must be on the class path. */
final class Jackson2Mapper {

    private Jackson2Mapper() {}

    /** With the mapper that is a bean, null if none is. */
    static @Nullable JsonCodecs applications(ListableBeanFactory beans) {
        ObjectMapper mapper = beans.getBeanProvider(ObjectMapper.class).getIfAvailable();
        return mapper == null ? null : new Jackson2Codecs(mapper);
    }

    /** In Pottery's own configuration. */
    static JsonCodecs own() {
        return new Jackson2Codecs();
    }
}
