package io.pottery.collection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.entry;

import io.pottery.PotteryFactory;
import io.pottery.codec.Codec;
import io.pottery.error.KeyExistsException;
import io.pottery.error.PotteryException;
import io.pottery.error.UndecodableValueException;
import io.pottery.error.UnencodableValueException;
import io.pottery.key.InefficientAccessListener;
import io.pottery.testing.TestRedis;
import io.pottery.testredis.RedisServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.core.ParameterizedTypeReference;

class RedisDictTest {

    private final PotteryFactory pottery = TestRedis.pottery();
    private final RedisServer redis = TestRedis.server();
    private final String key = TestRedis.freshKey();
    private final RedisDict<String, Integer> dict = pottery.dict(key, String.class, Integer.class);

    record Order(long id, List<String> items) {}

    @Test
    void doesWhatTheReadmeOfPythonShows() {
        RedisDict<String, Integer> tel = dict;
        tel.populate(Map.of("jack", 4098, "sape", 4139));
        tel.set("guido", 4127);
        assertThat(tel).isEqualTo(Map.of("jack", 4098, "sape", 4139, "guido", 4127));
        assertThat(tel.get("jack")).isEqualTo(4098);
        tel.remove("sape");
        tel.put("irv", 4127);
        assertThat(tel.keySet()).containsExactlyInAnyOrder("jack", "guido", "irv");
        assertThat(tel.containsKey("guido")).isTrue();
        assertThat(tel.containsKey("jack")).isTrue();
        assertThat(redis.execute("HGET", key, "\"irv\"")).isEqualTo("4127");
    }

    @Test
    void isOneMapForAllHandles() {
        dict.put("a", 1);
        assertThat(pottery.dict(key, String.class, Integer.class)).containsExactly(entry("a", 1));
    }

    @Test
    void populatesOnlyAKeyThatDoesNotExist() {
        dict.populate(Map.of("a", 1));
        assertThatExceptionOfType(KeyExistsException.class)
                .isThrownBy(() -> dict.populate(Map.of("b", 2)))
                .withMessageContaining(key);
        assertThat(dict).isEqualTo(Map.of("a", 1));
    }

    @Test
    void populatesNothingOverAnotherType() {
        redis.execute("RPUSH", key, "x");
        assertThatExceptionOfType(KeyExistsException.class)
                .isThrownBy(() -> dict.populate(Map.of("b", 2)))
                .withMessageContainingAll(key, "holds a list", "use another name");
        assertThat(redis.execute("LRANGE", key, "0", "-1")).isEqualTo(List.of("x"));
    }

    @Test
    void populatesWithNothing() {
        dict.populate(Map.of());
        assertThat(dict).isEmpty();
    }

    @Test
    void populatesWithManyEntriesInOneStep() {
        Map<String, Integer> many = numbered(25_000);
        dict.populate(many);
        assertThat(dict.toMap()).isEqualTo(many);
    }

