package io.pottery.codec;

import java.lang.reflect.Type;
import tools.jackson.databind.json.JsonMapper;

/** Maps objects with Jackson 3. */
public final class Jackson3Codecs extends MappedCodecs {

    private final JsonMapper mapper;

    /** Creates codecs that Pottery alone configures. */
    public Jackson3Codecs() {
        this.mapper = Jackson3.own();
    }

    /**
     * Creates codecs that know what {@code applications} was taught about the application's types: its modules,
     * serializers, mix-ins, naming, visibility and inclusion. What docs/wire-format.md fixes holds whatever it says. It
     * is not changed.
     */
    public Jackson3Codecs(JsonMapper applications) {
        this.mapper = Jackson3.derivedFrom(applications);
    }

    @Override
    JsonMapping mappingOf(Type type) {
        return new Jackson3Mapping(mapper, mapper.constructType(type));
    }
}
