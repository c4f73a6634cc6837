package io.pottery.codec;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.pottery.error.PotteryException;
import io.pottery.error.UndecodableValueException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What Jackson threw, told in our words: its own messages quote the values, and so do those of the JDK's parsers that
 * it calls. Only what the application's code threw is kept as the cause.
 */
final class Jackson2Failure {

    private static final Pattern LIMIT = Pattern.compile("(.+?) \\((\\d+)\\) exceeds the maximum allowed \\((\\d+).*");

    private final Throwable thrown;
    private final Function<Class<?>, BeanDescription> descriptions;

    Jackson2Failure(Throwable thrown, Function<Class<?>, BeanDescription> descriptions) {
        this.thrown = thrown;
        this.descriptions = descriptions;
    }

    /** Our own failure comes out as it is, be it that a container which is part of the value could not be read. */
    PotteryException unencodable(Object value, CanonicalJson json) {
        PotteryException ours = find(PotteryException.class);
        if (ours != null) {
            return ours;
        }
        String root = value.getClass().getName();
        if (find(StackOverflowError.class) != null) {
            return json.cannotWrite(root, "it contains itself; cut the cycle", null);
        }
        RefusedTypeException refused = find(RefusedTypeException.class);
        if (refused != null) {
            return Failures.cannotWrite(path(), refused.type(), refused.reason());
        }
        InvalidDefinitionException undefined = find(InvalidDefinitionException.class);
        if (undefined != null) {
            String type = undefined.getType() == null
                    ? root
                    : undefined.getType().getRawClass().getName();
            return Failures.cannotWrite(path(), type, definition(undefined), foreign());
        }
        Throwable cause = foreign();
        return Failures.cannotWrite(
                path(),
                root,
                cause == null
                        ? "Jackson cannot map it as it is declared; check the classes on the path"
                        : "reading the value threw %s; the cause says why"
                                .formatted(cause.getClass().getName()),
                cause);
    }

    UndecodableValueException undecodable(JavaType root, JsonParser parser) {
        String type = root.toCanonical();
        StreamConstraintsException limit = find(StreamConstraintsException.class);
        if (limit != null) {
            return Failures.notJson(type, "at %s a limit is exceeded: %s".formatted(path(), figures(limit)));
        }
        if (find(StackOverflowError.class) != null) {
            return Failures.notJson(type, "reading it never ends");
        }
        RefusedTypeException refused = find(RefusedTypeException.class);
        if (refused != null) {
            return Failures.notJson(type, "%s: %s".formatted(refused.type(), refused.reason()));
        }
        Throwable application = application();
        if (application != null) {
            return Failures.refused(type, path(), application);
        }
        MismatchedInputException mismatch = find(MismatchedInputException.class);
        if (hasNoWayBack(mismatch)) {
            return Failures.noWayBack(type, path(), waysBack(unmade(mismatch)));
        }
        InputCoercionException coercion = find(InputCoercionException.class);
        if (mismatch == null && coercion == null && find(StreamReadException.class) != null) {
            return Failures.notJson(
                    type,
                    "the text is not JSON at character %d, within %s"
                            .formatted(parser.currentLocation().getCharOffset(), path()));
        }
        Class<?> expected = mismatch == null ? null : mismatch.getTargetType();
        return Failures.unexpected(
                expected == null ? type : expected.getTypeName(), path(), kind(parser.currentToken()));
    }

    /** Whether the class is one that Jackson can write but not make; the message says so before it quotes anything. */
    private boolean hasNoWayBack(@Nullable MismatchedInputException mismatch) {
        return find(InvalidDefinitionException.class) != null
                || (mismatch != null && mismatch.getOriginalMessage().contains("cannot deserialize from Object value"));
    }

    /** The class that Jackson could not make. */
    private @Nullable Class<?> unmade(@Nullable MismatchedInputException mismatch) {
        InvalidDefinitionException undefined = find(InvalidDefinitionException.class);
        if (undefined != null && undefined.getType() != null) {
            return undefined.getType().getRawClass();
        }
        return mismatch == null ? null : mismatch.getTargetType();
    }

