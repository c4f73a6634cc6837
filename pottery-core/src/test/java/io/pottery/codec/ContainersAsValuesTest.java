package io.pottery.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.pottery.PotteryFactory;
import io.pottery.collection.CachedOrderedDict;
import io.pottery.collection.RedisCounter;
import io.pottery.collection.RedisDeque;
import io.pottery.collection.RedisDict;
import io.pottery.collection.RedisList;
import io.pottery.collection.RedisSet;
import io.pottery.error.UndecodableValueException;
import io.pottery.error.UnencodableValueException;
import io.pottery.error.WrongTypeException;
import io.pottery.key.InefficientAccessListener;
import io.pottery.key.RedisContainer;
import io.pottery.testing.TestRedis;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.ParameterizedTypeReference;

/** A container that is a value, or part of one, is written as what it contains, as Python does it. */
@WithBothJacksons
class ContainersAsValuesTest {

    /** What a container holds, and what must be written for it. */
    record Case(String name, Supplier<Object> container, String json) {
        @Override
        public String toString() {
            return name;
        }
    }

    record Item(String sku, int count) {}

    record Sized(String sku, int count, int size) {}

    record Order(int id, Object contents) {}

    record Typed(RedisDict<String, Item> items) {}

    static final PotteryFactory POTTERY = TestRedis.pottery();

    static final List<Case> CONTAINERS = List.of(
            new Case("an empty dict", () -> dict(Object.class, Map.of()), "{}"),
            new Case("a dict", () -> dict(Object.class, Map.of("b", 1, "a", 2)), "{\"a\": 2, \"b\": 1}"),
            new Case("a dict of records", () -> dict(Item.class, Map.of("i", new Item("x", 1))), """
                    {"i": {"count": 1, "sku": "x"}}"""),
            new Case("a dict of integer keys", ContainersAsValuesTest::numbered, """
                    {"9": 1, "10": 18446744073709551616}"""),
            new Case("a dict of sets", () -> dict(Object.class, Map.of("s", Set.of(9, 10))), "{\"s\": [10, 9]}"),
            new Case("an empty set", () -> filled(POTTERY.set(TestRedis.freshKey(), Object.class), List.of()), "[]"),
            new Case("a set", () -> filled(POTTERY.set(TestRedis.freshKey(), Object.class), List.of(9, 10)), "[10, 9]"),
            new Case(
                    "a list", () -> filled(POTTERY.list(TestRedis.freshKey(), Object.class), List.of(9, "x", 10)), """
                    [9, "x", 10]"""),
            new Case(
                    "a list of records",
                    () -> filled(POTTERY.list(TestRedis.freshKey(), Item.class), List.of(new Item("x", 1))),
                    """
                    [{"count": 1, "sku": "x"}]"""),
            new Case(
                    "a deque",
                    () -> filled(POTTERY.deque(TestRedis.freshKey(), Object.class), List.of(9, "x", 10)),
                    """
                    [9, "x", 10]"""),
            new Case("a counter", ContainersAsValuesTest::counter, "{\"a\": 2, \"b\": 1}"),
            new Case("a cached dict", ContainersAsValuesTest::cached, "{\"1\": \"one\"}"));

    private final Jackson jackson;
    private final PotteryFactory pottery;

    ContainersAsValuesTest(Jackson jackson) {
        this.jackson = jackson;
        pottery = PotteryFactory.builder(TestRedis.connections())
                .codecs(jackson.codecs())
                .build();
    }

    @ParameterizedTest
    @FieldSource("CONTAINERS")
    void asTheValue(Case container) {
        assertThat(stored(container.container.get())).isEqualTo(container.json);
    }

    @ParameterizedTest
    @FieldSource("CONTAINERS")
    void inAList(Case container) {
        assertThat(stored(List.of(container.container.get(), 1))).isEqualTo("[%s, 1]".formatted(container.json));
    }

    @ParameterizedTest
    @FieldSource("CONTAINERS")
    void inAMap(Case container) {
        assertThat(stored(Map.of("m", container.container.get()))).isEqualTo("{\"m\": %s}".formatted(container.json));
    }

