package io.pottery.testredis;

import io.pottery.testredis.ServerStartException.Reason;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A Redis server of one's own: a real process on a free port of 127.0.0.1 that can be killed, paused and restarted.
 *
 * <p>It starts empty and writes nothing to disk unless its options say so. It ends when it is closed, and also when
 * this JVM ends, however that happens. Which binary is run is described by {@link #description()}: the one named by the
 * system property {@code pottery.test-redis} or the environment variable {@code POTTERY_TEST_REDIS} (a path, or
 * {@code 6.2}), else a {@code redis-server} or {@code valkey-server} on the PATH, else the one inside
 * {@code org.signal:embedded-redis}, else the {@code redis:7.2-alpine} image if Docker answers.
 *
 * <p>All methods can be called from any thread. Using a server after {@link #close()} is an
 * {@link IllegalStateException}.
 */
public final class RedisServer implements AutoCloseable {

    static final String HOST = "127.0.0.1";

    private static final int ATTEMPTS = 10;
    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
    private static final Duration FIRST_ANSWER_LIMIT = Duration.ofSeconds(2);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);

    private final RedisOptions options;
    private final ServerSource source;
    private final ServerProcess process;
    private final int port;
    private final ServerInfo info;
    private boolean paused;
    private volatile boolean closed;

    private RedisServer(RedisOptions options, ServerSource source, ServerProcess process, int port) {
        this.options = options;
        this.source = source;
        this.process = process;
        this.port = port;
        this.info = launch();
    }

    /**
     * Starts an empty server without persistence.
     *
     * @throws IllegalStateException if there is no Redis to start, or it does not start
     */
    public static RedisServer start() {
        return RedisOptions.NONE.start();
    }

    /** Starts {@code count} servers at the same time: all of them, or none if one fails. */
    public static List<RedisServer> start(int count) {
        return RedisOptions.NONE.start(count);
    }

    /**
     * Options for a server, beginning with one directive of redis.conf.
     *
     * @see RedisOptions#with(String, String...)
     */
    public static RedisOptions with(String directive, String... values) {
        return RedisOptions.NONE.with(directive, values);
    }

    /**
     * Options that name the server binary.
     *
     * @see RedisOptions#binary(String)
     */
    public static RedisOptions binary(String binary) {
        return RedisOptions.NONE.binary(binary);
    }

    static RedisServer start(RedisOptions options) {
        ServerSource source = ServerSources.choose(options.binary());
        for (int attempt = 1; ; attempt++) {
            int port = FreePorts.next(options.needsBusPort());
            ServerProcess process = source.prepare(options, port);
            try {
                return new RedisServer(options, source, process, port);
            } catch (RuntimeException e) {
                process.delete();
                if (!passing(e) || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** The address that the server listens on: always {@code 127.0.0.1}. */
    public String host() {
        return HOST;
    }

    /** The port that the server listens on; the same after every restart. */
    public int port() {
        return port;
    }

    /** What the server says its version is, such as {@code 7.0.15}. */
    public String version() {
        return info.version();
    }

    /** One line that says which Redis this is and where its binary was found. */
    public String description() {
        return "%s %s (%s)".formatted(info.product(), info.version(), source.where());
    }

    /**
     * The process id of the server itself; another one after a restart.
     *
     * @throws IllegalStateException if the server is not running
     */
    public synchronized long pid() {
        requireRunning("has no process id");
        return process.pid();
    }

    /** Whether the process exists; a paused one does. */
    public boolean isRunning() {
        return !closed && process.isAlive();
    }

    /**
     * Sends one command on a connection of its own, as {@code redis-cli} does. A password given by {@code requirepass}
     * is sent first.
     *
     * @return a {@code String}, a {@code Long}, a {@code List} of such, or null
     * @throws RedisErrorReplyException if the server answers with an error
     * @throws IllegalStateException if the server is not running, is paused, or does not answer within 10 seconds
     */
    public @Nullable Object execute(String... command) {
        if (command.length == 0) {
            throw new IllegalArgumentException("A Redis command has at least one word, this one has none");
        }
        synchronized (this) {
            requireRunning("cannot execute " + command[0]);
            if (paused) {
                throw new IllegalStateException(
                        "%s is paused and cannot execute %s; resume() it first".formatted(this, command[0]));
            }
        }
        try {
            return ask(ANSWER_LIMIT, command);
        } catch (UncheckedIOException e) {
            throw new IllegalStateException("%s did not answer %s: %s".formatted(this, command[0], e.getMessage()), e);
        }
    }

    /** Ends the process at once (SIGKILL), as a crash would. Does nothing if it is not running. */
    public synchronized void kill() {
        requireOpen();
        process.kill();
        paused = false;
    }

    /**
     * Freezes the process (SIGSTOP): connections stay, connecting even succeeds, nothing is answered. Does nothing if
     * it is paused.
     *
     * @throws IllegalStateException if the server is not running
     */
    public synchronized void pause() {
        requireRunning("cannot be paused");
        if (!paused) {
            process.pause();
            paused = true;
        }
    }

    /**
     * Lets a paused process go on (SIGCONT). Does nothing if it is not paused.
     *
     * @throws IllegalStateException if the server is not running
     */
    public synchronized void resume() {
        requireRunning("cannot be resumed");
        if (paused) {
            process.resume();
            paused = false;
        }
    }

    /**
     * Ends the process in an orderly way (SIGTERM): what its options persist is written completely. Does nothing if it
     * is not running.
     *
     * @throws IllegalStateException if the server is paused, or does not end within 20 seconds
     */
    public synchronized void stop() {
        requireOpen();
        if (!process.isAlive()) {
            paused = false;
            return;
        }
        if (paused) {
            throw new IllegalStateException(this + " is paused and cannot be stopped; resume() or kill() it first");
        }
        process.terminate();
        Polling.until(STOP_LIMIT, () -> !process.isAlive(), () -> this + " did not stop");
    }

    /**
     * Starts the server again on the same port and with the same options and data: what it wrote to its AOF or RDB
     * file. A running server is stopped first.
     *
     * @throws IllegalStateException if the server is paused, or does not start
     */
    public synchronized void restart() {
        stop();
        relaunch();
    }

    /**
     * Starts the server again on the same port and with the same options, without any data. A running server is killed
     * first.
     *
     * @throws IllegalStateException if the server does not start
     */
    public synchronized void restartEmpty() {
        kill();
        process.wipe();
        relaunch();
    }

    /** Ends the process and deletes its data; waits until both are gone. Does nothing if the server is closed. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            process.delete();
        }
    }

    @Override
    public String toString() {
        return "Redis on %s:%d".formatted(HOST, port);
    }

    /** The port stays, so whoever holds it for a moment is waited for. */
    private void relaunch() {
        Polling.firstOf(
                START_LIMIT,
                () -> {
                    try {
                        return Optional.of(launch());
                    } catch (ServerStartException e) {
                        if (passing(e)) {
                            return Optional.empty();
                        }
                        throw e;
                    }
                },
                () -> "%s could not be restarted: something else has taken its port".formatted(this));
    }

    private ServerInfo launch() {
        process.launch();
        AtomicReference<String> answer = new AtomicReference<>("nothing");
        try {
            return Polling.firstOf(
                    START_LIMIT,
                    () -> firstAnswer(answer),
                    () -> "%s (%s) is not ready; it answered %s\n%s"
                            .formatted(this, source.where(), answer, process.lastWords()));
        } catch (RuntimeException e) {
            process.kill();
            throw e;
        }
    }

    private Optional<ServerInfo> firstAnswer(AtomicReference<String> answer) {
        if (!process.isAlive()) {
            throw ServerStartException.of("%s (%s)".formatted(this, source.where()), process.lastWords());
        }
        try {
            ServerInfo candidate = ServerInfo.parse(String.valueOf(ask(FIRST_ANSWER_LIMIT, "INFO")));
            return !candidate.loading() && process.recognises(candidate) ? Optional.of(candidate) : Optional.empty();
        } catch (RedisErrorReplyException e) {
            answer.set(e.getMessage());
        } catch (UncheckedIOException e) {
            answer.set("nothing: " + e.getMessage());
        }
        return Optional.empty();
    }

    private @Nullable Object ask(Duration limit, String... command) {
        try (RespConnection connection = new RespConnection(HOST, port, limit)) {
            String password = options.password();
            if (password != null) {
                connection.execute("AUTH", password);
            }
            return connection.execute(command);
        }
    }

    private static boolean passing(RuntimeException e) {
        return e instanceof ServerStartException failure && failure.reason() == Reason.PASSING;
    }

    private void requireRunning(String complaint) {
        requireOpen();
        if (!process.isAlive()) {
            throw new IllegalStateException("%s is not running and %s; restart() it first".formatted(this, complaint));
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException(this + " is closed; start another one");
        }
    }
}
