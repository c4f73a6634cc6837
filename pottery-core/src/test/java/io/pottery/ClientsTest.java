package io.pottery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pottery.collection.RedisDict;
import io.pottery.error.PotteryException;
import io.pottery.error.WrongTypeException;
import io.pottery.queue.RedisSimpleQueue;
import io.pottery.testing.TestRedis;
import io.pottery.testing.Walkthrough;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** The clients and settings of an application that Pottery works with. */
class ClientsTest {

    static Stream<Named<RedisConnectionFactory>> clients() {
        LettuceConnectionFactory unshared = new LettuceConnectionFactory(configuration(), TestRedis.clientOptions());
        unshared.setShareNativeConnection(false);
        JedisConnectionFactory jedis = new JedisConnectionFactory(configuration());
        jedis.afterPropertiesSet();
        jedis.start();
        return Stream.of(
                Named.of("Lettuce, one connection for all", TestRedis.connect(configuration())),
                Named.of("Lettuce, a connection for each call", TestRedis.started(unshared)),
                Named.of("Jedis", jedis),
                Named.of("a wrapped factory", wrapped(TestRedis.connections(), RedisConnectionFactory.class)));
    }

    @ParameterizedTest
    @MethodSource("clients")
    void dictsDoAllTheyDo(RedisConnectionFactory connections) throws Exception {
        RedisDict<String, Integer> dict =
                PotteryFactory.create(connections).dict(TestRedis.freshKey(), String.class, Integer.class);
        Map<String, Integer> expected = new HashMap<>();
        IntStream.range(0, 5_000).forEach(i -> expected.put("n" + i, i));
        dict.putAll(expected);
        assertThat(dict.toMap()).isEqualTo(expected);
        assertThat(dict.keySet()).hasSize(5_000).contains("n0", "n4999");
        assertThat(dict.put("n0", 1)).isZero();
        assertThat(dict.putIfAbsent("n0", 2)).isEqualTo(1);
        assertThat(dict.merge("n0", 1, Integer::sum)).isEqualTo(2);
        assertThat(dict.replace("n0", 2, 3)).isTrue();
        assertThat(dict.remove("n0")).isEqualTo(3);
        assertThat(dict.remove("n0")).isNull();
        assertThat(dict.entrySet().contains(Map.entry("n1", 1))).isTrue();
        assertThat(dict.entrySet().contains(Map.entry("n0", 0))).isFalse();
        assertThat(dict.values().remove(4_999)).isTrue();
        assertThat(dict.keySet()
                        .removeAll(
                                IntStream.range(2, 3_000).mapToObj(i -> "n" + i).toList()))
                .isTrue();
        dict.replaceAll((key, value) -> -value);
        assertThat(dict.get("n4998")).isEqualTo(-4_998);
        assertThat(dict.keySet().retainAll(List.of("n1"))).isTrue();
        assertThat(dict.pollEntry()).isEqualTo(Map.entry("n1", -1));
        assertThat(dict.pollEntry()).isNull();
        dict.populate(Map.of("a", 1));
        assertThat(dict).hasToString("{a=1}");
        TestRedis.server().execute("DEL", dict.key());
        TestRedis.server().execute("RPUSH", dict.key(), "x");
        assertThatExceptionOfType(WrongTypeException.class)
                .isThrownBy(() -> dict.putAll(expected))
                .withMessageContaining("Expected a hash at '" + dict.key() + "', found a list");
        assertThatExceptionOfType(WrongTypeException.class).isThrownBy(() -> dict.put("a", 1));
        assertThatExceptionOfType(WrongTypeException.class)
                .isThrownBy(() -> dict.keySet().iterator().hasNext());
        if (connections instanceof DisposableBean disposable) {
            disposable.destroy();
        }
    }

    @ParameterizedTest
    @MethodSource("clients")
    void otherContainersDoAllTheyDo(RedisConnectionFactory connections) throws Exception {
        PotteryFactory pottery = PotteryFactory.create(connections);
        Walkthrough.useSets(pottery, TestRedis.freshKey(), TestRedis.freshKey());
        Walkthrough.useLists(pottery, TestRedis.freshKey());
        Walkthrough.useCounters(pottery, TestRedis.freshKey());
        Walkthrough.useCaches(pottery, TestRedis.freshKey());
        Walkthrough.useSketches(pottery, TestRedis.freshKey());
        Walkthrough.useQueues(pottery, TestRedis.freshKey());
        Walkthrough.useTemporaryKeys(pottery);
        if (connections instanceof LettuceConnectionFactory) {
            Walkthrough.useLocks(pottery, TestRedis.freshKey());
            Walkthrough.useIds(pottery, TestRedis.freshKey());
            Walkthrough.useNearCaches(pottery, TestRedis.freshKey());
            Walkthrough.waitForElements(pottery, TestRedis.freshKey());
        } else {
            assertThatExceptionOfType(PotteryException.class).isThrownBy(() -> pottery.nextId("x"));
            assertThatExceptionOfType(PotteryException.class)
                    .isThrownBy(() -> pottery.redlock("x"))
                    .withMessageContaining("Locks and ids need Lettuce, and the connection factory is a ")
                    .withMessageContaining("give PotteryFactory masters of their own");
            RedisSimpleQueue<String> queue = pottery.queue(TestRedis.freshKey(), String.class);
            assertThatExceptionOfType(PotteryException.class)
                    .isThrownBy(queue::take)
                    .withMessageContaining("Waiting for elements needs Lettuce");
            queue.put("a");
            assertThat(queue.take()).as("there is one").isEqualTo("a");
        }
        if (connections instanceof DisposableBean disposable && connections != TestRedis.connections()) {
            disposable.destroy();
        }
    }

    @Test
    void failuresOfJedisAreToldLikeAnyOther() {
        JedisConnectionFactory jedis = new JedisConnectionFactory(new RedisStandaloneConfiguration("127.0.0.1", 1));
        jedis.afterPropertiesSet();
        jedis.start();
        String key = TestRedis.freshKey();
        assertThatExceptionOfType(PotteryException.class)
                .isThrownBy(() -> PotteryFactory.create(jedis)
                        .dict(key, String.class, String.class)
                        .get("a"))
                .withMessageContaining(key);
        jedis.destroy();
    }

    private static RedisStandaloneConfiguration configuration() {
        return new RedisStandaloneConfiguration(
                TestRedis.server().host(), TestRedis.server().port());
    }

    /** As tracing and routing libraries do it: the factory and its connections are proxies. */
    private static <T> T wrapped(T target, Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                ClientsTest.class.getClassLoader(), new Class<?>[] {type}, (p, m, args) -> {
                    try {
                        Object result = m.invoke(target, args);
                        return result instanceof RedisConnection connection
                                ? wrapped(connection, RedisConnection.class)
                                : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
