package io.pottery.sample.mail;

import io.pottery.error.PotteryException;
import io.pottery.sample.Input;
import io.pottery.sample.mail.Desk.State;
import io.pottery.testredis.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ApplicationArguments;
import org.springframework.stereotype.Component;

/** The postmen of this application. They end when it ends, however that happens. */
@Component
class Postmen implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Postmen.class);

    static final int MOST = 4;

    private static final Duration LIMIT = Duration.ofSeconds(5);

    /**
     * One of them.
     *
     * @param gone completes when the process has ended and the desk is clear, with the desk as it was left
     */
    private record Hired(PostmanProcess process, CompletableFuture<@Nullable Desk> gone) {

        @Nullable
        Desk left() throws InterruptedException {
            try {
                return gone.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                throw new IllegalStateException("Process %d does not end".formatted(process.id()), e);
            } catch (ExecutionException e) {
                throw e.getCause() instanceof PotteryException failure ? failure : new IllegalStateException(e);
            }
        }
    }

    private final PostOffice office;
    private final List<String> arguments;
    private final Map<String, String> redis;
    private final Map<Long, Hired> hired = new ConcurrentHashMap<>();

    Postmen(PostOffice office, ApplicationArguments arguments, ObjectProvider<RedisServer> ownRedis) {
        this.office = office;
        this.arguments = List.of(arguments.getSourceArgs());
        RedisServer own = ownRedis.getIfAvailable();
        this.redis =
                own == null ? Map.of() : Map.of("spring.data.redis.url", "redis://" + own.host() + ":" + own.port());
    }

    /** Starts one more, and returns its number. */
    synchronized long hire() {
        if (hired.size() >= MOST) {
            throw Input.wrong("There are %d postmen, and no desk for one more: kill one first.".formatted(MOST));
        }
        long number = office.nextNumber();
        PostmanProcess process = PostmanProcess.start();
        hired.put(number, new Hired(process, process.<@Nullable Desk>afterEnd(() -> clear(number, process))));
        try {
            office.show(number, Desk.of(process.id(), State.STARTING));
            process.tell(Instructions.of(number, arguments, redis));
        } catch (RuntimeException e) {
            process.kill();
            throw e;
        }
        return number;
    }

    private synchronized @Nullable Desk clear(long number, PostmanProcess process) {
        if (!process.isToEnd()) {
            LOG.warn("Postman {} has ended by itself, with exit value {}", number, process.exitValue());
        }
        hired.remove(number);
        return office.clear(number);
    }

    /** Ends one at once, in the middle of whatever it does, and returns its desk as it was left. */
    @Nullable
    Desk kill(long number) throws InterruptedException {
        Hired postman = hired.get(number);
        if (postman != null) {
            postman.process().kill();
            return postman.left();
        }
        Desk desk = office.desks().get(number);
        if (desk == null) {
            throw Input.wrong("There is no postman %d.".formatted(number));
        }
        if (!desk.machine().equals(Desk.MACHINE)
                || ProcessHandle.of(desk.process()).isPresent()) {
            throw Input.wrong("Postman %d works for another application: kill it there.".formatted(number));
        }
        return office.clear(number);
    }

    /** Dismisses them, while there is a Redis to which they can give back what they are writing. */
    @Override
    public void close() throws InterruptedException {
        List<Hired> all = List.copyOf(hired.values());
        all.forEach(postman -> postman.process().dismiss());
        for (Hired postman : all) {
            try {
                postman.left();
            } catch (IllegalStateException | PotteryException e) {
                LOG.debug("A postman has not ended in good order", e);
                postman.process().kill();
            }
        }
    }
}
