package io.pottery.codec;

import java.io.Serializable;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.util.Calendar;
import java.util.Collection;
import java.util.Date;
import java.util.Iterator;
import java.util.Objects;
import java.util.SortedSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.BaseStream;
import javax.xml.datatype.XMLGregorianCalendar;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/** What is neither written nor read, and why. */
final class RefusedTypes {

    static final String NAMES_CLASSES =
            "@JsonTypeInfo would name classes in Redis; use JsonTypeInfo.Id.NAME with registered subtypes";

    static final String IS_SHAPED =
            "@JsonFormat would write another kind of JSON than the type is read from; leave out its shape, or convert the value";

    static final String HAS_OBJECT_ID =
            "@JsonIdentityInfo would write equal values as different bytes; store the id itself";

    static final String NO_VALUE = "the class is not a value that JSON has a form for; store what it stands for";

    static final String NO_KEY = "such keys cannot be read back; use texts, numbers or booleans";

    private RefusedTypes() {}

    /** Why values of {@code type} are neither written nor read, null if they are. */
    static @Nullable String reasonAgainst(Class<?> type) {
        if (type == Class.class) {
            return "no class is named in Redis; store what it stands for";
        }
        if (InetAddress.class.isAssignableFrom(type) || SocketAddress.class.isAssignableFrom(type)) {
            return "reading it would look up a name in the network; store its text";
        }
        if (BaseStream.class.isAssignableFrom(type) || Iterator.class.isAssignableFrom(type)) {
            return "reading it would use it up; store a list";
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

    /**
     * The same where a Jackson maps: it would take a tree of the other one, whose model is {@code foreignTree}, for an
     * object like any other.
     */
    static @Nullable String reasonAgainst(Class<?> type, String foreignTree) {
        boolean foreign = ClassUtils.getAllInterfacesForClassAsSet(type).stream()
                .anyMatch(model -> model.getName().equals(foreignTree));
        return foreign
                ? "it is a tree of another Jackson than the one that maps here; use this one's"
                : reasonAgainst(type);
    }

    static RefusedTypeException of(Class<?> type) {
        return new RefusedTypeException(type.getName(), Objects.requireNonNull(reasonAgainst(type)));
    }

    /** Whether {@code @JsonFormat} with that shape makes another kind of JSON of {@code type}, or one without names. */
    static boolean isShaped(Class<?> type, String shape) {
        Class<?> wrapper = ClassUtils.resolvePrimitiveIfNecessary(type);
        boolean truth = wrapper == Boolean.class || type == AtomicBoolean.class;
        boolean number =
                Number.class.isAssignableFrom(wrapper) || type.getName().matches("java.util.Optional.+");
        boolean text = !truth && !number && (type.isEnum() || FixedTypes.contain(type) && !type.isArray());
        boolean elements = type.isArray() || Collection.class.isAssignableFrom(type);
        return switch (shape) {
            case "STRING" -> truth || number;
            case "NUMBER", "NUMBER_INT", "NUMBER_FLOAT" -> truth || text;
            case "BOOLEAN" -> number || text;
            case "ARRAY" -> !elements && !type.isInterface();
            case "OBJECT", "POJO" -> truth || number || text || elements;
            default -> false;
        };
    }

    /** Why an object is refused that is none of what it is declared as. */
    static String isNot(String declared) {
        return "it is declared as " + declared;
    }

    /** Why an object is refused whose class has the properties {@code lost} beyond those of the declared class. */
    static String loses(String declared, SortedSet<String> lost) {
        return ("it is declared as %s, which lacks its properties %s; "
                        + "declare the class itself, or tell the type with @JsonTypeInfo(use = Id.NAME)")
                .formatted(declared, lost);
    }

    /** Whether {@code type} is a class of the JDK, or one without a name: such properties as it has mean nothing. */
    static boolean hasAccidentalProperties(Class<?> type) {
        return type.isHidden() || isOfJdk(type);
    }

    /** Whether {@code type} says nothing of what is in it. */
    static boolean isAnyType(Class<?> type) {
        return type == Object.class || type == Serializable.class;
    }

    static boolean isOfJdk(Class<?> type) {
        return type.getName().startsWith("java.") || type.getName().startsWith("javax.");
    }
}
