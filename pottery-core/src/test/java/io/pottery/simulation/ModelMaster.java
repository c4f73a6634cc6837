package io.pottery.simulation;

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
 * One Redis master as scripts see it: keys with strings, its wall clock, and what it publishes. A feature adds its
 * scripts; that they answer as on a real master is checked by {@link Conformance}. Mutants override a script.
 */
public abstract class ModelMaster {

    /** The answer of a script that has done what it was asked. */
    protected static final List<Object> YES = List.of(1L);

    /** The answer of a script that has not. */
    protected static final List<Object> NO = List.of(0L);

    private static final int LONGEST_LONG = 18;
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
    private static final Pattern HEX = Pattern.compile("0[xX]\\p{XDigit}+");

    private final LongSupplier micros;
    private final Consumer<String> subscribers;
    private final Map<String, Entry> entries = new HashMap<>();

    /** A master whose wall clock shows {@code micros}; {@code subscribers} get the channel of each message. */
    protected ModelMaster(LongSupplier micros, Consumer<String> subscribers) {
        this.micros = micros;
        this.subscribers = subscribers;
    }

    /** Runs a script of the feature; throws a {@link Refusal} where a server answers with an error. */
    protected abstract List<Object> run(RedisScript<?> script, List<String> keys, List<String> args);

    /** Begins again after a crash, with all its data. */
    protected void restart() {}

    /** The string at {@code key}; refuses what is none. */
    protected final @Nullable String get(String key) {
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
    public final long millisLeft(String key) {
        Entry entry = find(key);
        if (entry == null) {
            return -2;
        }
        return entry.until() == Entry.FOR_EVER ? -1 : entry.until() - nowMillis();
    }

    /** Puts a string at {@code key} for some time. */
    public final void set(String key, String value, long millis) {
        entries.put(key, new Entry(value, millis <= 0 ? Entry.OVER : nowMillis() + millis));
    }

    /** Puts a string at {@code key} that has no end; null stands for something that is no string. */
    protected final void put(String key, @Nullable String value) {
        entries.put(key, new Entry(value, Entry.FOR_EVER));
    }

    /** Whether there was something at {@code key}. */
    protected final boolean delete(String key) {
        boolean found = find(key) != null;
        entries.remove(key);
        return found;
    }

    /** What lies at {@code key}. */
    protected final @Nullable Entry find(String key) {
        Entry entry = entries.get(key);
        if (entry != null && nowMillis() > entry.until()) {
            entries.remove(key);
            return null;
        }
        return entry;
    }

    /** Forgets everything. */
    protected final void clear() {
        entries.clear();
    }

    /** Tells subscribers of {@code channel} that there is a message. */
    protected final void publish(String channel) {
        subscribers.accept(channel);
    }

    /** What the wall clock shows. */
    protected final long micros() {
        return micros.getAsLong();
    }

    protected final long nowMillis() {
        return micros.getAsLong() / 1000;
    }

    /** Whether {@code text} matches {@code ^%d+$} in Lua. */
    protected static boolean isDigits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** As {@code tonumber} of Lua. */
    protected static @Nullable Double number(String text) {
        if (text.length() <= LONGEST_LONG && isDigits(text)) {
            return (double) Long.parseLong(text);
        }
        String trimmed = text.strip();
        if (DECIMAL.matcher(trimmed).matches()) {
            return Double.valueOf(trimmed);
        }
        return HEX.matcher(trimmed).matches() ? Double.valueOf(Long.decode(trimmed)) : null;
    }

    /** As {@code string.format('%.0f')} of Lua. */
    protected static String format(double number) {
        if (number == Math.rint(number) && Math.abs(number) < Long.MAX_VALUE) {
            return Long.toString((long) number);
        }
        return new BigDecimal(number).setScale(0, RoundingMode.HALF_EVEN).toPlainString();
    }

    /**
     * What lies at a key.
     *
     * @param value a string; null if it is something else
     * @param until the millisecond at whose end it is gone
     */
    protected record Entry(@Nullable String value, long until) {

        static final long FOR_EVER = Long.MAX_VALUE;
        static final long OVER = -1;
    }

    /** The error that a script ended with. */
    protected static final class Refusal extends RuntimeException {

        private static final long serialVersionUID = 1L;

        /** A refusal for the reason that the first word of {@code reply} stands for. */
        public Refusal(String reply) {
            super(reply, null, false, false);
        }
    }
}
