package io.pottery.lock;

import io.pottery.internal.redis.Lua;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.springframework.data.redis.core.script.RedisScript;

/** The scripts of locks. */
enum LockScript {
    ACQUIRE("acquire.lua"),
    CONFIRM("confirm.lua"),
    EXTEND("extend.lua"),
    RELEASE("release.lua"),
    HOLDER("holder.lua");

    private static final Map<RedisScript<?>, LockScript> KNOWN = new ConcurrentHashMap<>();

    private final RedisScript<List<Object>> script;

    LockScript(String file) {
        this.script = Lua.listScript(RedlockProtocol.class, file);
    }

    RedisScript<List<Object>> script() {
        return script;
    }

    /** Which of them has the text of {@code script}. */
    static LockScript of(RedisScript<?> script) {
        return KNOWN.computeIfAbsent(
                script,
                text -> Stream.of(values())
                        .filter(known -> known.script.getScriptAsString().equals(text.getScriptAsString()))
                        .findFirst()
                        .orElseThrow());
    }
}
