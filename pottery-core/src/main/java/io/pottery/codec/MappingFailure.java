package io.pottery.codec;

import io.pottery.error.PotteryException;
import io.pottery.error.UndecodableValueException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells what a Jackson could not do, and where, without telling what the value was: its own messages quote it. */
abstract class MappingFailure {

    /** One step to where it happened: to the member {@code name} of {@code from}, or to an element. */
    record Step(@Nullable Object from, @Nullable String name, int index) {}

    /** A class that cannot be mapped as it is declared; the message holds no values. */
    record Definition(@Nullable Class<?> type, String message) {}

    /** A piece of JSON that is none of {@code target}. Jackson's message begins with what it could not do. */
    record Mismatch(@Nullable Class<?> target, String message) {}

    private static final Pattern LIMIT = Pattern.compile("(.+?) \\((\\d+)\\) exceeds the maximum allowed \\((\\d+).*");

    private final Throwable thrown;

    MappingFailure(Throwable thrown) {
        this.thrown = thrown;
    }

    /** Whether {@code cause} is an exception of Jackson. */
    abstract boolean isJacksons(Throwable cause);

    abstract @Nullable Definition definition();

    abstract @Nullable Mismatch mismatch();

    /** Jackson's message about a limit that is exceeded, which holds nothing but figures. */
    abstract @Nullable String limit();

    /** Whether the text is not JSON. */
    abstract boolean isMalformed();

    abstract List<Step> steps();

    abstract boolean hasProperty(Class<?> type, String name);

    /** Our own failure comes out as it is, be it that a container which is part of the value could not be read. */
    final PotteryException unencodable(Object value, CanonicalJson json) {
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
        Definition definition = definition();
        if (definition != null) {
            Class<?> type = definition.type();
            return Failures.cannotWrite(path(), type == null ? root : type.getName(), words(definition), foreign());
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

    /** {@code type} is what was to be read; {@code offset} and {@code found} say how far it went. */
    final UndecodableValueException undecodable(String type, long offset, JsonKind found) {
        UndecodableValueException ours = find(UndecodableValueException.class);
        if (ours != null) {
            return ours;
        }
        String limit = limit();
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
        Definition definition = definition();
        Mismatch mismatch = mismatch();
        if (definition != null) {
            return Failures.noWayBack(type, path(), wayBack(definition));
        }
        if (mismatch != null && mismatch.message().contains("cannot deserialize from Object value")) {
            return Failures.noWayBack(type, path(), wayBack(mismatch.target()));
        }
        if (mismatch == null && isMalformed()) {
            return Failures.notJson(type, "the text is not JSON at character %d, within %s".formatted(offset, path()));
        }
        Class<?> expected = mismatch == null ? null : mismatch.target();
        return Failures.unexpected(expected == null ? type : expected.getTypeName(), path(), found);
    }

    private static String wayBack(Definition definition) {
        return lacksModule(definition) ? definition.message() : wayBack(definition.type());
    }

    private static String wayBack(@Nullable Class<?> type) {
        boolean map = type != null && Map.class.isAssignableFrom(type);
        return map || (type != null && Collection.class.isAssignableFrom(type))
                ? "it is stored as its contents, so declare it as a %s of java.util"
                        .formatted(map ? "Map" : "Collection, List or Set")
                : "make it a record, give it a constructor without arguments or a @JsonCreator, or compile it with -parameters"
                        + " (which takes jackson-module-parameter-names with Jackson 2)";
    }

    private static String words(Definition definition) {
        return definition.message().startsWith("No serializer found")
                ? "the class has no properties; give it getters, store what it stands for, or tell its subtypes apart with"
                        + " @JsonTypeInfo(use = Id.NAME)"
                : "Jackson cannot map the class as it is declared: %s".formatted(definition.message());
    }

    /** Whether Jackson 2 asks for one of the modules that know what Java has had since 8. */
    private static boolean lacksModule(Definition definition) {
        return definition.message().contains("add Module");
    }

    private static String figures(String limit) {
        Matcher figures = LIMIT.matcher(limit);
        return figures.matches()
                ? "%s %s, the limit is %s"
                        .formatted(figures.group(1).toLowerCase(Locale.ROOT), figures.group(2), figures.group(3))
                : "the text is too large";
    }

    /** The way to the value, with names only where the class has a property of that name: keys of maps are content. */
    private JsonPath path() {
        JsonPath path = new JsonPath();
        for (Step step : steps()) {
            String name = step.name();
            if (name == null) {
                path.index(step.index());
            } else if (isProperty(step.from(), name)) {
                path.property(name);
            } else {
                path.key();
            }
        }
        return path;
    }

    private boolean isProperty(@Nullable Object from, String name) {
        if (from == null) {
            return false;
        }
        Class<?> type = from instanceof Class<?> raw ? raw : from.getClass();
        return !Map.class.isAssignableFrom(type) && hasProperty(type, name);
    }

    /** What was thrown by anything but Jackson. */
    private @Nullable Throwable foreign() {
        Throwable cause = thrown;
        while (cause != null && isJacksons(cause)) {
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
        return className.startsWith("com.fasterxml.jackson.") || className.startsWith("tools.jackson.");
    }

    /** The first of the causes that is an {@code X}. */
    final <X extends Throwable> @Nullable X find(Class<X> type) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
