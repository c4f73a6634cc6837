package io.pottery.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.ser.ContextualSerializer;
import com.fasterxml.jackson.databind.ser.PropertyWriter;
import com.fasterxml.jackson.databind.ser.ResolvableSerializer;
import com.fasterxml.jackson.databind.util.NameTransformer;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes an object with the properties of the class that it is declared as. One whose own class has further properties
 * is refused, because whoever reads the declared class would lose them; if the JSON tells the type, nothing is lost.
 */
final class Jackson2Bean extends JsonSerializer<Object> implements ContextualSerializer, ResolvableSerializer {

    private record Subtype(JsonSerializer<Object> own, JsonSerializer<Object> asDeclared) {}

    private final JavaType declared;
    private final JsonSerializer<Object> serializer;
    private final Set<String> properties;
    private final @Nullable BeanProperty property;
    private final Map<Class<?>, Subtype> subtypes = new ConcurrentHashMap<>();

    /** {@code properties} are the names of those that the class has. */
    @SuppressWarnings("unchecked") // whatever it writes, it is asked for no other
    Jackson2Bean(
            JavaType declared, JsonSerializer<?> serializer, Set<String> properties, @Nullable BeanProperty property) {
        this.declared = declared;
        this.serializer = (JsonSerializer<Object>) serializer;
        this.properties = properties;
        this.property = property;
    }

    @Override
    public void serialize(Object value, JsonGenerator generator, SerializerProvider provider) throws IOException {
        (isAsDeclared(value) ? serializer : subtypeOf(value, provider).asDeclared)
                .serialize(value, generator, provider);
    }

    @Override
    public void serializeWithType(
            Object value, JsonGenerator generator, SerializerProvider provider, TypeSerializer typeSerializer)
            throws IOException {
        (isAsDeclared(value) ? serializer : subtypeOf(value, provider).own)
                .serializeWithType(value, generator, provider, typeSerializer);
    }

    private boolean isAsDeclared(Object value) {
        return declared.hasRawClass(value.getClass());
    }

    private Subtype subtypeOf(Object value, SerializerProvider provider) throws JsonMappingException {
        Class<?> type = value.getClass();
        Subtype subtype = subtypes.get(type);
        if (subtype == null) {
            subtype = newSubtype(type, provider);
            subtypes.put(type, subtype);
        }
        return subtype;
    }

    private Subtype newSubtype(Class<?> type, SerializerProvider provider) throws JsonMappingException {
        if (!declared.getRawClass().isAssignableFrom(type)) {
            JsonSerializer<Object> refusal = new Jackson2Refusal<>(RefusedTypes.isNot(declared.toCanonical()));
            return new Subtype(refusal, refusal);
        }
        JavaType specialized = provider.constructSpecializedType(declared, type);
        JsonSerializer<Object> own = provider.findPrimaryPropertySerializer(specialized, property);
        if (!(own instanceof Jackson2Bean bean) || isReadAsWhateverItIs()) {
            return new Subtype(own, own);
        }
        SortedSet<String> lost = new TreeSet<>(bean.properties);
        lost.removeAll(properties);
        return new Subtype(
                own,
                lost.isEmpty() ? serializer : new Jackson2Refusal<>(RefusedTypes.loses(declared.toCanonical(), lost)));
    }

    private boolean isReadAsWhateverItIs() {
        return RefusedTypes.isAnyType(declared.getRawClass());
    }

    @Override
    public void resolve(SerializerProvider provider) throws JsonMappingException {
        if (serializer instanceof ResolvableSerializer resolvable) {
            resolvable.resolve(provider);
        }
    }

    @Override
    public JsonSerializer<?> createContextual(SerializerProvider provider, @Nullable BeanProperty property)
            throws JsonMappingException {
        return new Jackson2Bean(
                declared, provider.handlePrimaryContextualization(serializer, property), properties, property);
    }

    @Override
    public JsonSerializer<Object> unwrappingSerializer(NameTransformer names) {
        return new Jackson2Bean(declared, serializer.unwrappingSerializer(names), properties, property);
    }

    @Override
    public JsonSerializer<?> withFilterId(Object filter) {
        return new Jackson2Bean(declared, serializer.withFilterId(filter), properties, property);
    }

    @Override
    public boolean isUnwrappingSerializer() {
        return serializer.isUnwrappingSerializer();
    }

    @Override
    public boolean usesObjectId() {
        return serializer.usesObjectId();
    }

    @Override
    public boolean isEmpty(SerializerProvider provider, @Nullable Object value) {
        return serializer.isEmpty(provider, value);
    }

    @Override
    public Iterator<PropertyWriter> properties() {
        return serializer.properties();
    }
}
