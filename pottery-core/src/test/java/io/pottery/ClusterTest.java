package io.pottery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pottery.collection.RedisCounter;
import io.pottery.collection.RedisDict;
import io.pottery.collection.RedisSet;
import io.pottery.error.KeyExistsException;
import io.pottery.error.PotteryException;
import io.pottery.error.WrongTypeException;
import io.pottery.queue.QueueOptions;
import io.pottery.queue.RedisSimpleQueue;
import io.pottery.sketch.BloomFilter;
import io.pottery.sketch.HyperLogLog;
import io.pottery.testing.AclUser;
import io.pottery.testing.TestRedis;
import io.pottery.testing.Threads;
import io.pottery.testing.Walkthrough;
import io.pottery.testredis.RedisCluster;
import io.pottery.testredis.RedisServer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Everything on a Redis Cluster of three masters. */
class ClusterTest {

    private static final int KEYS = 12;

    private static RedisCluster cluster;
    private static LettuceConnectionFactory connections;

    @BeforeAll
    static void start() {
        cluster = RedisCluster.start(3);
        connections =
                TestRedis.started(new LettuceConnectionFactory(TestRedis.nodes(cluster), TestRedis.clientOptions()));
    }

    @AfterAll
    static void stop() {
        connections.destroy();
        cluster.close();
    }

    @Test
    void dictsLieOnAllMasters() {
        for (int i = 0; i < KEYS; i++) {
            RedisDict<String, Integer> dict = dict("spread:" + i);
            dict.populate(Map.of("a", i));
            assertThat(dict).isEqualTo(Map.of("a", i));
        }
        for (RedisServer node : cluster.nodes()) {
            assertThat((List<?>) node.execute("KEYS", "spread:*")).isNotEmpty();
        }
    }

    @Test
    void dictsDoAllTheyDoElsewhere() {
        for (int i = 0; i < KEYS; i++) {
            RedisDict<String, Integer> dict = dict(TestRedis.freshKey());
            Map<String, Integer> expected = new HashMap<>();
            IntStream.range(0, 3_000).forEach(n -> expected.put("n" + n, n));
            dict.putAll(expected);
            assertThat(dict.toMap()).isEqualTo(expected);
            assertThat(dict.keySet()).hasSize(3_000).contains("n0", "n2999");
            assertThat(dict.put("n0", 1)).isZero();
            assertThat(dict.merge("n0", 1, Integer::sum)).isEqualTo(2);
            assertThat(dict.putIfAbsent("n0", 1)).isEqualTo(2);
            assertThat(dict.replace("n0", 2, 3)).isTrue();
            assertThat(dict.remove("n0")).isEqualTo(3);
            assertThat(dict.values().remove(2_999)).isTrue();
            dict.replaceAll((k, v) -> -v);
            assertThat(dict.get("n2998")).isEqualTo(-2_998);
            assertThat(dict.keySet()
                            .removeAll(expected.keySet().stream().limit(1_500).toList()))
                    .isTrue();
            assertThat(dict.keySet().retainAll(List.of("n1", "n2"))).isTrue();
            dict.set("x", 1);
            assertThat(dict.expire(Duration.ofHours(1))).isTrue();
            assertThat(dict.timeToLive()).isPresent();
            assertThat(dict.pollEntry()).isNotNull();
            assertThatExceptionOfType(KeyExistsException.class).isThrownBy(() -> dict.populate(Map.of("a", 1)));
            dict.clear();
            assertThat(dict).isEmpty();
        }
    }

    @Test
    void setsAndListsDoAllTheyDoElsewhere() throws Exception {
        PotteryFactory pottery = PotteryFactory.create(connections);
        for (int i = 0; i < KEYS; i++) {
            String key = TestRedis.freshKey();
            Walkthrough.useSets(pottery, "{" + key + "}1", "{" + key + "}2");
            Walkthrough.useSets(pottery, key + "1", key + "2");
            Walkthrough.useLists(pottery, key);
            Walkthrough.useCounters(pottery, key);
            Walkthrough.useCaches(pottery, key);
            Walkthrough.useSketches(pottery, key);
            Walkthrough.useQueues(pottery, key + "q");
            Walkthrough.waitForElements(pottery, key + "q");
            Walkthrough.useNearCaches(pottery, key);
            Walkthrough.useTemporaryKeys(pottery);
        }
    }

    @Test
    void locksAndIdsDoAllTheyDoElsewhere() throws Exception {
        PotteryFactory pottery = PotteryFactory.create(connections);
        for (int i = 0; i < KEYS; i++) {
            Walkthrough.useLocks(pottery, TestRedis.freshKey());
            Walkthrough.useIds(pottery, TestRedis.freshKey());
            Walkthrough.useLocks(pottery, TestRedis.freshKey() + "{tag}" + i);
        }
    }

