package io.pottery.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationConfig;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Maps the values of one type to JSON and back with Jackson 2. The text itself is written and read by Pottery's rules.
 */
final class Jackson2Mapping implements JsonMapping {

    private static final JsonFactory TEXTS = new JsonFactoryBuilder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Limits.DEPTH)
                    .maxStringLength(Limits.STRING)
                    .maxNameLength(Limits.STRING)
                    .maxNumberLength(Limits.DIGITS)
                    .build())
            .build();

    private final ObjectMapper mapper;
    private final JavaType type;
    private final ObjectReader reader;
    private final ObjectWriter writer;

    Jackson2Mapping(ObjectMapper mapper, JavaType type) {
        this.mapper = mapper;
        this.type = type;
        this.reader = mapper.readerFor(type);
        this.writer = type.isJavaLangObject() ? mapper.writer() : mapper.writerFor(type);
    }

    @Override
    public void write(Object value, CanonicalJson json) {
        try {
            writer.writeValue(new Jackson2Generator(json, mapper), value);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            SerializationConfig config = mapper.getSerializationConfig();
            throw new Jackson2Failure(e, raw -> config.introspect(config.constructType(raw))).unencodable(value, json);
        }
    }

    @Override
    public Object read(JsonText text) {
        try (JsonParser parser = new Jackson2Parser(TEXTS.createParser(text.text()))) {
            return read(parser);
        } catch (IOException e) {
            throw text.notJson("the text could not be opened");
        }
    }

    private Object read(JsonParser parser) {
        try {
            parser.setCodec(mapper); // for deserializers of the application
            Object value = reader.readValue(parser);
            if (parser.nextToken() != null) {
                throw Failures.notJson(type.toCanonical(), "more text follows the value");
            }
            if (value != null) {
                return value;
            }
        } catch (IOException | RuntimeException | StackOverflowError e) {
            DeserializationConfig config = reader.getConfig();
            throw new Jackson2Failure(e, raw -> config.introspect(config.constructType(raw)))
                    .undecodable(
                            type.toCanonical(),
                            parser.currentLocation().getCharOffset(),
                            Jackson2Failure.kind(parser.currentToken()));
        }
        throw Failures.notJson(type.toCanonical(), "its class reads it as null, which means absent");
    }

    /** Whether both map the same type with the same mapper. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Jackson2Mapping that && mapper == that.mapper && type.equals(that.type);
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
