package io.pottery.id;

import io.pottery.simulation.ModelMaster;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.springframework.data.redis.core.script.RedisScript;

/** A model of a master that knows the scripts of ids, which is checked by {@link IdMasterConformanceTest}. */
class IdMaster extends ModelMaster {

    private static final List<Object> EXHAUSTED = List.of(-1L);
    private static final List<Object> CORRUPT = List.of(-2L);

    IdMaster(LongSupplier micros, Consumer<String> subscribers) {
        super(micros, subscribers);
    }

    @Override
    protected final List<Object> run(RedisScript<?> script, List<String> keys, List<String> args) {
        String key = keys.get(0);
        return switch (IdScript.of(script)) {
            case GRANT -> grant(key, number(args, 0), number(args, 1), number(args, 2));
            case RESET -> reset(key, number(args, 0));
        };
    }

    List<Object> grant(String key, long count, long wanted, long highest) {
        String stored = get(key);
        if (stored != null && !isDigits(stored)) {
            return CORRUPT;
        }
        double last = stored == null ? 0 : number(stored);
        double first = Math.max(last + 1, wanted);
        if (first > highest - count + 1) {
            return EXHAUSTED;
        }
        if (wanted != 0 && wanted < first) {
            return List.of(0L, (long) last);
        }
        put(key, format(first + count - 1));
        return List.of(1L, (long) first);
    }

    List<Object> reset(String key, long until) {
        get(key);
        long now = nowMillis() / 1_000;
        if (until > 0 && now > until) {
            return NO;
        }
        if (until > 0) {
            delete(key);
        }
        return List.of(1L, now);
    }

    /** Goes back, or on, to {@code last} as the last id that was granted. */
    final void store(String key, long last) {
        put(key, Long.toString(last));
    }

    private static long number(List<String> args, int index) {
        return Long.parseLong(args.get(index));
    }
}
