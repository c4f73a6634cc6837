package io.pottery.codec;

import java.util.function.Supplier;

/** What maps objects: all that is promised of one holds for the others. */
enum Jackson {
    THREE(Jackson3Codecs::new, new Mapper3()),
    TWO(Jackson2Codecs::new, new Mapper2()),

    /** With the mapper of an application that has taught it nothing. */
    THREE_OF_APPLICATION(() -> new Jackson3Codecs(new tools.jackson.databind.json.JsonMapper()), new Mapper3()),
    TWO_OF_APPLICATION(() -> new Jackson2Codecs(new com.fasterxml.jackson.databind.ObjectMapper()), new Mapper2());

    private final Supplier<JsonCodecs> codecs;
    private final Mapper mapper;

    Jackson(Supplier<JsonCodecs> codecs, Mapper mapper) {
        this.codecs = codecs;
        this.mapper = mapper;
    }

    /** What applications do to its mappers. */
    Mapper mapper() {
        return mapper;
    }

    /** Codecs in Pottery's own configuration, or with a mapper that says nothing else. */
    JsonCodecs codecs() {
        return codecs.get();
    }

    /** An object of its tree model with one member. */
    Object tree(String key, double value) {
        return mapper.tree(key, value);
    }

    /** The class that {@link #tree} is of. */
    Class<?> model() {
        return mapper.model();
    }

    /** The other one. */
    Jackson other() {
        return mapper instanceof Mapper3 ? TWO : THREE;
    }

    /** What it writes without Pottery. */
    String plain(Object value) throws Exception {
        return mapper.plain(value);
    }
}
