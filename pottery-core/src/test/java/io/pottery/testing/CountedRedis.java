package io.pottery.testing;

import static org.awaitility.Awaitility.await;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisClient;
import io.lettuce.core.event.command.CommandListener;
import io.lettuce.core.event.command.CommandStartedEvent;
import io.pottery.PotteryFactory;
import io.pottery.testredis.RedisServer;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** A Redis for one test class whose traffic is counted: what the client sends, and what the server runs. */
public final class CountedRedis implements AfterAllCallback {

    /**
     * The traffic of some work.
     *
     * @param messages how many commands the client sent
     * @param commands how many commands the server ran, those inside scripts included
     */
    public record Traffic(int messages, int commands) {}

    private static final Duration QUIET = Duration.ofMillis(50);

    private static final Pattern CALLS = Pattern.compile("cmdstat_([^:]+):calls=(\\d+)");

    private final RedisServer server = RedisServer.start();
    private final LettuceConnectionFactory connections = TestRedis.connect(server);
    private final PotteryFactory pottery = PotteryFactory.create(connections);
    private final Queue<String> sent = new ConcurrentLinkedQueue<>();

    public CountedRedis() {
        AbstractRedisClient client = connections.getRequiredNativeClient();
        client.addListener(new CommandListener() {
            @Override
            public void commandStarted(CommandStartedEvent event) {
                sent.add(event.getCommand().getType().toString());
            }
        });
        connections.getConnection().ping();
        ((RedisClient) client).connectPubSub().close(); // so that locks open theirs without loading classes first
    }

    public PotteryFactory pottery() {
        return pottery;
    }

    public LettuceConnectionFactory connections() {
        return connections;
    }

    public RedisServer server() {
        return server;
    }

    /**
     * Runs {@code work}, which must have been run once before so that the server knows its scripts. Waits before that
     * until the server is quiet: connections that were begun then introduce themselves.
     */
    public Traffic count(Runnable work) {
        AtomicReference<String> before = new AtomicReference<>("");
        await().pollDelay(Duration.ZERO).pollInterval(QUIET).until(() -> {
            String now = stats();
            return now.equals(before.getAndSet(now));
        });
        server.execute("CONFIG", "RESETSTAT");
        sent.clear();
        work.run();
        int messages = sent.size();
        int commands = 0;
        Matcher calls = CALLS.matcher(String.valueOf(server.execute("INFO", "commandstats")));
        while (calls.find()) {
            if (!calls.group(1).startsWith("config")) {
                commands += Integer.parseInt(calls.group(2));
            }
        }
        return new Traffic(messages, commands);
    }

    /** How often the client has sent {@code command} since the last count began. */
    public long sent(String command) {
        return sent.stream().filter(command::equals).count();
    }

    /** How often each command was run, but those that ask for it. */
    private String stats() {
        return String.valueOf(server.execute("INFO", "commandstats"))
                .lines()
                .filter(line -> !line.startsWith("cmdstat_info:"))
                .collect(Collectors.joining("\n"));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        connections.destroy();
        server.close();
    }
}
