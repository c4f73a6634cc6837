package io.pottery.codec;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Maps the values of one type to JSON and back with Jackson 3. The text itself is written and read by Pottery's rules.
 */
final class Jackson3Mapping implements JsonMapping {

    private final JsonMapper mapper;
    private final JavaType type;
    private final ObjectReader reader;
    private final ObjectWriter writer;

    Jackson3Mapping(JsonMapper mapper, JavaType type) {
        this.mapper = mapper;
        this.type = type;
        this.reader = mapper.readerFor(type);
        this.writer = type.isJavaLangObject() ? mapper.writer() : mapper.writerFor(type);
    }

    @Override
    public void write(Object value, CanonicalJson json) {
        try {
            writer.writeValue(new Jackson3Generator(json, mapper._serializationContext()), value);
        } catch (RuntimeException | StackOverflowError e) {
            throw failure(e).unencodable(value, json);
        }
    }

    @Override
    public Object read(JsonText text) {
        try (JsonParser parser = new Jackson3Parser(reader.createParser(text.text()))) {
            return read(parser);
        }
    }

    private Object read(JsonParser parser) {
        try {
            Object value = reader.readValue(parser);
            if (parser.nextToken() != null) {
                throw Failures.notJson(type.toCanonical(), "more text follows the value");
            }
            if (value != null) {
                return value;
            }
        } catch (RuntimeException | StackOverflowError e) {
            throw failure(e)
                    .undecodable(
                            type.toCanonical(),
                            parser.currentLocation().getCharOffset(),
                            Jackson3Failure.kind(parser.currentToken()));
        }
        throw Failures.notJson(type.toCanonical(), "its class reads it as null, which means absent");
    }

    private Jackson3Failure failure(Throwable thrown) {
        return new Jackson3Failure(thrown, mapper);
    }

    /** Whether both map the same type with the same mapper. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Jackson3Mapping that && mapper == that.mapper && type.equals(that.type);
    }

    @Override
    public int hashCode() {
        return type.hashCode();
    }

    @Override
    public String toString() {
        return type.toCanonical();
    }
}
