package io.pottery.codec;

import java.util.function.Supplier;

/** What maps objects: all that is promised of one holds for the other. */
enum Jackson {
    THREE(Jackson3Codecs::new, new Mapper3()) {
        @Override
        Object tree(String key, double value) {
            return tools.jackson.databind.node.JsonNodeFactory.instance
                    .objectNode()
                    .put(key, value);
        }

        @Override
        String plain(Object value) {
            return new tools.jackson.databind.json.JsonMapper().writeValueAsString(value);
        }
    },
    TWO(Jackson2Codecs::new, new Mapper2()) {
        @Override
        Object tree(String key, double value) {
            return com.fasterxml.jackson.databind.node.JsonNodeFactory.instance
                    .objectNode()
                    .put(key, value);
        }

        @Override
        String plain(Object value) throws Exception {
            return new com.fasterxml.jackson.databind.json.JsonMapper().writeValueAsString(value);
        }
    };

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

    /** Codecs in Pottery's own configuration. */
    JsonCodecs codecs() {
        return codecs.get();
    }

    /** An object of its tree model with one member. */
    abstract Object tree(String key, double value);

    /** What it writes without Pottery. */
    abstract String plain(Object value) throws Exception;
}
