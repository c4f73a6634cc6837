package io.pottery.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Maps the values of one type to JSON and back with Jackson 2. Nothing beyond this class and its kin knows Jackson. */
final class Jackson2Mapping {

    private final JsonMapper mapper;
    private final JavaType type;
    private final ObjectReader reader;
    private final ObjectWriter writer;

    Jackson2Mapping(JsonMapper mapper, JavaType type) {
        this.mapper = mapper;
        this.type = type;
        this.reader = mapper.readerFor(type);
        this.writer = type.isJavaLangObject() ? mapper.writer() : mapper.writerFor(type);
    }

    /** Writes {@code value} to {@code json}, token by token. */
    void write(Object value, CanonicalJson json) {
        try {
            writer.writeValue(new Jackson2Generator(json, mapper), value);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            SerializationConfig config = mapper.getSerializationConfig();
            throw new Jackson2Failure(e, raw -> config.introspect(config.constructType(raw))).unencodable(value, json);
        }
    }

    /** Reads a text that is not JSON's null. */
    Object read(JsonText text) {
        try (JsonParser parser = new Jackson2Parser(reader.createParser(text.text()))) {
            return read(parser);
        } catch (IOException e) {
            throw text.notJson("the text could not be opened");
        }
    }

    private Object read(JsonParser parser) {
        try {
            Object value = reader.readValue(parser);
            if (value != null) {
                return value;
            }
        } catch (IOException | RuntimeException | StackOverflowError e) {
            DeserializationConfig config = reader.getConfig();
            throw new Jackson2Failure(e, raw -> config.introspect(config.constructType(raw))).undecodable(type, parser);
        }
        throw Failures.notJson(type.toCanonical(), "its class reads it as null, which means absent");
    }

    /** Whether both map the same type: there is but one configuration. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Jackson2Mapping that && type.equals(that.type);
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
