package io.pottery.testredis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a server is started. Immutable, and good for any number of servers.
 *
 * <pre>{@code
 * RedisServer.with("appendonly", "yes").with("appendfsync", "always").start()
 * }</pre>
 */
public final class RedisOptions {

    static final RedisOptions NONE = new RedisOptions(List.of(), null, false);

    /** What a server here cannot do without having its own way. */
    private static final Set<String> RESERVED =
            Set.of("bind", "daemonize", "dir", "include", "logfile", "port", "supervised");

    private final List<Directive> directives;
    private final @Nullable String binary;
    private final boolean sentinel;

    private RedisOptions(List<Directive> directives, @Nullable String binary, boolean sentinel) {
        this.directives = directives;
        this.binary = binary;
        this.sentinel = sentinel;
    }

    /**
     * These options and one directive of redis.conf, such as {@code with("maxmemory", "2mb")} or
     * {@code with("replicaof", "127.0.0.1", "6379")}. Whether Redis knows it turns out at the start.
     *
     * @throws IllegalArgumentException if it is no name of a directive, or of one that every server here sets itself:
     *     {@code bind}, {@code daemonize}, {@code dir}, {@code include}, {@code logfile}, {@code port} and
     *     {@code supervised}
     */
    public RedisOptions with(String directive, String... values) {
        if (RESERVED.contains(directive)) {
            throw new IllegalArgumentException(
                    "The directive '%s' is set by the server itself and cannot be an option".formatted(directive));
        }
        List<Directive> more = new ArrayList<>(directives);
        more.add(new Directive(directive, List.of(values)));
        return new RedisOptions(List.copyOf(more), binary, sentinel);
    }

    /**
     * These options with another server: the path of a binary, or {@code 6.2} for the one inside
     * {@code com.github.codemonstur:embedded-redis}. It takes precedence over {@code POTTERY_TEST_REDIS}.
     */
    public RedisOptions binary(String binary) {
        return new RedisOptions(directives, binary, sentinel);
    }

    /**
     * Starts a server with these options.
     *
     * @throws IllegalStateException if there is no Redis to start, or it does not start: with the last lines of its log
     */
    public RedisServer start() {
        return RedisServer.start(this);
    }

    /** Starts {@code count} servers at the same time: all of them, or none if one fails. */
    public List<RedisServer> start(int count) {
        return ConcurrentStart.of(count, this::start);
    }

    RedisOptions asSentinel() {
        return new RedisOptions(directives, binary, true);
    }

    @Nullable
    String binary() {
        return binary;
    }

    boolean isSentinel() {
        return sentinel;
    }

    boolean needsBusPort() {
        return directives.contains(new Directive("cluster-enabled", List.of("yes")));
    }

    @Nullable
    String password() {
        return directives.stream()
                .filter(directive -> directive.name().equals("requirepass"))
                .map(directive -> String.join(" ", directive.values()))
                .reduce((earlier, later) -> later)
                .filter(password -> !password.isEmpty())
                .orElse(null);
    }

    /**
     * All directives, in the order in which the server must read them: {@code first}, defaults, and the chosen ones.
     */
    List<Directive> directives(Directive... first) {
        Stream<Directive> defaults = sentinel
                ? Stream.of()
                : Stream.of(
                        Directive.of("save", ""),
                        Directive.of("appendonly", "no"),
                        Directive.of("repl-diskless-sync-delay", "0"));
        return Stream.of(Arrays.stream(first), defaults, directives.stream())
                .flatMap(lines -> lines)
                .toList();
    }

    /** The text without the passwords among these options. */
    String withoutSecrets(String text) {
        Set<String> secrets = new HashSet<>();
        directives.stream().map(Directive::secrets).forEach(secrets::addAll);
        for (String secret : secrets) {
            text = text.replace(secret, "***");
        }
        return text;
    }
}
