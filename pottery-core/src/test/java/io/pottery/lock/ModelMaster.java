package io.pottery.lock;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * One Redis master as the scripts of locks see it: its keys, its wall clock, and what it publishes. That it answers as
 * a real one does is checked by {@link ModelMasterConformanceTest}. Mutants override a script.
 */
class ModelMaster {

    static final List<Object> YES = List.of(1L);
    static final List<Object> NO = List.of(0L);

    private static final int LONGEST_FENCE = 16;
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
    private static final Pattern HEX = Pattern.compile("0[xX]\\p{XDigit}+");

    private final LongSupplier micros;
    private final Consumer<String> subscribers;
    private final Map<String, Entry> entries = new HashMap<>();

    /** A master whose wall clock shows {@code micros}; {@code subscribers} get the channel of each message. */
    ModelMaster(LongSupplier micros, Consumer<String> subscribers) {
        this.micros = micros;
        this.subscribers = subscribers;
    }

    /** Runs one of the scripts; throws a {@link Refusal} where a server answers with an error. */
    final List<Object> run(RedisScript<?> script, List<String> keys, List<String> args) {
        String lock = keys.get(0);
        return switch (LockScript.of(script)) {
            case ACQUIRE -> acquire(keys, args.get(0), millis(args, 1), millis(args, 2), millis(args, 3));
            case CONFIRM -> confirm(keys, args.get(0), args.get(1), millis(args, 2));
            case EXTEND -> extend(lock, args.get(0), millis(args, 1));
            case RELEASE -> release(keys, args.get(0), args.get(1), millis(args, 2));
            case HOLDER -> holder(lock);
        };
    }

    List<Object> acquire(List<String> keys, String token, long lease, long fenceMillis, long markMillis) {
        String lock = keys.get(0);
        Entry fenceFound = find(keys.get(1));
        String stored = fenceFound == null ? null : fenceFound.value();
        if (fenceFound != null && (stored == null || !isFence(stored))) {
            throw new Refusal("BADFENCE not a number");
        }
        if (find(lock) == null) {
            set(lock, token, lease);
            double fence = stored == null ? micros.getAsLong() : number(stored) + 1;
            set(keys.get(1), format(fence), fenceMillis);
            return List.of(1L, (long) fence);
        }
        String holder = get(lock);
        if (token.equals(holder)) {
            return List.of(1L, stored == null ? 0L : number(stored).longValue());
        }
        if (markMillis != 0) {
            set(keys.get(2), "1", markMillis);
        }
        return List.of(0L, millisLeft(lock), holder);
    }

    List<Object> confirm(List<String> keys, String token, String fence, long fenceMillis) {
        if (!holds(keys.get(0), token)) {
            return NO;
        }
        String present = get(keys.get(1));
        Double stored = present == null ? Double.valueOf(0) : number(present);
        if (stored == null) {
            throw new Refusal("ERR attempt to compare nil with number");
        }
        double wanted = number(fence);
        if (stored < wanted) {
            set(keys.get(1), fence, fenceMillis);
        }
        return stored <= wanted ? YES : NO;
    }

    List<Object> extend(String lock, String token, long lease) {
        if (!holds(lock, token)) {
            return NO;
        }
        set(lock, token, lease);
        return YES;
    }

    List<Object> release(List<String> keys, String token, String fence, long fenceMillis) {
        if (!holds(keys.get(0), token)) {
            return List.of(0L, 0L);
        }
        String present = get(keys.get(1));
        Double stored = present == null ? null : number(present);
        double given = number(fence);
        if (given == 0) {
            if (stored != null) {
                set(keys.get(1), format(stored - 1), fenceMillis);
            }
            delete(keys.get(0));
            return List.of(1L, 0L);
        }
        if (stored == null || stored < given) {
            set(keys.get(1), fence, fenceMillis);
        }
        delete(keys.get(0));
        if (!delete(keys.get(2))) {
            return List.of(1L, 0L);
        }
        subscribers.accept(keys.get(0));
        return List.of(1L, 1L);
    }

    List<Object> holder(String lock) {
        String token = get(lock);
        return token == null ? List.of() : List.of(token);
    }

    final boolean holds(String lock, String token) {
        return token.equals(get(lock));
    }

    /** The string at {@code key}; refuses what is none. */
    final @Nullable String get(String key) {
        Entry entry = find(key);
        if (entry == null) {
            return null;
        }
        if (entry.value() == null) {
            throw new Refusal("WRONGTYPE");
        }
        return entry.value();
    }

    /** The milliseconds that {@code key} has left: -1 if it has no end, -2 if it is missing. */
    final long millisLeft(String key) {
        Entry entry = find(key);
        if (entry == null) {
            return -2;
        }
        return entry.until() == Entry.FOR_EVER ? -1 : entry.until() - nowMillis();
    }

    final void set(String key, String value, long millis) {
        entries.put(key, new Entry(value, millis <= 0 ? Entry.OVER : nowMillis() + millis));
    }

    /** Puts a string at {@code key} that has no end; null stands for something that is no string. */
    final void put(String key, @Nullable String value) {
        entries.put(key, new Entry(value, Entry.FOR_EVER));
    }

    /** Whether there was something at {@code key}. */
    final boolean delete(String key) {
        boolean found = find(key) != null;
        entries.remove(key);
        return found;
    }

    private @Nullable Entry find(String key) {
        Entry entry = entries.get(key);
        if (entry != null && nowMillis() > entry.until()) {
            entries.remove(key);
            return null;
        }
        return entry;
    }

    private long nowMillis() {
        return micros.getAsLong() / 1000;
    }

    private static long millis(List<String> args, int index) {
        return Long.parseLong(args.get(index));
    }

    private static boolean isFence(String text) {
        return !text.isEmpty() && text.length() <= LONGEST_FENCE && isDigits(text);
    }

    private static boolean isDigits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /** As {@code tonumber} of Lua. */
    private static @Nullable Double number(String text) {
        if (isFence(text)) {
            return (double) Long.parseLong(text);
        }
        String trimmed = text.strip();
        if (DECIMAL.matcher(trimmed).matches()) {
            return Double.valueOf(trimmed);
        }
        return HEX.matcher(trimmed).matches() ? Double.valueOf(Long.decode(trimmed)) : null;
    }

    /** As {@code string.format('%.0f')} of Lua. */
    private static String format(double number) {
        if (number == Math.rint(number) && Math.abs(number) < Long.MAX_VALUE) {
            return Long.toString((long) number);
        }
        return new BigDecimal(number).setScale(0, RoundingMode.HALF_EVEN).toPlainString();
    }

    /** What lies at a key. */
    private record Entry(@Nullable String value, long until) {

        static final long FOR_EVER = Long.MAX_VALUE;
        static final long OVER = -1;
    }

    /** The error that a script ended with. */
    static final class Refusal extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Refusal(String reply) {
            super(reply, null, false, false);
        }
    }
}
