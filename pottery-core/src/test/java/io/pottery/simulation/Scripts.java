package io.pottery.simulation;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.data.redis.core.script.RedisScript;

/** Tells the scripts of a feature apart. */
public final class Scripts<S> {

    private final Map<RedisScript<?>, S> known = new ConcurrentHashMap<>();
    private final S[] all;
    private final Function<S, RedisScript<List<Object>>> script;

    /** Tells {@code all} apart by the texts of their scripts. */
    public Scripts(S[] all, Function<S, RedisScript<List<Object>>> script) {
        this.all = all.clone();
        this.script = script;
    }

    /** Which of them has the text of {@code script}. */
    public S of(RedisScript<?> script) {
        S found = known.get(script);
        return found == null ? known.computeIfAbsent(script, this::search) : found;
    }

    private S search(RedisScript<?> script) {
        return Stream.of(all)
                .filter(each -> this.script.apply(each).getScriptAsString().equals(script.getScriptAsString()))
                .findFirst()
                .orElseThrow();
    }
}