    @Test
    void refusesToPopulateWithMoreThanOneStepTakes() {
        RedisDict<Integer, String> large = pottery.dict(key, Integer.class, String.class);
        String mebibyte = "x".repeat(1 << 20);
        Map<Integer, String> tooMuch = new HashMap<>();
        IntStream.range(0, 65).forEach(i -> tooMuch.put(i, mebibyte));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> large.populate(tooMuch))
                .withMessageContaining("65 elements")
                .withMessageContaining("67108864")
                .withMessageContaining(key);
        assertThat(large).isEmpty();
    }

    @Test
    void refusesToReadMoreThanOneStepTakes() {
        redis.execute("EVAL", "for i = 1, 1000001 do redis.call('HSET', KEYS[1], i, 1) end", "1", key);
        RedisDict<Integer, Integer> large = pottery.dict(key, Integer.class, Integer.class);
        for (Runnable call : List.<Runnable>of(
                large::toMap,
                large::hashCode,
                () -> large.replaceAll((k, v) -> 2),
                () -> large.values().removeIf(v -> true),
                () -> large.keySet().retainAll(Set.of(1)))) {
            assertThatExceptionOfType(PotteryException.class)
                    .isThrownBy(call::run)
                    .withMessageContainingAll(key, "1000001 entries", "limit 1000000");
        }
        assertThat(large).hasSize(1_000_001).containsEntry(1, 1);
        assertThat(large.keySet().iterator().hasNext()).isTrue();
        large.clear();
    }

    @Test
    void putsManyEntries() {
        Map<String, Integer> many = numbered(25_000);
        dict.putAll(many);
        assertThat(dict).hasSize(25_000);
        assertThat(dict.toMap()).isEqualTo(many);
    }

    @Test
    void putsLargeValues() {
        RedisDict<Integer, String> large = pottery.dict(key, Integer.class, String.class);
        Map<Integer, String> values = new HashMap<>();
        IntStream.range(0, 20).forEach(i -> values.put(i, "x".repeat(200_000 + i)));
        large.putAll(values);
        assertThat(large.toMap()).isEqualTo(values);
    }

    @Test
    void putsItselfIntoItself() {
        dict.putAll(Map.of("a", 1, "b", 2));
        dict.putAll(dict);
        assertThat(dict).isEqualTo(Map.of("a", 1, "b", 2));
    }

    @Test
    void putsNothingIfOneEntryIsNull() {
        Map<String, Integer> entries = new LinkedHashMap<>();
        entries.put("a", 1);
        entries.put("b", null);
        assertThatNullPointerException().isThrownBy(() -> dict.putAll(entries)).withMessageContaining(key);
        assertThat(dict).isEmpty();
    }

    @Test
    void takesNoNullButAnswersForIt() {
        dict.put("a", 1);
        assertThatNullPointerException().isThrownBy(() -> dict.put(null, 1));
        assertThatNullPointerException().isThrownBy(() -> dict.put("a", null));
        assertThatNullPointerException().isThrownBy(() -> dict.set("a", null));
        assertThatNullPointerException().isThrownBy(() -> dict.putIfAbsent("a", null));
        assertThatNullPointerException().isThrownBy(() -> dict.replace("a", null));
        assertThatNullPointerException().isThrownBy(() -> dict.merge("a", null, Integer::sum));
        assertThat(dict.get(null)).isNull();
        assertThat(dict.remove(null)).isNull();
        assertThat(dict.containsKey(null)).isFalse();
        assertThat(dict.containsValue(null)).isFalse();
        assertThat(dict.remove("a", null)).isFalse();
        assertThat(dict.keySet().contains(null)).isFalse();
        assertThat(dict.values().remove(null)).isFalse();
        assertThat(dict).isEqualTo(Map.of("a", 1));
    }

    @Test
    void findsNothingOfAnotherType() {
        dict.put("1", 1);
        assertThat(dict.get(1)).isNull();
        assertThat(dict.containsKey(1)).isFalse();
        assertThat(dict.containsValue(1L)).isFalse();
        assertThat(dict.remove("1", "1")).isFalse();
        assertThat(dict.keySet().remove(1)).isFalse();
    }

    @Test
    void readsNullOfOthersAsAbsent() {
        redis.execute("HSET", key, "\"k\"", "null");
        assertThat(dict.get("k")).isNull();
        assertThat(dict.containsKey("k")).isTrue();
        assertThat(dict).hasSize(1);
        assertThat(dict.getOrDefault("k", 7)).isEqualTo(7);
        assertThat(dict.computeIfPresent("k", (k, v) -> 8)).isNull();
        assertThat(dict.compute("k", (k, v) -> null)).isNull();
        assertThat(dict.remove("k", null)).isFalse();
        assertThat(dict.toMap()).containsOnlyKeys("k").containsValue(null);
        assertThat(dict.entrySet().iterator().next().getValue()).isNull();
        assertThat(dict.keySet().removeIf(String::isEmpty)).isFalse();
        assertThat(dict.putIfAbsent("k", 1)).isNull();
        assertThat(dict.get("k")).isEqualTo(1);
    }

    @Test
    void findsEntriesByTheirBytes() {
        RedisDict<String, byte[]> bytes = pottery.dict(key, String.class, byte[].class);
        bytes.put("a", new byte[] {1});
        Map.Entry<String, byte[]> equal = entry("a", new byte[] {1});
        Map.Entry<String, byte[]> other = entry("a", new byte[] {2});
        assertThat(bytes.containsValue(new byte[] {1})).isTrue();
        assertThat(bytes.entrySet().contains(equal)).isTrue();
        assertThat(bytes.entrySet().contains(other)).isFalse();
        assertThat(bytes.entrySet().containsAll(List.of(equal, other))).isFalse();
        assertThat(bytes.values().containsAll(List.of(new byte[] {1}))).isTrue();
        assertThat(bytes.values().containsAll(List.of(new byte[] {1}, new byte[] {2})))
                .isFalse();
        assertThat(bytes.entrySet().removeAll(List.of(other))).isFalse();
        assertThat(bytes.entrySet().removeAll(List.of(other, equal))).isTrue();
        assertThat(bytes).isEmpty();
    }

    @Test
    void comparesItsViewsWithOtherCollections() {
        dict.putAll(numbered(1_500));
        Map<String, Integer> same = numbered(1_500);
        assertThat(dict.entrySet()).isEqualTo(same.entrySet());
        assertThat(same.entrySet()).isEqualTo(dict.entrySet());
        assertThat(dict.keySet()).isEqualTo(same.keySet());
        assertThat(dict.values().containsAll(same.values())).isTrue();
        same.put("n7", -7);
        assertThat(dict.entrySet()).isNotEqualTo(same.entrySet());
        assertThat(dict.entrySet().retainAll(same.entrySet())).isTrue();
        assertThat(dict).hasSize(1_499).doesNotContainKey("n7");
        assertThat(dict.entrySet().retainAll(List.of(entry("n1", 1), "n2"))).isTrue();
        assertThat(dict).isEqualTo(Map.of("n1", 1));
    }

    @Test
    void showsNullOfOthersAsAnEntry() {
        redis.execute("HSET", key, "\"k\"", "null", "\"n\"", "1");
        Set<Map.Entry<String, Integer>> copy = dict.toMap().entrySet();
        assertThat(dict.entrySet().equals(copy)).isTrue();
        assertThat(copy.equals(dict.entrySet())).isTrue();
        assertThat(dict.entrySet().containsAll(copy)).isTrue();
        assertThat(dict.values().removeAll(List.of(1))).isTrue();
        assertThat(dict.keySet()).containsExactly("k");
    }

    @Test
    void takesNullWithBlanksForNull() {
        redis.execute("HSET", key, "\"a\"", " null\n", "\"b\"", "null ", "\"c\"", "\"null\"");
        assertThat(dict.putIfAbsent("a", 5)).isNull();
        assertThat(dict.computeIfAbsent("b", k -> 6)).isEqualTo(6);
        assertThat(pottery.dict(key, String.class, String.class).putIfAbsent("c", "d"))
                .isEqualTo("null");
        assertThat(redis.execute("HMGET", key, "\"a\"", "\"b\"", "\"c\"")).isEqualTo(List.of("5", "6", "\"null\""));
    }

    @Test
    void saysThatACallIsDoneWhoseResultCannotBeRead() {
        redis.execute("HSET", key, "\"a\"", "x", "\"b\"", "x", "\"c\"", "x");
        for (Runnable call :
                List.<Runnable>of(() -> dict.put("a", 1), () -> dict.remove("b"), () -> dict.replace("c", 3))) {
            assertThatExceptionOfType(UndecodableValueException.class)
                    .isThrownBy(call::run)
                    .withMessageContainingAll(key, "was replaced or removed as asked");
        }
        assertThat(dict).isEqualTo(Map.of("a", 1, "c", 3));
    }

    @Test
    void removesByKeyWhatItCannotRead() {
        redis.execute("HSET", key, "\"good\"", "1", "\"bad\"", "x");
        assertThat(dict.keySet().removeIf("bad"::equals)).isTrue();
        assertThat(dict).isEqualTo(Map.of("good", 1));
    }

    @Test
    void givesItsFiltersEntriesThatCannotBeChanged() {
        dict.put("a", 1);
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> dict.entrySet().removeIf(each -> each.setValue(2) == 1));
        assertThat(dict).isEqualTo(Map.of("a", 1));
    }

    @Test
    void computesOverNullOfOthers() {
        redis.execute("HSET", key, "\"a\"", "null", "\"b\"", "null", "\"c\"", "null");
        assertThat(dict.merge("a", 1, Integer::sum)).isEqualTo(1);
        assertThat(dict.compute("b", (k, v) -> v == null ? 2 : -1)).isEqualTo(2);
        assertThat(dict.computeIfAbsent("c", k -> 3)).isEqualTo(3);
        assertThat(dict).isEqualTo(Map.of("a", 1, "b", 2, "c", 3));
    }

    @Test
    void computesOnBytesThatOthersWroteInAnotherWay() {
        redis.execute("HSET", key, "\"k\"", " 41 ");
        assertThat(dict.merge("k", 1, Integer::sum)).isEqualTo(42);
        assertThat(redis.execute("HGET", key, "\"k\"")).isEqualTo("42");
    }

    @Test
    void removesWhatAFunctionMakesNull() {
        dict.put("a", 1);
        assertThat(dict.merge("a", 1, (x, y) -> null)).isNull();
        assertThat(dict).isEmpty();
        dict.put("a", 1);
        assertThat(dict.computeIfPresent("a", (k, v) -> null)).isNull();
        assertThat(dict).isEmpty();
    }

    @Test
    void polls() {
        assertThat(dict.pollEntry()).isNull();
        dict.put("a", 1);
        assertThat(dict.pollEntry()).isEqualTo(entry("a", 1));
        assertThat(dict).isEmpty();
    }

    @Test
    void keepsItsTimeToLiveThroughEveryChange() {
        dict.populate(numbered(10));
        assertThat(dict.timeToLive()).isEmpty();
        assertThat(dict.persist()).isFalse();
        assertThat(dict.expire(Duration.ofHours(1))).isTrue();
        dict.set("a", 1);
        dict.put("a", 2);
        dict.putIfAbsent("b", 2);
        dict.replace("b", 3);
        dict.replace("b", 3, 4);
        dict.merge("b", 1, Integer::sum);
        dict.replaceAll((k, v) -> v + 1);
        dict.remove("b");
        dict.keySet().retainAll(Set.of("a", "n1", "n2"));
        dict.pollEntry();
        assertThat(dict.timeToLive())
                .get()
                .satisfies(ttl -> assertThat(ttl).isBetween(Duration.ofMinutes(50), Duration.ofHours(1)));
        assertThat(dict.persist()).isTrue();
        assertThat(dict.timeToLive()).isEmpty();
    }

    @Test
    void hasNoTimeToLiveWhileItIsEmpty() {
        assertThat(dict.expire(Duration.ofHours(1))).isFalse();
        assertThat(dict.timeToLive()).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dict.expire(Duration.ZERO))
                .withMessageContaining(key);
        assertThatIllegalArgumentException().isThrownBy(() -> dict.expire(Duration.ofMillis(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> dict.expire(Duration.ofSeconds(Long.MAX_VALUE)));
    }

    @Test
    void iteratesOverEverythingOnce() {
        Map<String, Integer> many = numbered(10_000);
        dict.putAll(many);
        List<String> seen = new ArrayList<>(dict.keySet());
        assertThat(seen).hasSize(10_000);
        assertThat(new HashSet<>(seen)).isEqualTo(many.keySet());
    }

    @Test
    void showsWhatStaysOnceWhileTheTableShrinks() {
        dict.putAll(numbered(20_000));
        List<?> firstPage = (List<?>) ((List<?>) redis.execute("HSCAN", key, "0", "COUNT", "1024")).get(1);
        Iterator<String> iterator = dict.keySet().iterator();
        List<String> seen = new ArrayList<>();
        IntStream.range(0, firstPage.size() / 2).forEach(i -> seen.add(iterator.next()));

        // The entries just before the cursor are those that the server shows again.
        dict.keySet().retainAll(seen.subList(seen.size() - 60, seen.size()));
        iterator.forEachRemaining(seen::add);

        assertThat(seen).doesNotHaveDuplicates();
        assertThat(seen).containsAll(dict.keySet());
    }

    @Test
    void showsWhatStaysOnceWhileTheTableGrows() {
        dict.putAll(numbered(5_000));
        Iterator<String> iterator = dict.keySet().iterator();
        List<String> seen = new ArrayList<>();
        IntStream.range(0, 2_000).forEach(i -> seen.add(iterator.next()));
        dict.putAll(numbered(50_000));
        iterator.forEachRemaining(seen::add);

        assertThat(seen).doesNotHaveDuplicates();
        assertThat(seen).containsAll(numbered(5_000).keySet());
    }

    @Test
    void removesThroughAnIteratorEvenWhatOthersWroteInAnotherWay() {
        redis.execute("HSET", key, " \"k\" ", "1");
        Iterator<Map.Entry<String, Integer>> iterator = dict.entrySet().iterator();
        assertThat(iterator.next().getKey()).isEqualTo("k");
        iterator.remove();
        assertThatIllegalStateException().isThrownBy(iterator::remove);
        assertThat(dict).isEmpty();
    }

    @Test
    void removesByValue() {
        Map<String, Integer> many = numbered(3_000);
        dict.putAll(many);
        assertThat(dict.values().remove(2_999)).isTrue();
        assertThat(dict.values().remove(2_999)).isFalse();
        assertThat(dict).hasSize(2_999).doesNotContainKey("n2999");
        assertThat(dict.containsValue(2_998)).isTrue();
        assertThat(dict.values().removeIf(value -> value >= 10)).isTrue();
        assertThat(dict).isEqualTo(numbered(10));
        assertThat(dict.values().removeAll(List.of(1, 2, 77))).isTrue();
        assertThat(dict.values().retainAll(List.of(3, 4))).isTrue();
        assertThat(dict).isEqualTo(Map.of("n3", 3, "n4", 4));
    }

    @Test
    void removesManyKeys() {
        Map<String, Integer> many = numbered(3_000);
        dict.putAll(many);
        Set<String> some = numbered(2_500).keySet();
        assertThat(dict.keySet().containsAll(some)).isTrue();
        assertThat(dict.keySet().removeAll(some)).isTrue();
        assertThat(dict.keySet().removeAll(some)).isFalse();
        assertThat(dict.keySet().containsAll(some)).isFalse();
        assertThat(dict).hasSize(500);
        assertThat(dict.keySet().retainAll(List.of("n2600", "n2700", 5, "other")))
                .isTrue();
        assertThat(dict).isEqualTo(Map.of("n2600", 2_600, "n2700", 2_700));
        assertThat(dict.keySet().retainAll(Set.of())).isTrue();
        assertThat(dict).isEmpty();
    }

    @Test
    void writesThroughItsEntries() {
        dict.put("a", 1);
        Map.Entry<String, Integer> only = dict.entrySet().iterator().next();
        assertThat(only.setValue(2)).isEqualTo(1);
        assertThat(only.getValue()).isEqualTo(2);
        assertThat(dict.get("a")).isEqualTo(2);
    }

    @Test
    void replacesAllValues() {
        dict.putAll(numbered(3_000));
        dict.replaceAll((k, v) -> -v);
        assertThat(dict.get("n2999")).isEqualTo(-2_999);
        assertThatNullPointerException().isThrownBy(() -> dict.replaceAll((k, v) -> null));
        assertThat(dict.get("n2999")).isEqualTo(-2_999);
    }

    @Test
    void replacesAndRemovesAnewIfAnythingChangedMeanwhile() {
        dict.put("a", 1);
        AtomicBoolean first = new AtomicBoolean(true);
        dict.replaceAll((k, v) -> {
            if (first.getAndSet(false)) {
                dict.put("b", 2);
            }
            return v + 10;
        });
        assertThat(dict).isEqualTo(Map.of("a", 11, "b", 12));

        first.set(true);
        boolean removed = dict.values().removeIf(v -> {
            if (first.getAndSet(false)) {
                dict.put("c", 12);
            }
            return v == 12;
        });
        assertThat(removed).isTrue();
        assertThat(dict).isEqualTo(Map.of("a", 11));
    }

    @Test
    void isEqualToMapsWithTheSameEntries() {
        dict.putAll(Map.of("a", 1, "b", 2));
        RedisDict<String, Integer> copy = pottery.dict(TestRedis.freshKey(), String.class, Integer.class);
        copy.populate(dict);
        assertThat(dict).isEqualTo(copy).hasSameHashCodeAs(copy).isEqualTo(Map.of("b", 2, "a", 1));
        assertThat(Map.of("b", 2, "a", 1)).isEqualTo(dict).hasSameHashCodeAs(dict);
        copy.put("c", 3);
        assertThat(dict).isNotEqualTo(copy).isNotEqualTo("a").isNotEqualTo(null);
    }

    @Test
    void isEqualToAnotherHandleOfTheSameKeyWithoutAskingRedis() {
        PotteryFactory refusing = PotteryFactory.builder(TestRedis.connections())
                .inefficientAccess(InefficientAccessListener.refuse())
                .build();
        assertThat(refusing.dict(key, Long.class, Order.class).equals(pottery.dict(key, Long.class, Order.class)))
                .isTrue();
        assertThatExceptionOfType(PotteryException.class)
                .isThrownBy(() -> refusing.dict(key, Long.class, Order.class)
                        .equals(pottery.dict(key + "x", Long.class, Order.class)));
        assertThatExceptionOfType(PotteryException.class)
                .isThrownBy(() -> refusing.dict(key, Long.class, Order.class)
                        .equals(pottery.dict(key, Long.class, Object.class)));
    }

    @Test
    void isPrintedLikeAnyMap() {
        assertThat(dict).hasToString("{}");
        dict.put("a", 1);
        assertThat(dict).hasToString("{a=1}");
        dict.putAll(Map.of("b", 2, "c", 3));
        assertThat(dict.toString()).startsWith("{").endsWith("}").contains("a=1", "b=2", "c=3", ", ");
    }

    @Test
    void isPrintedInPart() {
        dict.putAll(numbered(1_000));
        assertThat(dict.toString().split(", ")).hasSize(1_000);
        dict.putAll(numbered(1_234));
        assertThat(dict.toString().split(", ")).hasSize(1_001);
        assertThat(dict.toString()).endsWith(", ... 234 more}");
    }

    @Test
    void holdsRecordsAndGenericTypes() {
        RedisDict<Long, Order> orders = pottery.dict(key, Long.class, Order.class);
        orders.put(7L, new Order(7, List.of("tea", "ham")));
        assertThat(orders.get(7L)).isEqualTo(new Order(7, List.of("tea", "ham")));
        assertThat(redis.execute("HGETALL", key)).isEqualTo(List.of("7", "{\"id\": 7, \"items\": [\"tea\", \"ham\"]}"));

        RedisDict<String, List<Order>> lists = pottery.dict(
                TestRedis.freshKey(),
                pottery.json(String.class),
                pottery.json(new ParameterizedTypeReference<List<Order>>() {}));
        lists.put("x", List.of(new Order(1, List.of())));
        assertThat(lists.get("x")).containsExactly(new Order(1, List.of()));
        assertThat(lists.merge("x", List.of(new Order(2, List.of())), (a, b) -> List.of(b.get(0), a.get(0))))
                .extracting(Order::id)
                .containsExactly(2L, 1L);
    }

    @Test
    void storesNothingThatCannotBeWritten() {
        RedisDict<String, Object> objects = pottery.dict(key, String.class, Object.class);
        assertThatExceptionOfType(UnencodableValueException.class)
                .isThrownBy(() -> objects.put("k", Map.of("rate", Double.NaN)))
                .withMessageContaining(key)
                .withMessageContaining("$.*");
        assertThat(objects).isEmpty();
    }

    @Test
    void refusesACodecWhoseBytesMeanSomethingElse() {
        Codec<String> raw = new Codec<>() {
            @Override
            public byte[] encode(String value) {
                return value.getBytes(StandardCharsets.UTF_8);
            }

            @Override
            public String decode(byte[] json) {
                return new String(json, StandardCharsets.UTF_8);
            }

            @Override
            public byte[] tryEncode(Object candidate) {
                return candidate instanceof String text ? encode(text) : null;
            }
        };
        RedisDict<String, String> texts = pottery.dict(key, pottery.json(String.class), raw);
        texts.put("k", "1");
        for (String reserved : List.of("", "-", "null")) {
            for (Runnable call : List.<Runnable>of(
                    () -> texts.put("k", reserved),
                    () -> texts.replaceAll((k, v) -> reserved),
                    () -> texts.compute("k", (k, v) -> reserved))) {
                assertThatExceptionOfType(UnencodableValueException.class)
                        .isThrownBy(call::run)
                        .withMessageContainingAll(
                                key, "must write JSON", raw.getClass().getName());
            }
            assertThat(texts.remove("absent", reserved)).isFalse();
        }
        assertThat(texts).isEqualTo(Map.of("k", "1"));
    }

    @Test
    void namesTheKeyOfWhatItCannotRead() {
        redis.execute("HSET", key, "\"good\"", "1", "\"bad\"", "\"secret-canary\"", "\"cut\"", "{\"secret-canary");
        for (String bad : List.of("bad", "cut")) {
            assertThatExceptionOfType(UndecodableValueException.class)
                    .isThrownBy(() -> dict.get(bad))
                    .withMessageContaining(key)
                    .satisfies(e -> assertThat(stackTrace(e)).doesNotContain("secret-canary"));
        }
        assertThat(dict.get("good")).isEqualTo(1);
        assertThat(dict.keySet()).contains("good", "bad", "cut");

        Iterator<Integer> iterator = dict.values().iterator();
        int read = 0;
        int unreadable = 0;
        while (iterator.hasNext()) {
            try {
                read += iterator.next();
            } catch (UndecodableValueException e) {
                iterator.remove();
                unreadable++;
            }
        }
        assertThat(read).isEqualTo(1);
        assertThat(unreadable).isEqualTo(2);
        assertThat(dict).isEqualTo(Map.of("good", 1));
    }

    @Test
    void clears() {
        dict.putAll(numbered(10));
        dict.clear();
        dict.clear();
        assertThat(redis.execute("EXISTS", key)).isEqualTo(0L);
    }

    private static String stackTrace(Throwable e) {
        java.io.StringWriter text = new java.io.StringWriter();
        e.printStackTrace(new java.io.PrintWriter(text));
        return text.toString();
    }

    private static Map<String, Integer> numbered(int count) {
        Map<String, Integer> entries = new HashMap<>();
        IntStream.range(0, count).forEach(i -> entries.put("n" + i, i));
        return entries;
    }
}
