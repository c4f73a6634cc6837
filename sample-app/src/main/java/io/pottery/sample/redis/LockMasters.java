package io.pottery.sample.redis;

import io.pottery.sample.Input;
import io.pottery.testredis.RedisServer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The application's own five masters, which the page may freeze and end. */
final class LockMasters implements AutoCloseable {

    private static final int COUNT = 5;

    /** How a master is. */
    enum State {
        RUNNING,
        PAUSED,
        STOPPED;

        /** The state that people call {@code name}. */
        static State of(@Nullable String name) {
            try {
                return valueOf(Input.text("state", name, 10).toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                throw Input.wrong("A master can be running, paused or stopped, not '%s'.".formatted(name));
            }
        }
    }

    private final List<RedisServer> servers;
    private final Set<RedisServer> paused = new HashSet<>();

    private LockMasters(List<RedisServer> servers) {
        this.servers = servers;
    }

    /** Starts masters that keep what they grant when they are killed; a machine that loses power takes them all. */
    static LockMasters start() {
        return new LockMasters(
                RedisServer.with("appendonly", "yes").with("appendfsync", "no").start(COUNT));
    }

    List<RedisServer> servers() {
        return servers;
    }

    /** How they are, in their order. */
    synchronized List<State> states() {
        return servers.stream().map(this::state).toList();
    }

    private State state(RedisServer server) {
        if (!server.isRunning()) {
            return State.STOPPED;
        }
        return paused.contains(server) ? State.PAUSED : State.RUNNING;
    }

    /** Brings master {@code number}, counted from 1, into state {@code next}. */
    synchronized void bring(int number, State next) {
        if (number < 1 || number > servers.size()) {
            throw Input.wrong("There is no master %d: they are 1 to %d.".formatted(number, servers.size()));
        }
        RedisServer server = servers.get(number - 1);
        State present = state(server);
        if (present == State.STOPPED && next == State.PAUSED) {
            throw Input.wrong("Master %d is stopped: start it first.".formatted(number));
        }
        paused.remove(server);
        switch (next) {
            case RUNNING -> {
                if (present == State.PAUSED) {
                    server.resume();
                } else if (present == State.STOPPED) {
                    server.restart();
                }
            }
            case PAUSED -> {
                server.pause();
                paused.add(server);
            }
            case STOPPED -> server.kill();
        }
    }

    /** Ends them and deletes what they have. */
    @Override
    public synchronized void close() {
        servers.forEach(RedisServer::close);
    }
}
