package io.pottery.testing;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.event.command.CommandListener;
import io.lettuce.core.event.command.CommandStartedEvent;
import io.pottery.PotteryFactory;
import io.pottery.testredis.RedisServer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    /** Runs {@code work}, which must have been run once before so that the server knows its scripts. */
    public Traffic count(Runnable work) {
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

    @Override
    public void afterAll(ExtensionContext context) {
        connections.destroy();
        server.close();
    }
}
