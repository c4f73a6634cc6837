package io.pottery.codec;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.reflect.Type;

/**
 * Maps objects with Jackson 2. What java.time, {@code Optional} and constructors without annotations need is used if it
 * is there: {@code jackson-datatype-jsr310}, {@code jackson-datatype-jdk8} and {@code jackson-module-parameter-names}.
 * Without the first two, their types are refused with the name of what to add.
 */
public final class Jackson2Codecs extends MappedCodecs {

    private final ObjectMapper mapper;

    /** Creates codecs that Pottery alone configures. */
    public Jackson2Codecs() {
        this.mapper = Jackson2.own();
    }

    /**
     * Creates codecs that know what {@code applications} was taught about the application's types: its modules,
     * serializers, mix-ins, naming, visibility and inclusion. What docs/wire-format.md fixes holds whatever it says. It
     * is copied, not changed, and what it learns later is not heard of.
     *
     * @throws IllegalArgumentException if it is not for JSON, or is of a class that cannot be copied
     */
    public Jackson2Codecs(ObjectMapper applications) {
        this.mapper = Jackson2.derivedFrom(applications);
    }

    @Override
    JsonMapping mappingOf(Type type) {
        return new Jackson2Mapping(mapper, mapper.constructType(type));
    }
}
