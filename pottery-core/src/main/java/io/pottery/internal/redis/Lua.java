package io.pottery.internal.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.data.redis.core.script.RedisScript;

/** Loads the {@code .lua} file that lies next to the class that runs it. */
public final class Lua {

    private Lua() {}

    /** Returns the script in {@code file}, found in the package of {@code owner}. */
    public static <T> RedisScript<T> script(Class<?> owner, String file, Class<T> result) {
        return RedisScript.of(text(owner, file), result);
    }

    /** Like {@link #script}, for a script that returns a list, and is what {@code files} have one after the other. */
    @SuppressWarnings("unchecked") // the caller knows what its script returns
    public static <E> RedisScript<List<E>> listScript(Class<?> owner, String... files) {
        String text = Stream.of(files).map(file -> text(owner, file)).collect(Collectors.joining());
        return (RedisScript<List<E>>) (RedisScript<?>) RedisScript.of(text, List.class);
    }

    private static String text(Class<?> owner, String file) {
        try (InputStream lua = owner.getResourceAsStream(file)) {
            if (lua == null) {
                throw new IllegalArgumentException("No Lua script '%s' beside %s".formatted(file, owner.getName()));
            }
            return new String(lua.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The arguments of a script: bytes as they are, arrays of them one by one, whatever else as its ASCII text. */
    public static byte[][] args(Object... parts) {
        int count = 0;
        for (Object part : parts) {
            count += part instanceof byte[][] many ? many.length : 1;
        }
        byte[][] args = new byte[count][]; // by hand: streams made this the dearest part of a call
        int next = 0;
        for (Object part : parts) {
            if (part instanceof byte[][] many) {
                System.arraycopy(many, 0, args, next, many.length);
                next += many.length;
            } else {
                args[next++] = part instanceof byte[] bytes ? bytes : ascii(part);
            }
        }
        return args;
    }

    private static byte[] ascii(Object part) {
        return part.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
