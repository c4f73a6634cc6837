package io.pottery.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.pottery.PotteryFactory;
import io.pottery.codec.Codec;
import io.pottery.testing.TestRedis;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** What others have put where a cache reads: it counts as missing, is replaced, and does nothing else. */
class PoisonedCacheTest {

    private static final String HARM = PoisonedCacheTest.class.getName() + ".harm";
    private static final int MEGABYTE = 1 << 20;

    private static final LettuceConnectionFactory CONNECTIONS = TestRedis.started(new LettuceConnectionFactory(
            new RedisStandaloneConfiguration(
                    TestRedis.server().host(), TestRedis.server().port()),
            LettuceClientConfiguration.builder()
                    .commandTimeout(Duration.ofSeconds(60))
                    .shutdownTimeout(Duration.ZERO)
                    .build()));

    private final PotteryFactory pottery = PotteryFactory.create(CONNECTIONS);

    @AfterAll
    static void end() {
        CONNECTIONS.destroy();
    }

    /** A value of an application. */
    record Report(int year, List<String> lines) {}

    /** What does harm when it is loaded, made or read. */
    static class Gadget implements Serializable {

        private static final long serialVersionUID = 1L;

        static {
            System.setProperty(HARM, "loaded");
        }

        public void setCommand(String command) {
            System.setProperty(HARM, command);
        }

        private void readObject(ObjectInputStream in) {
            System.setProperty(HARM, "read");
        }
    }

    static Stream<Named<byte[]>> poisons() throws IOException {
        String gadget = PoisonedCacheTest.class.getName() + "$Gadget";
        return Stream.of(
                text("a class by property", "{\"@class\": \"%s\", \"command\": \"x\"}".formatted(gadget)),
                text(
                        "a type by property",
                        "{\"@type\": \"%s\", \"year\": {\"@type\": \"%s\"}}".formatted(gadget, gadget)),
                text("a class inside", "{\"year\": 1, \"lines\": [{\"@class\": \"%s\"}]}".formatted(gadget)),
                text(
                        "a class by array",
                        "[\"%s\", {\"command\": \"x\"}]".formatted(gadget).replace("\"x\"", "1")),
                text(
                        "a data source",
                        "[\"com.sun.rowset.JdbcRowSetImpl\", {\"dataSourceName\": \"ldap://127.0.0.1:1/x\"}]"),
                text("deep arrays", "[".repeat(100_000) + "]".repeat(100_000)),
                text("deep objects", "{\"lines\": ".repeat(100_000) + "1" + "}".repeat(100_000)),
                text("half of deep arrays", "[".repeat(1_000_000)),
                text("another type", "7"),
                text("a number as large as can be", "9".repeat(100_000)),
                text("nothing", ""),
                Named.of("20 MB", filled(20 * MEGABYTE)),
                Named.of("bytes that are no text", new byte[] {'"', (byte) 0xC3, (byte) 0x28, (byte) 0xFF, '"'}),
                Named.of("zeros", new byte[100]),
                Named.of("serialized by Java", serialized()));
    }

    @ParameterizedTest
    @MethodSource("poisons")
    void isAMissAndReplaced(byte[] poison) {
        drink(pottery.json(Report.class), new Report(2026, List.of("a")), poison);
        drink(pottery.json(new ParameterizedTypeReference<Map<String, Integer>>() {}), Map.of("a", 1), poison);
        drink(pottery.json(new ParameterizedTypeReference<List<Integer>>() {}), List.of(1), poison);
        assertThat(System.getProperty(HARM)).isNull();
    }

    @Test
    void isAMissAndReplacedHoweverLarge() {
        drink(pottery.json(Report.class), new Report(2026, List.of("a")), filled(100 * MEGABYTE));
    }

    private <V> void drink(Codec<V> values, V good, byte[] poison) {
        List<CacheOptions> all = poison.length > MEGABYTE
                ? List.of(CacheOptions.defaults())
                : List.of(
                        CacheOptions.defaults().withTimeout(Duration.ofHours(1)),
                        CacheOptions.defaults().withoutTimeout(),
                        CacheOptions.ofTtl(Duration.ofHours(1)).withNear(10));
        for (CacheOptions options : all) {
            String key = TestRedis.freshKey();
            RedisCache<Integer, V> cache = pottery.cache(key, Integer.class, values, options);
            cache.put(1, good);
            replace(key, options.ttl() == null ? poison : behindDeadline(poison));
            assertThat(cache.get(1, () -> good)).isEqualTo(good);
            assertThat(cache.getIfPresent(1)).isEqualTo(good);
            CacheInfo info = cache.info();
            assertThat(info.unreadable()).isEqualTo(1);
            assertThat(info.misses()).isEqualTo(1);
            assertThat(info.failures()).isZero();
            cache.clear();
        }
    }

    private static void replace(String key, byte[] value) {
        byte[] hash = key.getBytes(StandardCharsets.UTF_8);
        try (RedisConnection redis = CONNECTIONS.getConnection()) {
            for (byte[] field : redis.hashCommands().hKeys(hash)) {
                redis.hashCommands().hSet(hash, field, value);
            }
        }
    }

    private static byte[] behindDeadline(byte[] poison) {
        byte[] deadline = "99999999999999 ".getBytes(StandardCharsets.US_ASCII);
        byte[] both = Arrays.copyOf(deadline, deadline.length + poison.length);
        System.arraycopy(poison, 0, both, deadline.length, poison.length);
        return both;
    }

    /** A JSON text of that length. */
    private static byte[] filled(int length) {
        byte[] text = new byte[length];
        Arrays.fill(text, (byte) 'a');
        text[0] = '"';
        text[length - 1] = '"';
        return text;
    }

    private static Named<byte[]> text(String name, String text) {
        return Named.of(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] serialized() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new ArrayList<>(Collections.singletonList(new ArrayList<>(List.of("x")))));
        }
        return bytes.toByteArray();
    }
}