    @ParameterizedTest
    @FieldSource("CONTAINERS")
    void inAPropertyOfARecord(Case container) {
        assertThat(stored(new Order(1, container.container.get())))
                .isEqualTo("{\"contents\": %s, \"id\": 1}".formatted(container.json));
    }

    @ParameterizedTest
    @FieldSource("CONTAINERS")
    void deepInside(Case container) {
        Order inner = new Order(2, container.container.get());
        assertThat(stored(Map.of("m", List.of(List.of(), new Order(1, List.of(inner))))))
                .isEqualTo("{\"m\": [[], {\"contents\": [{\"contents\": %s, \"id\": 2}], \"id\": 1}]}"
                        .formatted(container.json));
    }

    @ParameterizedTest
    @FieldSource("CONTAINERS")
    void isReadBackAsOrdinaryMapsAndLists(Case container) throws Exception {
        RedisDict<String, Object> outer = pottery.dict(TestRedis.freshKey(), String.class, Object.class);
        outer.put("k", container.container.get());
        Object read = outer.get("k");
        assertThat(read).isNotNull();
        assertThat(read).isNotInstanceOf(RedisContainer.class);
        JsonMapper mapper = new JsonMapper();
        assertThat(mapper.readTree(stored(read))).isEqualTo(mapper.readTree(container.json));
    }

    @ParameterizedTest
    @FieldSource("CONTAINERS")
    void theMapperOfAnApplicationDoesSoToo(Case container) throws Exception {
        JsonMapper mapper = new JsonMapper();
        JsonNode expected = mapper.readTree(container.json);
        JsonNode written = mapper.readTree(jackson.plain(container.container.get()));
        if (container.container.get() instanceof Set) {
            assertThat(written)
                    .containsExactlyInAnyOrderElementsOf(expected); // which of them is first, the server says
        } else {
            assertThat(written).isEqualTo(expected);
        }
    }

    @Test
    void aDeclaredContainerIsWrittenByItsDeclaredContents() {
        RedisDict<String, Item> items = dict(Item.class, Map.of("i", new Item("x", 1)));
        assertThat(encoded(pottery.json(Typed.class), new Typed(items)))
                .isEqualTo("{\"items\": {\"i\": {\"count\": 1, \"sku\": \"x\"}}}");
        assertThat(encoded(pottery.json(new ParameterizedTypeReference<Map<String, Item>>() {}), items))
                .isEqualTo("{\"i\": {\"count\": 1, \"sku\": \"x\"}}");
    }

    @Test
    void contentsWithMorePropertiesThanDeclaredAreRefusedAsInAnyMap() {
        RedisDict<String, Sized> sized = dict(Sized.class, Map.of("i", new Sized("x", 1, 2)));
        assertThatExceptionOfType(UnencodableValueException.class)
                .isThrownBy(() -> encodeAs(pottery.json(new ParameterizedTypeReference<Map<String, Item>>() {}), sized))
                .withMessageContaining("it is declared as");
    }

    @Test
    void containersInsideContainersAreWrittenWhenTheyAreStored() {
        RedisDict<String, Object> inner = dict(Object.class, Map.of("b", 1));
        RedisDict<String, Object> outer = dict(Object.class, Map.of());
        outer.put("inner", inner);
        outer.put("self", outer);
        inner.put("c", 2);
        assertThat(stored(outer)).isEqualTo("{\"inner\": {\"b\": 1}, \"self\": {\"inner\": {\"b\": 1}}}");
    }

    @Test
    void isReadInOneStep() {
        List<String> calls = new ArrayList<>();
        PotteryFactory told = PotteryFactory.builder(TestRedis.connections())
                .codecs(jackson.codecs())
                .inefficientAccess((call, key) -> calls.add(call))
                .build();
        RedisDict<String, Integer> dict = told.dict(TestRedis.freshKey(), String.class, Integer.class);
        dict.put("a", 1);
        assertThat(stored(List.of(dict))).isEqualTo("[{\"a\": 1}]");
        assertThat(calls).containsExactly("RedisDict.toMap");
    }

