package io.pottery.codec;

import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.ser.PropertyWriter;
import tools.jackson.databind.util.NameTransformer;

/**
 * Writes an object with the properties of the class that it is declared as. One whose own class has further properties
 * is refused, because whoever reads the declared class would lose them; if the JSON tells the type, nothing is lost.
 */
final class Jackson3Bean extends ValueSerializer<Object> {

    private record Subtype(ValueSerializer<Object> own, ValueSerializer<Object> asDeclared) {}

    private final JavaType declared;
    private final ValueSerializer<Object> serializer;
    private final Set<String> properties;
    private final @Nullable BeanProperty property;
    private final Map<Class<?>, Subtype> subtypes = new ConcurrentHashMap<>();

    /** {@code properties} are the names of those that the class has. */
    @SuppressWarnings("unchecked") // whatever it writes, it is asked for no other
    Jackson3Bean(
            JavaType declared, ValueSerializer<?> serializer, Set<String> properties, @Nullable BeanProperty property) {
        this.declared = declared;
        this.serializer = (ValueSerializer<Object>) serializer;
        this.properties = properties;
        this.property = property;
    }

    @Override
    public void serialize(Object value, JsonGenerator generator, SerializationContext context) {
        (isAsDeclared(value) ? serializer : subtypeOf(value, context).asDeclared).serialize(value, generator, context);
    }

    @Override
    public void serializeWithType(
            Object value, JsonGenerator generator, SerializationContext context, TypeSerializer typeSerializer) {
        (isAsDeclared(value) ? serializer : subtypeOf(value, context).own)
                .serializeWithType(value, generator, context, typeSerializer);
    }

    private boolean isAsDeclared(Object value) {
        return declared.hasRawClass(value.getClass());
    }

    private Subtype subtypeOf(Object value, SerializationContext context) {
        Class<?> type = value.getClass();
        Subtype subtype = subtypes.get(type);
        if (subtype == null) {
            subtype = newSubtype(type, context);
            subtypes.put(type, subtype);
        }
        return subtype;
    }

    private Subtype newSubtype(Class<?> type, SerializationContext context) {
        if (!declared.getRawClass().isAssignableFrom(type)) {
            ValueSerializer<Object> refusal = new Jackson3Refusal<>(RefusedTypes.isNot(declared.toCanonical()));
            return new Subtype(refusal, refusal);
        }
        JavaType specialized = context.constructSpecializedType(declared, type);
        ValueSerializer<Object> own = context.findPrimaryPropertySerializer(specialized, property);
        if (!(own instanceof Jackson3Bean bean) || isReadAsWhateverItIs()) {
            return new Subtype(own, own);
        }
        SortedSet<String> lost = new TreeSet<>(bean.properties);
        lost.removeAll(properties);
        return new Subtype(
                own,
                lost.isEmpty() ? serializer : new Jackson3Refusal<>(RefusedTypes.loses(declared.toCanonical(), lost)));
    }

    private boolean isReadAsWhateverItIs() {
        return RefusedTypes.isAnyType(declared.getRawClass());
    }

    @Override
    public void resolve(SerializationContext context) {
        serializer.resolve(context);
    }

    @Override
    public ValueSerializer<?> createContextual(SerializationContext context, @Nullable BeanProperty property) {
        return new Jackson3Bean(
                declared, context.handlePrimaryContextualization(serializer, property), properties, property);
    }

    @Override
    public ValueSerializer<Object> unwrappingSerializer(NameTransformer names) {
        return new Jackson3Bean(declared, serializer.unwrappingSerializer(names), properties, property);
    }

    @Override
    public ValueSerializer<?> withFilterId(Object filter) {
        return new Jackson3Bean(declared, serializer.withFilterId(filter), properties, property);
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
    public boolean isEmpty(SerializationContext context, @Nullable Object value) {
        return serializer.isEmpty(context, value);
    }

    @Override
    public Iterator<PropertyWriter> properties() {
        return serializer.properties();
    }
}
