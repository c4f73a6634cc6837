package io.pottery.collection;

import static org.assertj.core.api.Assertions.assertThat;

import io.pottery.PotteryFactory;
import io.pottery.testing.TestRedis;
import io.pottery.testredis.RedisServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * What large containers cost their process: pages and answers, never all elements of a set at once. The work runs in a
 * JVM that has no more memory than it may take.
 */
class LargeContainersTest {

    private static final String MAX_HEAP = "-Xmx64m";
    private static final int MILLION = 1_000_000;

    @TempDir
    private Path folder;

    @Test
    void aMillionElementsNeedLessThan64MiB() throws Exception {
        try (RedisServer server = RedisServer.start()) {
            TestRedis.fill(server, "SADD", "set", 0, MILLION);
            TestRedis.fill(server, "SADD", "half", MILLION / 2, MILLION);
            TestRedis.fill(server, "RPUSH", "list", 0, MILLION / 10);
            TestRedis.fill(server, "RPUSH", "copy", 0, MILLION / 10);
            Path output = folder.resolve("output");
            Process child = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            MAX_HEAP,
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            LargeContainersTest.class.getName(),
                            server.host(),
                            Integer.toString(server.port()))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            try {
                assertThat(child.waitFor(120, TimeUnit.SECONDS))
                        .as("ends in time")
                        .isTrue();
            } finally {
                child.destroyForcibly();
            }
            assertThat(output).content(StandardCharsets.UTF_8).contains("done");
            assertThat(child.exitValue()).isZero();
        }
    }

    /** Runs in a process of its own. */
    public static void main(String[] hostAndPort) {
        LettuceConnectionFactory connections =
                new LettuceConnectionFactory(hostAndPort[0], Integer.parseInt(hostAndPort[1]));
        connections.afterPropertiesSet();
        connections.start();
        PotteryFactory pottery = PotteryFactory.create(connections);
        useSets(pottery);
        useLists(pottery);
        connections.destroy();
        System.out.println("done");
    }

    private static void useSets(PotteryFactory pottery) {
        RedisSet<Integer> set = pottery.set("set", Integer.class);
        RedisSet<Integer> half = pottery.set("half", Integer.class);
        RedisSet<Integer> union = pottery.set("union", Integer.class);
        long sum = 0;
        for (int element : set) {
            sum += element;
        }
        assertThat(sum).isEqualTo((long) MILLION * (MILLION - 1) / 2);
        assertThat(set.unionInto(union, half)).isEqualTo(MILLION * 3L / 2);
        assertThat(union).hasSize(MILLION * 3 / 2);
        assertThat(set.equals(union)).isFalse();
        assertThat(set.isSubsetOf(union)).isTrue();
        assertThat(set.isDisjoint(half)).isFalse();
        assertThat(half.intersectionInto(half, set)).isEqualTo(MILLION / 2);
        assertThat(set.unionInto(half)).isEqualTo(MILLION);
        assertThat(set.equals(half)).isTrue();
    }

    private static void useLists(PotteryFactory pottery) {
        RedisList<Integer> list = pottery.list("list", Integer.class);
        RedisList<Integer> copy = pottery.list("copy", Integer.class);
        int expected = 0;
        for (int element : list) {
            if (element != expected++) {
                throw new AssertionError("Found %d instead of %d".formatted(element, expected - 1));
            }
        }
        assertThat(expected).isEqualTo(MILLION / 10);
        assertThat(list.size()).isEqualTo(MILLION / 10);
        assertThat(list.contains(MILLION / 10 - 1)).isTrue();
        assertThat(list.count(5)).isEqualTo(1);
        assertThat(list.equals(copy)).isTrue();
        copy.set(50_000, -1);
        assertThat(list.equals(copy)).isFalse();
    }
}
