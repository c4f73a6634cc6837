package io.pottery.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes a number, a boolean or null as a key, and leaves the text it becomes to {@link CanonicalJson}. */
final class Jackson2Key extends JsonSerializer<Object> {

    @Override
    public void serialize(@Nullable Object key, JsonGenerator generator, SerializerProvider provider)
            throws IOException {
        if (generator instanceof Jackson2Generator ours) {
            ours.writeKey(key);
        } else {
            generator.writeFieldName(String.valueOf(key));
        }
    }
}