    /** As docs/acl has it: with what the client asks of a cluster besides. */
    @Test
    void aUserWithFewPermissionsDoesSo() throws Exception {
        AclUser user = AclUser.APP.with("+cluster|nodes", "+cluster|myid", "+info", "+client|setname");
        cluster.nodes().forEach(user::addTo);
        LettuceConnectionFactory withFew = user.connect(cluster);
        PotteryFactory pottery =
                PotteryFactory.builder(withFew).keyPrefix("shop:").build();
        for (int i = 0; i < KEYS; i++) {
            Walkthrough.useSets(pottery, TestRedis.freshKey(), TestRedis.freshKey());
        }
        Walkthrough.useNearCaches(pottery, TestRedis.freshKey());
        Walkthrough.useLocks(pottery, TestRedis.freshKey());
        withFew.destroy();
        assertThat(cluster.nodes()).flatMap(AclUser::refusals).isEmpty();
    }

    @Test
    void setsInOneSlotAreComparedOnTheServerAndOthersHere() {
        PotteryFactory pottery = PotteryFactory.create(connections);
        String key = TestRedis.freshKey();
        RedisSet<String> set = pottery.set("{" + key + "}", String.class);
        RedisSet<String> near = pottery.set("{" + key + "}near", String.class);
        RedisSet<String> far = pottery.set("{" + key + "x}far", String.class);
        set.add("a");
        near.add("a");
        far.add("a");
        long before = scans();
        assertThat(set.union(near)).containsExactly("a");
        assertThat(scans()).isEqualTo(before);
        assertThat(set.isSubsetOf(far)).isTrue();
        assertThat(scans()).isGreaterThan(before);
    }

    @Test
    void sketchesInDifferentSlotsAreNotCombined() {
        PotteryFactory pottery = PotteryFactory.create(connections);
        String key = TestRedis.freshKey();
        HyperLogLog<Integer> counted = pottery.hyperLogLog("{" + key + "}", Integer.class);
        HyperLogLog<Integer> far = pottery.hyperLogLog("{" + key + "x}", Integer.class);
        assertThatExceptionOfType(PotteryException.class)
                .isThrownBy(() -> counted.mergeWith(far))
                .withMessageContainingAll(counted.key(), far.key(), "{hash tag}");
        BloomFilter<Integer> filter = pottery.bloomFilter("{" + key + "}b", Integer.class, 100, 0.01);
        BloomFilter<Integer> distant = pottery.bloomFilter("{" + key + "x}b", Integer.class, 100, 0.01);
        assertThatExceptionOfType(PotteryException.class)
                .isThrownBy(() -> filter.uniteWith(distant))
                .withMessageContainingAll(filter.key(), distant.key(), "{hash tag}");
    }

    @Test
    void deadLettersLieInTheSameSlot() {
        PotteryFactory pottery = PotteryFactory.create(connections);
        String key = TestRedis.freshKey();
        RedisSimpleQueue<Integer> queue = pottery.queue(
                "{" + key + "}",
                pottery.json(Integer.class),
                QueueOptions.defaults().withDeadLetters("{" + key + "x}", 3));
        assertThatExceptionOfType(PotteryException.class)
                .isThrownBy(() -> queue.put(1))
                .withMessageContainingAll("{" + key + "}", "{hash tag}");
    }

    @Test
    void countsAreExact() {
        RedisDict<String, Integer> dict = dict(TestRedis.freshKey());
        Threads.run(8, thread -> IntStream.range(0, 200).forEach(i -> dict.merge("k", 1, Integer::sum)));
        assertThat(dict.get("k")).isEqualTo(1_600);
    }

    @Test
    void callsOfManyThreadsTravelTogether() {
        cluster.nodes().forEach(node -> node.execute("CONFIG", "RESETSTAT"));
        RedisCounter<String> counter = PotteryFactory.create(connections).counter(TestRedis.freshKey(), String.class);
        RedisDict<String, Integer> dict = dict(TestRedis.freshKey());
        Set<Long> counts = ConcurrentHashMap.newKeySet();
        Threads.run(96, thread -> {
            for (int i = 0; i < 50; i++) {
                counts.add(counter.increment("k"));
                dict.set("k" + thread, i);
                assertThat(dict.get("k" + thread)).isEqualTo(i);
            }
        });
        assertThat(counts).as("each caller was told another count").hasSize(4_800);
        assertThat(counter.count("k")).isEqualTo(4_800);
        assertThat(cluster.nodes())
                .extracting(node -> String.valueOf(node.execute("INFO", "commandstats")))
                .anySatisfy(stats -> assertThat(stats).contains("cmdstat_evalsha:"))
                .anySatisfy(stats -> assertThat(stats).contains("cmdstat_hmget:"));
    }

    @Test
    void failuresNameTheCluster() {
        String key = TestRedis.freshKey();
        connections.getClusterConnection().listCommands().lPush(key.getBytes(), new byte[] {'x'});
        assertThatExceptionOfType(WrongTypeException.class)
                .isThrownBy(() -> dict(key).put("k", 1))
                .withMessageContaining("Expected a hash at '" + key + "', found a list");
    }

    /** How often a set was walked page by page, on all masters. */
    private static long scans() {
        return cluster.nodes().stream()
                .map(node -> String.valueOf(node.execute("INFO", "commandstats")))
                .flatMap(stats -> Pattern.compile("cmdstat_sscan:calls=(\\d+)")
                        .matcher(stats)
                        .results())
                .mapToLong(calls -> Long.parseLong(calls.group(1)))
                .sum();
    }

    private static RedisDict<String, Integer> dict(String name) {
        return PotteryFactory.create(connections).dict(name, String.class, Integer.class);
    }
}
