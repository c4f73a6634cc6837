package io.pottery.codec;

import java.net.InetAddress;
import java.net.SocketAddress;
import java.util.Calendar;
import java.util.Date;
import java.util.Iterator;
import java.util.Objects;
import java.util.SortedSet;
import java.util.stream.BaseStream;
import javax.xml.datatype.XMLGregorianCalendar;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/** What is neither written nor read, and why. */
final class RefusedTypes {

    static final String NAMES_CLASSES =
            "@JsonTypeInfo would name classes in Redis; use JsonTypeInfo.Id.NAME with registered subtypes";

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

    static boolean isOfJdk(Class<?> type) {
        return type.getName().startsWith("java.") || type.getName().startsWith("javax.");
    }
}
