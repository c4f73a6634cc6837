package io.pottery;

import static org.assertj.core.api.Assertions.assertThat;

import io.pottery.collection.RedisDict;
import io.pottery.key.TemporaryKey;
import io.pottery.testing.TestRedis;
import io.pottery.testing.Threads;
import io.pottery.testredis.RedisServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

class ConnectionsTest {

    private static final Pattern RECEIVED = Pattern.compile("total_connections_received:(\\d+)");

    @Test
    void everythingGoesOverTheConnectionOfTheApplication() {
        try (RedisServer server = RedisServer.start()) {
            LettuceConnectionFactory connections = TestRedis.connect(server);
            try {
                RedisDict<String, Integer> dict =
                        PotteryFactory.create(connections).dict("dict", String.class, Integer.class);
                long before = connectionsReceived(server);

                Map<String, Integer> many = new HashMap<>();
                IntStream.range(0, 20_000).forEach(i -> many.put("n" + i, i));
                Threads.run(4, thread -> {
                    dict.putAll(many);
                    dict.merge("n1", 1, Integer::sum);
                    dict.keySet().iterator().next();
                    dict.toMap();
                    dict.keySet().removeAll(List.of("n2", "n3"));
                });

                assertThat(connectionsReceived(server) - before)
                        .as("the application's connection, and the one that asks")
                        .isEqualTo(2);
            } finally {
                connections.destroy();
            }
        }
    }

    @Test
    void noThreadIsStarted() {
        try (RedisServer server = RedisServer.start()) {
            LettuceConnectionFactory connections = TestRedis.connect(server);
            try {
                connections.getConnection().ping();
                Set<Thread> before = Thread.getAllStackTraces().keySet();

                RedisDict<String, Integer> dict =
                        PotteryFactory.create(connections).dict("dict", String.class, Integer.class);
                dict.put("a", 1);
                dict.merge("a", 1, Integer::sum);
                dict.toMap();

                assertThat(Thread.getAllStackTraces().keySet())
                        .filteredOn(thread -> !before.contains(thread))
                        .extracting(Thread::getName)
                        .allMatch(name -> name.startsWith("lettuce-"));
            } finally {
                connections.destroy();
            }
        }
    }

    @Test
    void onlyATemporaryKeyStartsAThread() {
        try (RedisServer server = RedisServer.start()) {
            LettuceConnectionFactory connections = TestRedis.connect(server);
            try {
                connections.getConnection().ping();
                Set<Thread> before = Thread.getAllStackTraces().keySet();
                PotteryFactory pottery = PotteryFactory.create(connections);
                try (TemporaryKey first = pottery.temporaryKey();
                        TemporaryKey second = pottery.temporaryKey()) {
                    pottery.dict(first.name(), String.class, Integer.class).put("a", 1);
                    pottery.dict(second.name(), String.class, Integer.class).put("a", 1);

                    assertThat(Thread.getAllStackTraces().keySet())
                            .filteredOn(thread -> !before.contains(thread))
                            .filteredOn(thread -> !thread.getName().startsWith("lettuce-"))
                            .singleElement()
                            .matches(thread -> thread.getName().equals("pottery-timer"), "is Pottery's timer")
                            .matches(Thread::isDaemon, "is a daemon");
                }
            } finally {
                connections.destroy();
            }
        }
    }

    private static long connectionsReceived(RedisServer server) {
        Matcher received = RECEIVED.matcher(String.valueOf(server.execute("INFO", "stats")));
        assertThat(received.find()).isTrue();
        return Long.parseLong(received.group(1));
    }
}
