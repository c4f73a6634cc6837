package io.pottery.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.util.Calendar;
import java.util.Date;
import java.util.Objects;
import javax.xml.datatype.XMLGregorianCalendar;
import org.jspecify.annotations.Nullable;

/** Writes nothing, but says why; Jackson adds the path. */
final class Jackson2Refusal<T> extends JsonSerializer<T> {

    private final String reason;

    Jackson2Refusal(String reason) {
        this.reason = reason;
    }

    /** Why values of {@code type} are neither written nor read, null if they are. */
    static @Nullable String reasonAgainst(Class<?> type) {
        if (type == Class.class) {
            return "no class is named in Redis; store what it stands for";
        }
        if (InetAddress.class.isAssignableFrom(type) || SocketAddress.class.isAssignableFrom(type)) {
            return "reading it would look up a name in the network; store its text";
        }
        boolean date = Date.class.isAssignableFrom(type) && type != Date.class;
        if (date
                || Calendar.class.isAssignableFrom(type)
                || XMLGregorianCalendar.class.isAssignableFrom(type)
                || type.getName().startsWith("java.sql.")) {
            return "it has no form that keeps all of it; store a class of java.time, such as Instant";
        }
        return null;
    }

    static RefusedTypeException of(Class<?> type) {
        return new RefusedTypeException(type.getName(), Objects.requireNonNull(reasonAgainst(type)));
    }

    @Override
    public void serialize(T value, JsonGenerator generator, SerializerProvider provider) throws IOException {
        throw JsonMappingException.from(
                generator,
                reason,
                new RefusedTypeException(
                        Objects.requireNonNull(value).getClass().getName(), reason));
    }

    @Override
    public void serializeWithType(
            T value, JsonGenerator generator, SerializerProvider provider, TypeSerializer typeSerializer)
            throws IOException {
        serialize(value, generator, provider);
    }

    /** The same for what is read. */
    static final class Reader extends StdDeserializer<Object> {

        private static final long serialVersionUID = 1L;

        private final String reason;

        Reader(Class<?> type, String reason) {
            super(type);
            this.reason = reason;
        }

        @Override
        public Object deserialize(JsonParser parser, DeserializationContext context) {
            throw new RefusedTypeException(handledType().getName(), reason);
        }
    }

    /** The same for the keys of a map that is read. */
    static final class KeyReader extends KeyDeserializer {

        private final Class<?> type;
        private final String reason;

        KeyReader(Class<?> type, String reason) {
            this.type = type;
            this.reason = reason;
        }

        @Override
        public Object deserializeKey(String key, DeserializationContext context) {
            throw new RefusedTypeException(type.getName(), reason);
        }
    }
}
