package io.pottery.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.pottery.testredis.RedisCluster;
import io.pottery.testredis.RedisOptions;
import io.pottery.testredis.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * A user of docs/acl, of the file for the servers of this run.
 *
 * @param rules what the file says behind the name, with a password in place of what stands there for it
 */
public record AclUser(String name, List<String> rules) {

    private static final String PASSWORD = "password-of-a-test";

    /** For masters that serve locks and ids alone. */
    public static final AclUser LOCKS = named("pottery-locks");

    /** For the Redis of an application whose key prefix is {@code shop:}. */
    public static final AclUser APP = named("pottery-app");

    private static Path file() {
        String version = TestRedis.server().version();
        String oldest = version.startsWith("6.2.") || version.startsWith("7.0.") ? version.substring(0, 3) : "7.2";
        return Path.of("../docs/acl/redis-%s.acl".formatted(oldest));
    }

    private static AclUser named(String name) {
        try {
            List<String> line = Files.readAllLines(file()).stream()
                    .map(user -> List.of(user.split(" ")))
                    .filter(words -> words.get(1).equals(name))
                    .findFirst()
                    .orElseThrow();
            return new AclUser(
                    name,
                    line.stream()
                            .skip(2)
                            .map(rule -> rule.equals("#SHA256_OF_PASSWORD") ? "#" + hash() : rule)
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The user with {@code more} rules. */
    public AclUser with(String... more) {
        return new AclUser(name, Stream.concat(rules.stream(), Stream.of(more)).toList());
    }

    /** The user without one of its rules. */
    public AclUser without(String rule) {
        assertThat(rules).contains(rule);
        return new AclUser(
                name, rules.stream().filter(each -> !each.equals(rule)).toList());
    }

    /** The commands that it may use, as {@code get} or {@code xinfo|groups}. */
    public List<String> commands() {
        return rules.stream()
                .filter(rule -> rule.startsWith("+"))
                .map(rule -> rule.substring(1))
                .toList();
    }

    /** Servers that have this user, and one who may do everything, as whom tests look into them. */
    public RedisOptions options() {
        return RedisServer.with("user", words().toArray(String[]::new));
    }

    /** Lets {@code server} have this user, too. */
    public void addTo(RedisServer server) {
        server.execute(Stream.concat(Stream.of("ACL", "SETUSER"), words()).toArray(String[]::new));
    }

    private Stream<String> words() {
        return Stream.concat(Stream.of(name), rules.stream());
    }

    public String uri(RedisServer server) {
        return "redis://%s:%s@%s:%d".formatted(name, PASSWORD, server.host(), server.port());
    }

    public LettuceConnectionFactory connect(RedisServer server) {
        RedisStandaloneConfiguration redis = new RedisStandaloneConfiguration(server.host(), server.port());
        redis.setUsername(name);
        redis.setPassword(PASSWORD);
        return TestRedis.connect(redis);
    }

    public LettuceConnectionFactory connect(RedisCluster cluster) {
        RedisClusterConfiguration nodes = TestRedis.nodes(cluster);
        nodes.setUsername(name);
        nodes.setPassword(PASSWORD);
        return TestRedis.started(new LettuceConnectionFactory(nodes, TestRedis.clientOptions()));
    }

    /** What {@code server} has refused so far. */
    public static List<String> refusals(RedisServer server) {
        return ((List<?>) server.execute("ACL", "LOG"))
                .stream().map(String::valueOf).toList();
    }

    private static String hash() {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(PASSWORD.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
