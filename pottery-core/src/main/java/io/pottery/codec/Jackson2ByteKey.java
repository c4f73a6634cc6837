package io.pottery.codec;

import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.KeyDeserializer;
import java.io.IOException;

/** Reads a byte that is a key. Jackson's own takes 200 for -56. */
final class Jackson2ByteKey extends KeyDeserializer {

    @Override
    public Object deserializeKey(String key, DeserializationContext context) throws IOException {
        try {
            return Byte.valueOf(key);
        } catch (NumberFormatException e) {
            return context.handleWeirdKey(Byte.class, key, "not a byte");
        }
    }
}
