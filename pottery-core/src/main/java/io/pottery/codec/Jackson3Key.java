package io.pottery.codec;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;

/** Writes a number, a boolean or null as a key, and leaves the text it becomes to {@link CanonicalJson}. */
final class Jackson3Key extends ValueSerializer<Object> {

    @Override
    public void serialize(@Nullable Object key, JsonGenerator generator, SerializationContext provider) {
        if (generator instanceof Jackson3Generator ours) {
            ours.writeKey(key);
        } else {
            generator.writeName(String.valueOf(key));
        }
    }
}
