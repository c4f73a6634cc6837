package io.pottery.lock;

import io.pottery.simulation.ModelMaster;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.springframework.data.redis.core.script.RedisScript;

/** A model of a master that knows the scripts of locks, which is checked by {@link LockMasterConformanceTest}. */
class LockMaster extends ModelMaster {

    private static final int LONGEST_FENCE = 16;

    LockMaster(LongSupplier micros, Consumer<String> subscribers) {
        super(micros, subscribers);
    }

    @Override
    protected final List<Object> run(RedisScript<?> script, List<String> keys, List<String> args) {
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
            double fence = stored == null ? micros() : number(stored) + 1;
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
        publish(keys.get(0));
        return List.of(1L, 1L);
    }

    List<Object> holder(String lock) {
        String token = get(lock);
        return token == null ? List.of() : List.of(token);
    }

    final boolean holds(String lock, String token) {
        return token.equals(get(lock));
    }

    private static long millis(List<String> args, int index) {
        return Long.parseLong(args.get(index));
    }

    private static boolean isFence(String text) {
        return text.length() <= LONGEST_FENCE && isDigits(text);
    }
}
