package io.pottery.cache;

import io.pottery.codec.Codec;
import io.pottery.error.PotteryException;
import io.pottery.error.UnencodableValueException;
import java.io.File;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ObjIntConsumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;

/**
 * The text of the arguments of one call: JSON in which values of different types are different, and equal values are
 * the same. docs/wire-format.md says what each type becomes.
 */
final class ArgumentsText {

    /** Lists, maps and the like inside each other. */
    private static final int DEPTH = 100;

    private static final int LONGEST = 16 << 20;
    private static final String SEPARATOR = ", ";

    /** A list, map or the like that is being written, and how much of the path leads to it. */
    private record Level(Object source, int pathLength) {}

    private final Codec<String> strings;
    private final Codec<Double> doubles;
    private final Supplier<Codec<Object>> others;
    private final StringBuilder out = new StringBuilder();
    private final StringBuilder path = new StringBuilder("$");
    private final List<Level> levels = new ArrayList<>();
    private boolean namesApplication;

    /** {@code others} writes what is neither a scalar of every day nor a collection. */
    ArgumentsText(Codec<String> strings, Codec<Double> doubles, Supplier<Codec<Object>> others) {
        this.strings = strings;
        this.doubles = doubles;
        this.others = others;
    }

    /** Writes the whole text. */
    void write(List<@Nullable Object> arguments) {
        try {
            elements(arguments);
        } catch (PotteryException e) {
            throw e;
        } catch (RuntimeException e) {
            Object read = levels.isEmpty() ? arguments : levels.get(levels.size() - 1).source;
            String reason = "reading it threw %s; the cause says why"
                    .formatted(e.getClass().getName());
            throw cannotWrite(read, reason, e);
        }
    }

    /** Whether the text names a class that is not of {@code java.*}. */
    boolean namesApplication() {
        return namesApplication;
    }

    @Override
    public String toString() {
        return out.toString();
    }

    private void value(@Nullable Object value) {
        if (value == null || value instanceof Boolean || value instanceof Integer) {
            out.append(value);
        } else if (value instanceof String text) {
            encoded(strings, text);
        } else if (value instanceof Double number) {
            encoded(doubles, number);
        } else if (value instanceof List<?> list) {
            begin(list);
            elements(list);
            end();
        } else {
            typed(value);
        }
        if (value != null && out.length() > LONGEST) {
            throw cannotWrite(
                    value, "the text may have %d bytes, found %d; use a key of it".formatted(LONGEST, out.length()));
        }
    }

    private void typed(Object value) {
        if (value instanceof Set<?> set) {
            group("Set", set, () -> sorted(set, this::element));
        } else if (value instanceof Map<?, ?> map) {
            group("Map", map, () -> sorted(map.entrySet(), (entry, index) -> entry(entry)));
        } else if (value instanceof Collection<?> collection) {
            group("Collection", collection, () -> elements(collection));
        } else if (value instanceof Object[] array) {
            group(name(array.getClass()), array, () -> elements(Arrays.asList(array)));
        } else if (value instanceof Map.Entry<?, ?> entry) {
            group("Map.Entry", entry, () -> entry(entry));
        } else if (value instanceof Optional<?> optional) {
            group("Optional", optional, () -> elements(optional.stream().toList()));
        } else if (value instanceof OptionalInt optional) {
            group(
                    "OptionalInt",
                    optional,
                    () -> elements(optional.stream().boxed().toList()));
        } else if (value instanceof OptionalLong optional) {
            group(
                    "OptionalLong",
                    optional,
                    () -> elements(optional.stream().boxed().toList()));
        } else if (value instanceof OptionalDouble optional) {
            group(
                    "OptionalDouble",
                    optional,
                    () -> elements(optional.stream().boxed().toList()));
        } else if (value instanceof AtomicReference<?> reference) {
            group("AtomicReference", reference, () -> elements(Collections.singletonList(reference.get())));
        } else {
            scalar(value);
        }
    }

    private void group(String type, Object source, Runnable contents) {
        begin(source);
        member(type, contents);
        end();
    }

    private void begin(Object source) {
        for (Level level : levels) {
            if (level.source == source) {
                throw cannotWrite(
                        source,
                        "it is inside itself, at %s; cut the cycle".formatted(path.substring(0, level.pathLength)));
            }
        }
        if (levels.size() == DEPTH) {
            throw cannotWrite(
                    source,
                    "arguments may be %d deep, found %d; use a key of what is inside".formatted(DEPTH, DEPTH + 1));
        }
        levels.add(new Level(source, path.length()));
    }

