package io.pottery.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.pottery.internal.redis.Lua;
import io.pottery.testing.TestRedis;
import io.pottery.testredis.RedisServer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Many elements that are settled in one step: each as if it were alone. */
class SettlementScriptTest {

    private static final String SCRIPT = Lua.listScript(StoredQueue.class, "queue_open.lua", "queue_settle.lua")
            .getScriptAsString();

    private static final RedisServer REDIS = RedisServer.start(); // whose commands are counted

    private final String key = TestRedis.freshKey();
    private final List<String> args = new ArrayList<>(List.of(""));

    @AfterAll
    static void close() {
        REDIS.close();
    }

    @BeforeEach
    void createGroup() {
        REDIS.execute("XGROUP", "CREATE", key, StoredQueue.GROUP, "0", "MKSTREAM");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 9, 1_000, 1_001, 5_000, 10_000})
    void removesAllThatAreAcknowledged(int count) {
        List<String> ids = handOut("mine", count);
        List<String> unread = put(3);
        ids.forEach(id -> settle("mine", id, 1, "ack"));
        assertThat(settled()).hasSize(count).containsOnly(1L);
        assertThat(stream()).isEqualTo(unread);
        assertThat(pending()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "another consumer has it, -1, true, true",
        "it has it once more, -1, true, true",
        "it was given back, -2, true, true",
        "nobody has it, 1, false, false",
        "it is not there, 0, false, false",
        "it is nowhere, 0, false, false"
    })
    void tellsOfEachWhatBecameOfIt(String state, long result, boolean stays, boolean remainsPending) {
        for (int place : new int[] {0, 1, 9, 18, 19}) {
            List<String> ids = handOut("mine", 20);
            String one = ids.get(place);
            bring(one, state);
            ids.forEach(id -> settle("mine", id, 1, "ack"));
            List<Object> results = settled();
            assertThat(results.remove(place)).as("at %d", place).isEqualTo(result);
            assertThat(results).hasSize(19).containsOnly(1L);
            assertThat(stream()).isEqualTo(stays ? List.of(one) : List.of());
            assertThat(pending()).isEqualTo(remainsPending ? List.of(one) : List.of());
            REDIS.execute("XDEL", key, one);
            REDIS.execute("XACK", key, StoredQueue.GROUP, one);
        }
    }

    private void bring(String id, String state) {
        switch (state) {
            case "another consumer has it" -> claim("another", id, 1);
            case "it has it once more" -> claim("mine", id, 2);
            case "it was given back" -> claim("returned", id, 1);
            case "nobody has it" -> REDIS.execute("XACK", key, StoredQueue.GROUP, id);
            case "it is not there" -> REDIS.execute("XDEL", key, id);
            case "it is nowhere" -> {
                REDIS.execute("XDEL", key, id);
                REDIS.execute("XACK", key, StoredQueue.GROUP, id);
            }
            default -> throw new IllegalArgumentException(state);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"another's", "its own", "given back", "nobody's", "unread"})
    void leavesWhatIsBeforeThemAndBetween(String state) {
        leaves(state, 0, 10, 11, 20);
        leaves(state, 10, 11, 20);
        leaves(state, 1);
    }

    private void leaves(String state, int... places) {
        REDIS.execute("DEL", key);
        REDIS.execute("XGROUP", "CREATE", key, StoredQueue.GROUP, "0", "MKSTREAM");
        List<String> ids = handOut("mine", 30);
        List<String> others = IntStream.of(places).mapToObj(ids::get).toList();
        for (String id : others) {
            switch (state) {
                case "another's" -> claim("another", id, 1);
                case "its own" -> {}
                case "given back" -> claim("returned", id, 1);
                default -> REDIS.execute("XACK", key, StoredQueue.GROUP, id);
            }
        }
        if (state.equals("unread")) {
            REDIS.execute("XGROUP", "SETID", key, StoredQueue.GROUP, "0");
        }
        ids.stream().filter(id -> !others.contains(id)).forEach(id -> settle("mine", id, 1, "ack"));
        assertThat(settled()).hasSize(30 - places.length).containsOnly(1L);
        assertThat(stream()).isEqualTo(others);
        assertThat(pending()).isEqualTo(List.of("nobody's", "unread").contains(state) ? List.of() : others);
    }

    @Test
    void findsThemAmongManyThatTheConsumerKeeps() {
        List<String> ids = handOut("mine", 100);
        List<String> kept = new ArrayList<>(ids);
        for (int i = 5; i < 100; i += 10) {
            kept.remove(ids.get(i));
            settle("mine", ids.get(i), 1, "ack");
        }
        assertThat(settled()).hasSize(10).containsOnly(1L);
        assertThat(stream()).isEqualTo(kept);
        assertThat(pending()).isEqualTo(kept);
    }

    @Test
    void takesThemInAnyOrder() {
        for (int round = 0; round < 20; round++) {
            List<String> ids = handOut("mine", 50);
            List<String> shuffled = new ArrayList<>(ids);
            Collections.shuffle(shuffled.subList(1, 49), new Random(round));
            String gone = ids.get(25);
            REDIS.execute("XDEL", key, gone);
            REDIS.execute("XACK", key, StoredQueue.GROUP, gone);
            REDIS.execute("CONFIG", "RESETSTAT");
            shuffled.forEach(id -> settle("mine", id, 1, "ack"));
            List<Object> results = settled();
            assertThat(String.valueOf(REDIS.execute("INFO", "commandstats"))).contains("cmdstat_xack:calls=1,");
            assertThat(results.remove(shuffled.indexOf(gone))).isEqualTo(0L);
            assertThat(results).hasSize(49).containsOnly(1L);
            assertThat(stream()).isEmpty();
            assertThat(pending()).isEmpty();
        }
    }

    @Test
    void readsNoneThatAreLarge() {
        List<String> ids = handOut("mine", 20, "x".repeat(2_000));
        REDIS.execute("CONFIG", "RESETSTAT");
        ids.forEach(id -> settle("mine", id, 1, "ack"));
        assertThat(settled()).hasSize(20).containsOnly(1L);
        assertThat(String.valueOf(REDIS.execute("INFO", "commandstats")))
                .contains("cmdstat_xrange:calls=1,", "cmdstat_xdel:calls=20,")
                .doesNotContain("xtrim");
        assertThat(stream()).isEmpty();
        assertThat(pending()).isEmpty();
    }

    @Test
    void removesWhatIsNamedTwiceOnce() {
        List<String> ids = handOut("mine", 10);
        ids.add(5, ids.get(4));
        ids.forEach(id -> settle("mine", id, 1, "ack"));
        assertThat(settled()).containsExactly(1L, 1L, 1L, 1L, 1L, 0L, 1L, 1L, 1L, 1L, 1L);
        assertThat(stream()).isEmpty();
        assertThat(pending()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nack", "unseen"})
    void givesBackOneAmongMany(String fate) {
        List<String> mine = handOut("mine", 40);
        List<String> theirs = handOut("theirs", 40);
        String one = mine.get(20);
        IntStream.range(0, 40).forEach(i -> settle("mine", mine.get(i), 1, i == 20 ? fate : "ack"));
        theirs.forEach(id -> settle("theirs", id, 1, "ack"));
        assertThat(settled()).hasSize(80).containsOnly(1L);
        assertThat(stream()).containsExactly(one);
        assertThat(pendingDetails()).singleElement().satisfies(each -> {
            assertThat(each.get(0)).isEqualTo(one);
            assertThat(each.get(1)).isEqualTo("returned");
            assertThat(each.get(3)).isEqualTo(fate.equals("nack") ? 1L : 0L);
        });
    }

    private List<String> put(int count) {
        return put(count, "");
    }

    private List<String> put(int count, String padding) {
        return IntStream.range(0, count)
                .mapToObj(i -> (String) REDIS.execute("XADD", key, "*", "item", padding + i))
                .toList();
    }

    private List<String> handOut(String consumer, int count) {
        return handOut(consumer, count, "");
    }

    private List<String> handOut(String consumer, int count, String padding) {
        List<String> ids = new ArrayList<>(put(count, padding));
        REDIS.execute(
                "XREADGROUP",
                "GROUP",
                StoredQueue.GROUP,
                consumer,
                "COUNT",
                String.valueOf(count),
                "STREAMS",
                key,
                ">");
        return ids;
    }

    private void claim(String consumer, String id, int deliveries) {
        REDIS.execute(
                "XCLAIM",
                key,
                StoredQueue.GROUP,
                consumer,
                "0",
                id,
                "RETRYCOUNT",
                String.valueOf(deliveries),
                "JUSTID");
    }

    private void settle(String consumer, String id, int deliveries, String fate) {
        args.addAll(List.of(consumer, id, String.valueOf(deliveries), fate));
    }

    private List<Object> settled() {
        List<String> command = new ArrayList<>(List.of("EVAL", SCRIPT, "2", key, key + ":full"));
        command.addAll(args);
        args.subList(1, args.size()).clear();
        return new ArrayList<>((List<?>) REDIS.execute(command.toArray(String[]::new)));
    }

    private List<String> stream() {
        return ids((List<?>) REDIS.execute("XRANGE", key, "-", "+"));
    }

    private List<String> pending() {
        return ids(pendingDetails());
    }

    private List<List<?>> pendingDetails() {
        return ((List<?>) REDIS.execute("XPENDING", key, StoredQueue.GROUP, "-", "+", "10000"))
                .stream().<List<?>>map(each -> (List<?>) each).toList();
    }

    private static List<String> ids(List<?> entries) {
        return entries.stream().map(each -> (String) ((List<?>) each).get(0)).toList();
    }
}
