package io.pottery.codec;

import io.pottery.error.UnencodableValueException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Writes one value as Python's {@code json.dumps(value, sort_keys=True)} does, token by token.
 *
 * <p>Members and the elements of sets may come in any order: when their object or set ends, their text is put in order.
 * Every failure names the path of the value at which it happened.
 */
final class CanonicalJson {

    private static final String NULL = "null";
    static final String SEPARATOR = ", ";

    private final JsonBytes out = new JsonBytes(128);
    private final List<JsonLevel> levels = new ArrayList<>();

    /** Begins an object. {@code source} is the Java object it is made of, if known. */
    void startObject(@Nullable Object source) {
        begin(JsonLevel.ofObject(source));
        out.add('{');
    }

    void endObject() {
        JsonLevel object = end();
        int[] order = object.memberOrder();
        if (order == null) {
            throw cannotWrite(
                    nameOf(object.source()), "two of its keys have the same text; use keys of one type", null);
        }
        reorder(object, order);
        out.add('}');
        finishToken(nameOf(object.source()));
    }

    /** Begins an array. {@code source} is the Java object it is made of, if known; a set's elements are sorted. */
    void startArray(@Nullable Object source) {
        begin(JsonLevel.ofArray(source));
        out.add('[');
    }

    void endArray() {
        JsonLevel array = end();
        if (array.source() instanceof Set) {
            reorder(array, array.elementOrder(out));
        }
        out.add(']');
        finishToken(nameOf(array.source()));
    }

    /** Writes the key of the next member: a string, a number, a boolean or null. Whatever else it is, its text. */
    void key(@Nullable Object key) {
        beginMember(keyOf(key), false);
    }

    /** Writes the name of the next member, which the class of the object declares. */
    void property(String name) {
        beginMember(JsonKey.of(name), true);
    }

    private void beginMember(JsonKey name, boolean property) {
        JsonLevel object = levels.get(levels.size() - 1);
        JsonKey first = object.firstKey();
        if (first != null && (first.kind() != name.kind() || name.kind() == JsonKey.Kind.NULL)) {
            levels.remove(levels.size() - 1);
            throw cannotWrite(nameOf(object.source()), "its keys must be all texts, or all numbers and booleans", null);
        }
        separate(object);
        object.beginMember(name, property, out.size());
        requireString(name.text());
        out.addString(name.text());
        out.add(':');
        out.add(' ');
    }

    void string(String text) {
        beginValue();
        requireString(text);
        out.addString(text);
        finishToken(String.class.getName());
    }

    void bool(boolean value) {
        literal(String.valueOf(value), Boolean.class);
    }

    void nothing() {
        literal(NULL, Void.class);
    }

    void number(long number) {
        literal(Long.toString(number), Long.class);
    }

    void number(BigInteger number) {
        beginValue();
        out.addAscii(JsonNumbers.text(number, this::path));
        finishToken(BigInteger.class.getName());
    }

    void number(BigDecimal number) {
        beginValue();
        out.addAscii(JsonNumbers.text(number, this::path));
        finishToken(BigDecimal.class.getName());
    }

    void number(double number) {
        beginValue();
        requireFinite(number, Double.class);
        out.addAscii(FloatText.of(number));
        finishToken(Double.class.getName());
    }

    void number(float number) {
        beginValue();
        requireFinite(number, Float.class);
        out.addAscii(FloatText.of(number));
        finishToken(Float.class.getName());
    }

    /** What was written, which must be one whole value. */
    byte[] toBytes() {
        return out.since(0);
    }

    boolean isNull() {
        return out.size() == NULL.length() && new String(out.since(0), StandardCharsets.US_ASCII).equals(NULL);
    }

    /** The failure to write the value that is being written. */
    UnencodableValueException cannotWrite(String type, String reason, @Nullable Throwable cause) {
        return Failures.cannotWrite(path(), type, reason, cause);
    }

    private void literal(String text, Class<?> type) {
        beginValue();
        out.addAscii(text);
        finishToken(type.getName());
    }

    private void begin(JsonLevel level) {
        beginValue();
        Object source = level.source();
        if (source != null) {
            for (int i = 0; i < levels.size(); i++) {
                if (levels.get(i).source() == source) {
                    throw cannotWrite(
                            nameOf(source), "it is inside itself, at %s; cut the cycle".formatted(path(i)), null);
                }
            }
        }
        if (levels.size() == Limits.DEPTH) {
            throw cannotWrite(
                    nameOf(source),
                    "arrays and objects may be %d deep, found %d; store its parts under keys of their own"
                            .formatted(Limits.DEPTH, levels.size() + 1),
                    null);
        }
        levels.add(level);
    }

    private JsonLevel end() {
        return levels.remove(levels.size() - 1);
    }

    private void beginValue() {
        if (!levels.isEmpty()) {
            JsonLevel level = levels.get(levels.size() - 1);
            if (level.isArray()) {
                separate(level);
                level.beginElement(out.size());
            }
        }
    }

    private void separate(JsonLevel level) {
        if (level.size() > 0) {
            out.addAscii(SEPARATOR);
        }
    }

    private void finishToken(String type) {
        if (out.size() > Limits.DOCUMENT) {
            throw Failures.tooLongDocument(path(), type, out.size());
        }
    }

    private void reorder(JsonLevel level, int[] order) {
        if (order.length == 0) {
            return;
        }
        int start = level.start(0);
        byte[] unordered = out.since(start);
        out.truncate(start);
        for (int i = 0; i < order.length; i++) {
            if (i > 0) {
                out.addAscii(SEPARATOR);
            }
            int part = order[i];
            int end = part + 1 < order.length ? level.start(part + 1) - SEPARATOR.length() - start : unordered.length;
            out.add(unordered, level.start(part) - start, end);
        }
    }

    private JsonKey keyOf(@Nullable Object key) {
        if (key == null) {
            return JsonKey.NULL;
        }
        if (key instanceof Boolean bool) {
            return JsonKey.of(bool);
        }
        if (key instanceof Integer
                || key instanceof Long
                || key instanceof Short
                || key instanceof Byte
                || key instanceof AtomicInteger
                || key instanceof AtomicLong) {
            return JsonKey.of(((Number) key).longValue());
        }
        if (key instanceof BigInteger number) {
            return JsonKey.of(number, JsonNumbers.text(number, this::path));
        }
        if (key instanceof BigDecimal number) {
            return JsonKey.of(number, JsonNumbers.text(number, this::path));
        }
        if (key instanceof Double number) {
            requireFinite(number, Double.class);
            return JsonKey.of(new BigDecimal(number), FloatText.of(number));
        }
        if (key instanceof Float number) {
            requireFinite(number, Float.class);
            return JsonKey.of(new BigDecimal(number), FloatText.of(number));
        }
        return JsonKey.of(key.toString());
    }

    private void requireString(String text) {
        if (text.length() > Limits.STRING) {
            throw Failures.tooLongString(path(), text.length());
        }
    }

    private void requireFinite(double number, Class<?> type) {
        if (!Double.isFinite(number)) {
            throw Failures.notFinite(path(), type.getName());
        }
    }

    private JsonPath path() {
        return path(levels.size());
    }

    private JsonPath path(int depth) {
        JsonPath path = new JsonPath();
        levels.subList(0, depth).forEach(level -> level.stepInto(path));
        return path;
    }

    private static String nameOf(@Nullable Object source) {
        return source == null ? "an array or object" : source.getClass().getName();
    }
}