    private void end() {
        levels.remove(levels.size() - 1);
    }

    private void elements(Iterable<? extends @Nullable Object> elements) {
        out.append('[');
        int index = 0;
        for (Object element : elements) {
            if (index > 0) {
                out.append(SEPARATOR);
            }
            element(element, index++);
        }
        out.append(']');
    }

    private void element(@Nullable Object element, int index) {
        int here = path.length();
        path.append('[').append(index).append(']');
        value(element);
        path.setLength(here);
    }

    private void entry(Map.Entry<?, ?> entry) {
        int here = path.length();
        path.append(".*");
        out.append('[');
        value(entry.getKey());
        out.append(SEPARATOR);
        value(entry.getValue());
        out.append(']');
        path.setLength(here);
    }

    /** Writes an array of what has no order: each text where it sorts. */
    private <T extends @Nullable Object> void sorted(Iterable<T> parts, ObjIntConsumer<T> writer) {
        out.append('[');
        int start = out.length();
        List<Integer> ends = new ArrayList<>();
        for (T part : parts) {
            writer.accept(part, ends.size());
            ends.add(out.length());
        }
        List<String> texts = new ArrayList<>(ends.size());
        int from = start;
        for (int to : ends) {
            texts.add(out.substring(from, to));
            from = to;
        }
        Collections.sort(texts);
        out.setLength(start);
        out.append(String.join(SEPARATOR, texts)).append(']');
    }

    private void scalar(Object value) {
        if (value instanceof Iterator || value instanceof BaseStream) {
            throw cannotWrite(value, "reading it would use it up; pass a list");
        }
        if (value.getClass().isHidden() || Proxy.isProxyClass(value.getClass())) {
            throw cannotWrite(
                    value, "its class has another name in every process; pass a value, such as a record, instead");
        }
        member(nameOf(value), () -> json(value));
    }

    private String nameOf(Object value) {
        if (isFile(value)) {
            return "Path";
        }
        return name(value instanceof Enum<?> constant ? constant.getDeclaringClass() : value.getClass());
    }

    private String name(Class<?> type) {
        TypeName name = TypeName.of(type);
        namesApplication |= name.ofApplication();
        return name.text();
    }

    /** Writes what the name before it makes unmistakable. Where a codec loses something, it is not asked. */
    private void json(Object value) {
        if (value instanceof Long || value instanceof Short || value instanceof Byte) {
            out.append(value);
        } else if (value instanceof UUID || value instanceof Character || value instanceof File || isFile(value)) {
            encoded(strings, value.toString());
        } else if (value instanceof Enum<?> constant) {
            encoded(strings, constant.name());
        } else if (value instanceof BigDecimal number && number.scale() < 0) {
            encoded(others.get(), number.unscaledValue());
            out.append("E+").append(-(long) number.scale());
        } else if (value instanceof Pattern pattern) {
            elements(List.of(pattern.pattern(), pattern.flags()));
        } else {
            encoded(others.get(), value);
        }
    }

    /** Whether it is a path whose text says all; the codec writes a URI, for which it looks at the directory. */
    private static boolean isFile(Object value) {
        return value instanceof Path path && path.getFileSystem() == FileSystems.getDefault();
    }

    private void member(String name, Runnable value) {
        out.append('{');
        encoded(strings, name);
        out.append(": ");
        value.run();
        out.append('}');
    }

    private <T> void encoded(Codec<T> codec, T value) {
        try {
            out.append(new String(codec.encode(value), StandardCharsets.US_ASCII));
        } catch (UnencodableValueException e) {
            // The codec's paths begin at this value, the caller's at the arguments.
            String message = String.valueOf(e.getMessage()).replace(" $", " " + path);
            throw new UnencodableValueException(message, e.getCause());
        }
    }

    private UnencodableValueException cannotWrite(Object value, String reason) {
        return cannotWrite(value, reason, null);
    }

    private UnencodableValueException cannotWrite(Object value, String reason, @Nullable Throwable cause) {
        return new UnencodableValueException(
                "Cannot write %s (%s) as JSON: %s"
                        .formatted(path, value.getClass().getName(), reason),
                cause);
    }
}
