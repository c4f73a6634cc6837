package io.pottery.id;

import io.pottery.internal.redis.Lua;
import io.pottery.simulation.Scripts;
import java.util.List;
import org.springframework.data.redis.core.script.RedisScript;

/** The scripts of ids. */
enum IdScript {
    GRANT("grant.lua"),
    RESET("reset.lua");

    private static final Scripts<IdScript> ALL = new Scripts<>(values(), IdScript::script);

    private final RedisScript<List<Object>> script;

    IdScript(String file) {
        this.script = Lua.listScript(NextIdProtocol.class, file);
    }

    RedisScript<List<Object>> script() {
        return script;
    }

    /** Which of them has the text of {@code script}. */
    static IdScript of(RedisScript<?> script) {
        return ALL.of(script);
    }
}
