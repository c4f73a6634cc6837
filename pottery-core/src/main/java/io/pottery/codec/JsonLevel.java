package io.pottery.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One array or object that is being written: where the text of each part starts, and what it may be sorted by. */
final class JsonLevel {

    private static final int[] AS_IT_IS = {};

    private final @Nullable Object source;
    private final @Nullable List<JsonKey> keys;
    private int[] starts = {};
    private int size;
    private boolean inProperty;

    private JsonLevel(@Nullable Object source, @Nullable List<JsonKey> keys) {
        this.source = source;
        this.keys = keys;
    }

    static JsonLevel ofObject(@Nullable Object source) {
        return new JsonLevel(source, new ArrayList<>());
    }

    static JsonLevel ofArray(@Nullable Object source) {
        return new JsonLevel(source, null);
    }

    @Nullable
    Object source() {
        return source;
    }

    boolean isArray() {
        return keys == null;
    }

    int size() {
        return size;
    }

    int start(int part) {
        return starts[part];
    }

    @Nullable
    JsonKey firstKey() {
        return keys == null || keys.isEmpty() ? null : keys.get(0);
    }

    /** Begins a member: a property that a class declares, or else content. */
    void beginMember(JsonKey key, boolean property, int start) {
        if (keys != null) {
            keys.add(key);
            inProperty = property;
            record(start);
        }
    }

    void beginElement(int start) {
        if (source instanceof Set) {
            record(start);
        } else {
            size++;
        }
    }

    private void record(int start) {
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, Math.max(8, size * 2));
        }
        starts[size++] = start;
    }

    /** Adds the step from here to the part that is being written. */
    void stepInto(JsonPath path) {
        if (keys == null) {
            path.index(Math.max(0, size - 1));
        } else if (inProperty && !hasOnlyContent()) {
            path.property(keys.get(size - 1).text());
        } else {
            path.key();
        }
    }

    /** Whether no key is the name of a property; a constant of an enum as a map's key looks like one. */
    private boolean hasOnlyContent() {
        return source instanceof Map || source instanceof Map.Entry;
    }

    /** In which order the members have to stand, empty if they already do; null if two keys are the same text. */
    int @Nullable [] memberOrder() {
        if (keys == null || size < 2 || areAscendingTexts(keys)) {
            return AS_IT_IS;
        }
        if (new HashSet<>(keys).size() < size) {
            return null;
        }
        return sorted(Comparator.comparing(keys::get));
    }

    private static boolean areAscendingTexts(List<JsonKey> keys) {
        for (int i = 1; i < keys.size(); i++) {
            if (keys.get(i - 1).compareTo(keys.get(i)) >= 0) {
                return false;
            }
        }
        return keys.get(0).kind() == JsonKey.Kind.TEXT;
    }

    /** In which order the elements have to stand: that of their text. */
    int[] elementOrder(JsonBytes out) {
        if (size < 2) {
            return AS_IT_IS;
        }
        int start = starts[0];
        byte[] text = out.since(start);
        return sorted((one, other) -> Arrays.compare(
                text, starts[one] - start, end(one, text), text, starts[other] - start, end(other, text)));
    }

    private int end(int part, byte[] text) {
        return part + 1 < size ? starts[part + 1] - CanonicalJson.SEPARATOR.length() - starts[0] : text.length;
    }

    private int[] sorted(Comparator<Integer> comparator) {
        return IntStream.range(0, size)
                .boxed()
                .sorted(comparator)
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
