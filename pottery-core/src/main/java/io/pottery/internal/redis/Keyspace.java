package io.pottery.internal.redis;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.DataType;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.RedisTemplate;
import org.springframework.data.redis.serializer.RedisSerializer;

/** Where Pottery's keys live: one Redis, and the prefix that comes before every name. */
public final class Keyspace {

    private static final int MAX_NAME_BYTES = 512;

    private final RedisTemplate<String, byte[]> redis;
    private final String prefix;
    private final TemporaryKeys temporaryKeys;
    private final @Nullable GroupCommit together;

    /** Opens the Redis behind {@code connections}; sends nothing yet. */
    public Keyspace(RedisConnectionFactory connections, String prefix, TemporaryKeys temporaryKeys, boolean batching) {
        this.temporaryKeys = temporaryKeys;
        this.together = batching ? new GroupCommit() : null;
        this.redis = template(connections);
        this.prefix = prefix.isEmpty() ? prefix : requireValid("key prefix", prefix);
    }

    /** Returns the key that the user calls {@code name} and that holds a value of {@code type}. */
    public RedisKey key(DataType type, String name) {
        String key = prefix + requireValid("name", name);
        return new RedisKey(redis, type, key, temporaryKeys.named(name), together);
    }

    /** Returns the key called {@code key}, which has its prefix already. */
    RedisKey existing(String key) {
        return new RedisKey(redis, DataType.NONE, key);
    }

    /** Returns the name under which masters know what the user calls {@code name}, for example a lock. */
    public String nameOnMasters(String name) {
        return prefix + requireValid("name", name);
    }

    /**
     * The name of a key in the same slot as {@code key}, if there can be one: the whole of that is its hash tag unless
     * it has one. It never begins as {@code key} does.
     */
    public static String beside(String key, String what) {
        int open = key.indexOf('{');
        boolean tagged = open >= 0 && key.indexOf('}', open) > open + 1;
        return tagged ? what + ":" + key : "{" + key + "}:" + what;
    }

    /** Begins the life of a key with a random name, by which it is known to {@link #key}. */
    public TemporaryLife temporaryKey() {
        return temporaryKeys.open(name -> new RedisKey(redis, DataType.NONE, prefix + name));
    }

    private static RedisTemplate<String, byte[]> template(RedisConnectionFactory connections) {
        RedisTemplate<String, byte[]> template = new RedisTemplate<>();
        template.setConnectionFactory(connections);
        template.setDefaultSerializer(RedisSerializer.byteArray());
        template.setKeySerializer(RedisSerializer.string());
        template.setExposeConnection(true); // the alternative is a proxy around every call
        template.afterPropertiesSet();
        return template;
    }

    private static String requireValid(String what, @Nullable String name) {
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException("The %s must not be empty".formatted(what));
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isISOControl(c)) {
                throw new IllegalArgumentException(
                        "The %s has a control character at index %d: use printable characters".formatted(what, i));
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == name.length()
                        || !Character.isLowSurrogate(name.charAt(i + 1))) {
                    throw new IllegalArgumentException(
                            "The %s has half a surrogate pair at index %d: it is not valid Unicode".formatted(what, i));
                }
                i++;
            }
        }
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_NAME_BYTES) {
            throw new IllegalArgumentException(
                    "The %s is %d bytes, limit %d: use a shorter one".formatted(what, bytes, MAX_NAME_BYTES));
        }
        return name;
    }
}