    private static String waysBack(@Nullable Class<?> type) {
        boolean map = type != null && Map.class.isAssignableFrom(type);
        return map || (type != null && Collection.class.isAssignableFrom(type))
                ? "it is stored as its contents, so declare it as a %s of java.util"
                        .formatted(map ? "Map" : "Collection, List or Set")
                : "make it a record, give it a constructor without arguments or a @JsonCreator, or compile it with -parameters";
    }

    /** Jackson's message about the declaration of a class, which holds no values. */
    private static String definition(InvalidDefinitionException undefined) {
        String message = undefined.getOriginalMessage();
        return message.startsWith("No serializer found")
                ? "the class has no properties; give it getters, store what it stands for, or tell its subtypes apart with"
                        + " @JsonTypeInfo(use = Id.NAME)"
                : "Jackson cannot map the class as it is declared: %s".formatted(message);
    }

    /** Jackson's message about a limit holds nothing but figures. */
    private static String figures(StreamConstraintsException limit) {
        Matcher figures = LIMIT.matcher(limit.getOriginalMessage());
        return figures.matches()
                ? "%s %s, the limit is %s"
                        .formatted(figures.group(1).toLowerCase(Locale.ROOT), figures.group(2), figures.group(3))
                : "the text is too large";
    }

    private static JsonKind kind(@Nullable JsonToken token) {
        if (token == null) {
            return JsonKind.END;
        }
        return switch (token) {
            case START_OBJECT, FIELD_NAME -> JsonKind.OBJECT;
            case START_ARRAY -> JsonKind.ARRAY;
            case VALUE_STRING -> JsonKind.STRING;
            case VALUE_NUMBER_INT -> JsonKind.INTEGER;
            case VALUE_NUMBER_FLOAT -> JsonKind.FRACTION;
            case VALUE_TRUE, VALUE_FALSE -> JsonKind.BOOLEAN;
            case VALUE_NULL -> JsonKind.NULL;
            case END_OBJECT, END_ARRAY -> JsonKind.END;
            case VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE -> JsonKind.OTHER;
        };
    }

    /** The way to the value, with names only where the class has a property of that name: keys of maps are content. */
    private JsonPath path() {
        JsonPath path = new JsonPath();
        for (JsonMappingException.Reference step : steps()) {
            if (step.getFieldName() == null) {
                path.index(step.getIndex());
            } else if (isProperty(step)) {
                path.property(step.getFieldName());
            } else {
                path.key();
            }
        }
        return path;
    }

    private boolean isProperty(JsonMappingException.Reference step) {
        Object from = step.getFrom();
        if (from == null) {
            return false;
        }
        Class<?> type = from instanceof Class<?> raw ? raw : from.getClass();
        return !Map.class.isAssignableFrom(type)
                && descriptions.apply(type).findProperties().stream()
                        .anyMatch(property -> property.getName().equals(step.getFieldName()));
    }

    private List<JsonMappingException.Reference> steps() {
        JsonMappingException mapping = find(JsonMappingException.class);
        return mapping == null ? List.of() : mapping.getPath();
    }

    /** What was thrown by anything but Jackson. */
    private @Nullable Throwable foreign() {
        Throwable cause = thrown;
        while (cause instanceof JacksonException) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** What the application's own code threw, as the first frame beyond the JDK tells. */
    private @Nullable Throwable application() {
        Throwable cause = foreign();
        if (cause == null) {
            return null;
        }
        for (StackTraceElement frame : cause.getStackTrace()) {
            String name = frame.getClassName();
            if (!isOfJdk(name)) {
                return isOfJackson(name) ? null : cause;
            }
        }
        String name = cause.getClass().getName();
        return isOfJdk(name) || isOfJackson(name) ? null : cause;
    }

    private static boolean isOfJdk(String className) {
        return className.startsWith("java.") || className.startsWith("jdk.") || className.startsWith("sun.");
    }

    private static boolean isOfJackson(String className) {
        return className.startsWith("com.fasterxml.jackson.");
    }

    private <X extends Throwable> @Nullable X find(Class<X> type) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