    @Test
    void aContainerThatCannotBeReadIsNamed() {
        String key = TestRedis.freshKey();
        TestRedis.server().execute("RPUSH", key, "x");
        RedisDict<String, Object> broken = pottery.dict(key, String.class, Object.class);
        String found = "Expected a hash at '" + key + "', found a list";
        RedisDict<String, Object> outer = dict(Object.class, Map.of("k", 1));
        assertThatExceptionOfType(UnencodableValueException.class)
                .isThrownBy(() -> outer.put("k", Map.of("m", broken)))
                .withMessageContainingAll("A value for '" + outer.key() + "' cannot be written", found);
        assertThatExceptionOfType(WrongTypeException.class)
                .isThrownBy(() -> outer.containsValue(broken))
                .withMessageContaining(found);
    }

    @Test
    void aRefusingListenerRefusesThisToo() {
        RedisDict<String, Integer> dict = PotteryFactory.builder(TestRedis.connections())
                .inefficientAccess(InefficientAccessListener.refuse())
                .build()
                .dict(TestRedis.freshKey(), String.class, Integer.class);
        assertThatExceptionOfType(UnencodableValueException.class).isThrownBy(() -> stored(dict));
    }

    static Stream<Class<?>> containerTypes() {
        return Stream.of(
                RedisDict.class,
                RedisSet.class,
                RedisList.class,
                RedisDeque.class,
                RedisCounter.class,
                CachedOrderedDict.class);
    }

    @ParameterizedTest
    @MethodSource("containerTypes")
    void noContainerIsMadeFromJson(Class<?> type) {
        for (String json : List.of("{}", "[]", "{\"a\": 1}", "[1]")) {
            assertThatExceptionOfType(UndecodableValueException.class)
                    .isThrownBy(() -> pottery.json(type).decode(json.getBytes(StandardCharsets.UTF_8)))
                    .withMessageContaining(type.getName())
                    .withNoCause();
        }
        String empty = Map.class.isAssignableFrom(type) ? "{}" : "[]";
        assertThatExceptionOfType(UndecodableValueException.class)
                .isThrownBy(() -> pottery.json(type).decode(empty.getBytes(StandardCharsets.UTF_8)))
                .withMessageContainingAll(type.getName(), "cannot be made from JSON", "of java.util");
        assertThatExceptionOfType(UndecodableValueException.class)
                .isThrownBy(() -> pottery.json(Typed.class).decode("{\"items\": {}}".getBytes(StandardCharsets.UTF_8)))
                .withMessageContainingAll("$.items", "declare it as a Map of java.util");
    }

    /** What Redis holds once {@code value} was put into a map. */
    private String stored(Object value) {
        String key = TestRedis.freshKey();
        pottery.dict(key, String.class, Object.class).put("k", value);
        return String.valueOf(TestRedis.server().execute("HGET", key, "\"k\""));
    }

    private static <V> RedisDict<String, V> dict(Class<V> type, Map<String, ? extends V> contents) {
        RedisDict<String, V> dict = POTTERY.dict(TestRedis.freshKey(), String.class, type);
        dict.putAll(contents);
        return dict;
    }

    private static <E, C extends Collection<E>> C filled(C container, List<? extends E> elements) {
        container.addAll(elements);
        return container;
    }

    private static RedisCounter<String> counter() {
        RedisCounter<String> counter = POTTERY.counter(TestRedis.freshKey(), String.class);
        counter.addAll(List.of("b", "a", "a"));
        return counter;
    }

    private static CachedOrderedDict<Integer, String> cached() {
        CachedOrderedDict<Integer, String> cached =
                POTTERY.cachedOrderedDict(TestRedis.freshKey(), Integer.class, String.class, List.of(2, 1));
        cached.put(1, "one");
        return cached;
    }

    private static RedisDict<Integer, Object> numbered() {
        RedisDict<Integer, Object> dict = POTTERY.dict(TestRedis.freshKey(), Integer.class, Object.class);
        dict.putAll(Map.of(10, BigInteger.ONE.shiftLeft(64), 9, 1));
        return dict;
    }

    private static <T> String encoded(Codec<T> codec, T value) {
        return new String(codec.encode(value), StandardCharsets.UTF_8);
    }

    @SuppressWarnings("unchecked") // heap pollution is what is tested
    private static <T> void encodeAs(Codec<T> codec, Object value) {
        codec.encode((T) value);
    }
}
