package io.pottery.lock;

import io.pottery.internal.redis.Lua;
import io.pottery.simulation.Scripts;
import java.util.List;
import org.springframework.data.redis.core.script.RedisScript;

/** The scripts of locks. */
enum LockScript {
    ACQUIRE("acquire.lua"),
    CONFIRM("confirm.lua"),
    EXTEND("extend.lua"),
    RELEASE("release.lua"),
    HOLDER("holder.lua");

    private static final Scripts<LockScript> ALL = new Scripts<>(values(), LockScript::script);

    private final RedisScript<List<Object>> script;

    LockScript(String file) {
        this.script = Lua.listScript(RedlockProtocol.class, file);
    }

    RedisScript<List<Object>> script() {
        return script;
    }

    /** Which of them has the text of {@code script}. */
    static LockScript of(RedisScript<?> script) {
        return ALL.of(script);
    }
}
