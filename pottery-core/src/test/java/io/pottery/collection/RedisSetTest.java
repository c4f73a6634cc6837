package io.pottery.collection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.pottery.PotteryFactory;
import io.pottery.codec.Codec;
import io.pottery.error.KeyExistsException;
import io.pottery.error.PotteryException;
import io.pottery.error.UndecodableValueException;
import io.pottery.error.UnencodableValueException;
import io.pottery.error.WrongTypeException;
import io.pottery.key.InefficientAccessListener;
import io.pottery.testing.TestRedis;
import io.pottery.testredis.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

class RedisSetTest {

    /** Where the other set of an operation is. */
    enum Other {
        SAME_REDIS,
        OTHER_REDIS,
        LOCAL
    }

    private static RedisServer otherServer;
    private static LettuceConnectionFactory otherConnections;

    private final PotteryFactory pottery = TestRedis.pottery();
    private final RedisServer redis = TestRedis.server();
    private final String key = TestRedis.freshKey();
    private final RedisSet<String> set = pottery.set(key, String.class);

    @BeforeAll
    static void start() {
        otherServer = RedisServer.start();
        otherConnections = TestRedis.connect(otherServer);
    }

    @AfterAll
    static void stop() {
        otherConnections.destroy();
        otherServer.close();
    }

    @Test
    void doesWhatTheReadmeOfPythonShows() {
        set.populate(List.of("apple", "orange", "apple", "pear", "orange", "banana"));
        assertThat(set).containsExactlyInAnyOrder("apple", "banana", "orange", "pear");
        assertThat(set.contains("orange")).isTrue();
        assertThat(set.contains("crabgrass")).isFalse();
        assertThat(redis.execute("SISMEMBER", key, "\"pear\"")).isEqualTo(1L);

        RedisSet<String> magic = pottery.set(TestRedis.freshKey(), String.class);
        magic.populate(letters("abracadabra"));
        Set<String> other = letters("alacazam");
        assertThat(magic.difference(other)).isEqualTo(Set.of("b", "d", "r"));
        assertThat(magic.union(other)).isEqualTo(Set.of("a", "b", "c", "d", "l", "m", "r", "z"));
        assertThat(magic.intersection(other)).isEqualTo(Set.of("a", "c"));
        assertThat(magic.symmetricDifference(other)).isEqualTo(Set.of("b", "d", "l", "m", "r", "z"));

        RedisSet<String> nirvana = pottery.set(TestRedis.freshKey(), String.class);
        nirvana.addAll(List.of("kurt", "krist", "dave"));
        assertThat(nirvana.containsMany(List.of("kurt", "krist", "chat", "dave")))
                .containsExactly(true, true, false, true);
    }

    @Test
    void answersForManyInTheirOrder() {
        set.addAll(numbered(0, 2_500));
        List<Object> asked = new ArrayList<>(numbered(2_400, 2_600));
        asked.add(50, null);
        asked.add(51, 7);
        asked.addAll(numbered(0, 2_400));
        List<Boolean> found = set.containsMany(asked);
        assertThat(found).hasSameSizeAs(asked);
        IntStream.range(0, asked.size()).forEach(i -> assertThat(found.get(i)).isEqualTo(set.contains(asked.get(i))));
        assertThat(set.containsMany(List.of())).isEmpty();
        assertThat(set.containsMany(List.of(1, 2))).containsExactly(false, false);
    }

    @Test
    void populatesOnlyAKeyThatDoesNotExist() {
        set.populate(List.of("a"));
        assertThatExceptionOfType(KeyExistsException.class)
                .isThrownBy(() -> set.populate(List.of("b")))
                .withMessageContaining(key);
        assertThat(set).containsExactly("a");
    }

    @ParameterizedTest
    @EnumSource
    void combinesLikeSetsInMemory(Other where) {
        Set<String> one = numbered(0, 1_500);
        Set<String> other = numbered(1_000, 2_600);
        set.addAll(one);
        Collection<String> second = made(where, other);

        assertThat(set.union(second)).isEqualTo(numbered(0, 2_600));
        assertThat(set.intersection(second)).isEqualTo(numbered(1_000, 1_500));
        assertThat(set.difference(second)).isEqualTo(numbered(0, 1_000));
        assertThat(set.symmetricDifference(second)).isEqualTo(plus(numbered(0, 1_000), numbered(1_500, 2_600)));
        assertThat(set.toSet()).isEqualTo(one);
    }

    @ParameterizedTest
    @EnumSource
    void combinesSmallSets(Other where) {
        set.addAll(List.of("a", "b"));
        Collection<String> second = made(where, Set.of("b", "c"));
        assertThat(set.union(second)).isEqualTo(Set.of("a", "b", "c"));
        assertThat(set.intersection(second)).isEqualTo(Set.of("b"));
        assertThat(set.difference(second)).isEqualTo(Set.of("a"));
        assertThat(set.symmetricDifference(second)).isEqualTo(Set.of("a", "c"));
        Collection<String> empty = made(where, Set.of());
        assertThat(set.union(empty)).isEqualTo(Set.of("a", "b"));
        assertThat(set.intersection(empty)).isEmpty();
        assertThat(set.difference(empty)).isEqualTo(Set.of("a", "b"));
        assertThat(set.symmetricDifference(empty)).isEqualTo(Set.of("a", "b"));
    }

    @Test
    void combinesManySetsOfAllKinds() {
        set.addAll(letters("abcdef"));
        RedisSet<String> near = here(letters("bcdxy"));
        RedisSet<String> far = elsewhere(letters("cdez"));
        assertThat(set.union()).isEqualTo(letters("abcdef"));
        assertThat(set.union(near, far, List.of("q", "q"))).isEqualTo(letters("abcdefxyzq"));
        assertThat(set.union(near, here(letters("k")))).isEqualTo(letters("abcdefxyk"));
        assertThat(set.intersection(near, far)).isEqualTo(letters("cd"));
        assertThat(set.intersection(far, Arrays.asList("d", null, 5), near)).isEqualTo(letters("d"));
        assertThat(set.intersection()).isEqualTo(letters("abcdef"));
        assertThat(set.difference(near, far)).isEqualTo(letters("af"));
        assertThat(set.difference(Arrays.asList("a", null, 5))).isEqualTo(letters("bcdef"));
        assertThat(set.difference()).isEqualTo(letters("abcdef"));
        assertThat(set.union(set)).isEqualTo(letters("abcdef"));
        assertThat(set.difference(set)).isEmpty();
        assertThat(set.symmetricDifference(set)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void storesWhatItCombines(Other where) {
        set.addAll(numbered(0, 1_500));
        Collection<String> second = made(where, numbered(1_000, 2_600));
        RedisSet<String> target = here(Set.of("old"));
        target.expire(Duration.ofHours(1));

        assertThat(set.unionInto(target, second)).isEqualTo(2_600);
        assertThat(target.toSet()).isEqualTo(numbered(0, 2_600));
        assertThat(set.intersectionInto(target, second)).isEqualTo(500);
        assertThat(target.toSet()).isEqualTo(numbered(1_000, 1_500));
        assertThat(set.differenceInto(target, second)).isEqualTo(1_000);
        assertThat(target.toSet()).isEqualTo(numbered(0, 1_000));
        assertThat(set.symmetricDifferenceInto(target, second)).isEqualTo(2_100);
        assertThat(target.toSet()).isEqualTo(plus(numbered(0, 1_000), numbered(1_500, 2_600)));
        assertKeepsItsTimeToLive(target);
        assertThat(set.intersectionInto(target, made(where, Set.of("none")))).isZero();
        assertThat(target).isEmpty();
        assertThat(target.timeToLive()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void storesInItself(Other where) {
        Collection<String> second = made(where, letters("bc"));
        set.addAll(letters("ab"));
        set.expire(Duration.ofHours(1));
        assertThat(set.unionInto(set, second)).isEqualTo(3);
        assertThat(set.symmetricDifferenceInto(set, made(where, letters("cd")))).isEqualTo(3);
        assertThat(set.toSet()).isEqualTo(letters("abd"));
        assertThat(set.differenceInto(set, second)).isEqualTo(2);
        assertThat(set.intersectionInto(set, made(where, letters("d")))).isEqualTo(1);
        assertThat(set).containsExactly("d");
        assertKeepsItsTimeToLive(set);
    }

    @Test
    void storesOnAnotherRedis() {
        set.addAll(letters("abc"));
        RedisSet<String> target = elsewhere(letters("z"));
        assertThat(set.unionInto(target, here(letters("cd")))).isEqualTo(4);
        assertThat(set.symmetricDifferenceInto(target, here(letters("cd")))).isEqualTo(3);
        assertThat(target.toSet()).isEqualTo(letters("abd"));
    }

    @ParameterizedTest
    @EnumSource
    void comparesLikeSetsInMemory(Other where) {
        for (String one : List.of("", "a", "ab", "abc", "xyz", "abcdefgh")) {
            for (String other : List.of("", "a", "ab", "bc", "abc", "abx", "xyz")) {
                Set<String> first = letters(one);
                Set<String> second = letters(other);
                RedisSet<String> stored = here(first);
                Collection<String> compared = made(where, second);
                assertThat(stored.isSubsetOf(compared))
                        .as("%s <= %s", one, other)
                        .isEqualTo(second.containsAll(first));
                assertThat(stored.isSupersetOf(compared))
                        .as("%s >= %s", one, other)
                        .isEqualTo(first.containsAll(second));
                assertThat(stored.containsAll(compared)).isEqualTo(first.containsAll(second));
                assertThat(stored.isDisjoint(compared))
                        .as("%s disjoint %s", one, other)
                        .isEqualTo(first.stream().noneMatch(second::contains));
                assertThat(stored.equals(where == Other.LOCAL ? second : compared))
                        .isEqualTo(first.equals(second));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void comparesLargeSets(Other where) {
        Set<String> many = numbered(0, 5_000);
        set.addAll(many);
        Collection<String> same = made(where, many);
        assertThat(set.isSubsetOf(same)).isTrue();
        assertThat(set.isSupersetOf(same)).isTrue();
        assertThat(set.isDisjoint(same)).isFalse();
        assertThat(set.equals(where == Other.LOCAL ? many : same)).isTrue();
        set.remove("n4999");
        set.add("x");
        assertThat(set.isSubsetOf(same)).isFalse();
        assertThat(set.isSupersetOf(same)).isFalse();
        assertThat(set.equals(where == Other.LOCAL ? many : same)).isFalse();
        assertThat(set.isDisjoint(made(where, numbered(5_000, 9_000)))).isTrue();
        assertThat(set.isDisjoint(made(where, plus(numbered(5_000, 9_000), Set.of("x")))))
                .isFalse();
    }

    @Test
    void comparesWithCollectionsThatHoldAnything() {
        set.addAll(letters("ab"));
        List<Object> odd = Arrays.asList("a", "b", "a", null, 5);
        assertThat(set.isSubsetOf(odd)).isTrue();
        assertThat(set.isSupersetOf(odd)).isFalse();
        assertThat(set.isDisjoint(odd)).isFalse();
        assertThat(set.isDisjoint(Arrays.asList(null, 5))).isTrue();
        assertThat(set.isSupersetOf(List.of("a", "a", "b"))).isTrue();
        assertThat(set.equals(new HashSet<>(odd))).isFalse();
        assertThat(set).isNotEqualTo(List.of("a", "b")).isNotEqualTo(null);
        assertThat(letters("ab")).isEqualTo(set).hasSameHashCodeAs(set);
    }

    @ParameterizedTest
    @EnumSource
    void addsRemovesAndRetainsMany(Other where) {
        set.addAll(numbered(0, 10));
        assertThat(set.addAll(made(where, numbered(5, 3_000)))).isTrue();
        assertThat(set.addAll(made(where, numbered(5, 3_000)))).isFalse();
        assertThat(set.toSet()).isEqualTo(numbered(0, 3_000));
        assertThat(set.removeAll(made(where, numbered(2_000, 4_000)))).isTrue();
        assertThat(set.removeAll(made(where, numbered(2_000, 4_000)))).isFalse();
        assertThat(set.toSet()).isEqualTo(numbered(0, 2_000));
        assertThat(set.retainAll(made(where, numbered(100, 5_000)))).isTrue();
        assertThat(set.retainAll(made(where, numbered(100, 5_000)))).isFalse();
        assertThat(set.toSet()).isEqualTo(numbered(100, 2_000));
        assertThat(set.retainAll(made(where, Set.of()))).isTrue();
        assertThat(set).isEmpty();
    }

    @Test
    void takesItselfAsAnArgument() {
        set.addAll(letters("abc"));
        assertThat(set.addAll(set)).isFalse();
        assertThat(set.retainAll(set)).isFalse();
        assertThat(set.containsAll(set)).isTrue();
        assertThat(set.isSubsetOf(set)).isTrue();
        assertThat(set.isDisjoint(set)).isFalse();
        assertThat(set).hasSize(3);
        assertThat(set.removeAll(set)).isTrue();
        assertThat(set).isEmpty();
        assertThat(set.isDisjoint(set)).isTrue();
    }

    @Test
    void takesEmptyArguments() {
        set.add("a");
        assertThat(set.addAll(List.of())).isFalse();
        assertThat(set.removeAll(List.of())).isFalse();
        assertThat(set.containsAll(List.of())).isTrue();
        assertThat(set.isDisjoint(List.of())).isTrue();
        assertThat(set).hasSize(1);
    }

    @Test
    void polls() {
        assertThat(set.pollRandom()).isNull();
        assertThat(set.randomElement()).isNull();
        set.addAll(numbered(0, 50));
        Set<String> polled = new HashSet<>();
        assertThat(set).contains(set.randomElement());
        while (!set.isEmpty()) {
            polled.add(set.pollRandom());
        }
        assertThat(polled).isEqualTo(numbered(0, 50));
    }

    @Test
    void takesSetsWithOtherBytesForTheirElementsByTheElements() {
        Codec<String> backwards = new Codec<>() {
            private final Codec<String> json = TestRedis.pottery().json(String.class);

            @Override
            public byte[] encode(String value) {
                return json.encode(new StringBuilder(value).reverse().toString());
            }

            @Override
            public String decode(byte[] text) {
                return new StringBuilder(json.decode(text)).reverse().toString();
            }

            @Override
            public byte[] tryEncode(Object candidate) {
                return candidate instanceof String text ? encode(text) : null;
            }
        };
        RedisSet<String> other = pottery.set(TestRedis.freshKey(), backwards);
        other.addAll(List.of("abc", "xyz"));
        set.add("abc");
        assertThat(redis.execute("SISMEMBER", other.key(), "\"cba\"")).isEqualTo(1L);
        assertThat(set.intersection(other)).containsExactly("abc");
        assertThat(set.union(other)).containsExactlyInAnyOrder("abc", "xyz");
        assertThat(set.difference(other)).isEmpty();
        assertThat(set.symmetricDifference(other)).containsExactly("xyz");
        assertThat(set.isSubsetOf(other)).isTrue();
        assertThat(set.isSupersetOf(other)).isFalse();
        assertThat(set.isDisjoint(other)).isFalse();
        assertThat(set.addAll(other)).isTrue();
        assertThat(redis.execute("SISMEMBER", key, "\"xyz\"")).isEqualTo(1L);
        assertThat(set.equals(other)).isTrue();
        assertThat(other.equals(set)).isTrue();
        assertThat(set.retainAll(other)).isFalse();
        assertThat(set.differenceInto(other, List.of("xyz"))).isEqualTo(1);
        assertThat(other).containsExactly("abc");
        assertThat(set.symmetricDifferenceInto(other, List.of("abc"))).isEqualTo(1);
        assertThat(other).containsExactly("xyz");
        assertThat(set.removeAll(other)).isTrue();
        assertThat(set).containsExactly("abc");
    }

    static Stream<Consumer<RedisSet<String>>> changes() {
        return Stream.of(
                set -> set.add("new"),
                set -> set.remove("n1"),
                set -> set.addAll(numbered(0, 5_000)),
                set -> set.removeAll(numbered(5, 5_000)),
                set -> set.retainAll(numbered(0, 10)),
                set -> set.removeIf("n1"::equals),
                set -> set.pollRandom(),
                set -> set.addAll(here(numbered(0, 3_000))),
                set -> set.removeAll(here(numbered(0, 10))),
                set -> set.retainAll(here(numbered(0, 10))),
                set -> set.unionInto(set, List.of("x")),
                set -> set.unionInto(set, here(Set.of("x"))),
                set -> set.intersectionInto(set, here(numbered(0, 10))),
                set -> set.differenceInto(set, here(numbered(0, 10))),
                set -> set.symmetricDifferenceInto(set, here(Set.of("n1", "x"))),
                set -> {
                    Iterator<String> iterator = set.iterator();
                    iterator.next();
                    iterator.remove();
                });
    }

    @ParameterizedTest
    @MethodSource("changes")
    void keepsItsTimeToLiveThroughEveryChange(Consumer<RedisSet<String>> change) {
        set.addAll(numbered(0, 20));
        set.expire(Duration.ofHours(1));
        Set<String> before = set.toSet();
        change.accept(set);
        assertThat(set.toSet()).isNotEqualTo(before);
        assertKeepsItsTimeToLive(set);
    }

    @Test
    void removesAnewIfAnythingChangedMeanwhile() {
        for (String change : List.of("+c", "-b", "+c-b")) {
            set.addAll(letters("ab"));
            AtomicBoolean first = new AtomicBoolean(true);
            boolean removed = set.removeIf(element -> {
                if (first.getAndSet(false)) {
                    if (change.contains("+c")) {
                        set.add("c");
                    }
                    if (change.contains("-b")) {
                        set.remove("b");
                    }
                }
                return !element.equals("b");
            });
            assertThat(removed).isTrue();
            assertThat(set.toSet()).isEqualTo(change.contains("-b") ? Set.of() : Set.of("b"));
        }
        set.clear();
        assertThat(set.removeIf(element -> true)).isFalse();
    }

    @Test
    void takesNoNullButAnswersForIt() {
        set.add("a");
        assertThatNullPointerException().isThrownBy(() -> set.add(null)).withMessageContaining(key);
        assertThatNullPointerException().isThrownBy(() -> set.addAll(Arrays.asList("b", null)));
        assertThatNullPointerException().isThrownBy(() -> set.union(Arrays.asList("b", null)));
        assertThatNullPointerException().isThrownBy(() -> set.populate(Arrays.asList("b", null)));
        assertThat(set.contains(null)).isFalse();
        assertThat(set.remove(null)).isFalse();
        assertThat(set.removeAll(Arrays.asList(null, "b"))).isFalse();
        assertThat(set).containsExactly("a");
        redis.execute("SADD", key, "null");
        assertThat(set.toSet()).containsExactlyInAnyOrder("a", null);
        assertThat(set).hasSize(2);
        assertThat(set.removeIf(element -> element == null)).isTrue();
        assertThat(set).containsExactly("a");
    }

    @Test
    void findsNothingOfAnotherType() {
        set.add("1");
        assertThat(set.contains(1)).isFalse();
        assertThat(set.remove(1)).isFalse();
        RedisSet<Object> any = pottery.set(TestRedis.freshKey(), Object.class);
        any.addAll(List.of(1, 1.0, "1", true));
        assertThat(any).hasSize(4);
        assertThat(any.contains(1L)).isTrue();
        assertThat(any.equals(Set.of(1, 1L, 1.0, "1"))).isFalse();
    }

    @Test
    void storesNothingThatCannotBeWritten() {
        RedisSet<Object> any = pottery.set(key, Object.class);
        assertThatExceptionOfType(UnencodableValueException.class)
                .isThrownBy(() -> any.addAll(List.of(1, Double.NaN)))
                .withMessageContaining(key);
        assertThat(any).isEmpty();
        assertThat(any.contains(Double.NaN)).isFalse();
    }

    @Test
    void namesTheKeyOfWhatItCannotRead() {
        redis.execute("SADD", key, "\"good\"", "{\"secret-canary");
        assertThatExceptionOfType(UndecodableValueException.class)
                .isThrownBy(set::toSet)
                .withMessageContaining(key)
                .withMessageNotContaining("secret-canary");
        Iterator<String> iterator = set.iterator();
        int unreadable = 0;
        while (iterator.hasNext()) {
            try {
                assertThat(iterator.next()).isEqualTo("good");
            } catch (UndecodableValueException e) {
                iterator.remove();
                assertThatIllegalStateException().isThrownBy(iterator::remove);
                unreadable++;
            }
        }
        assertThat(unreadable).isEqualTo(1);
        assertThat(set).containsExactly("good");
    }

    static Stream<Function<RedisSet<String>, Object>> calls() {
        return Stream.of(
                set -> set.add("a"),
                set -> set.contains("a"),
                set -> set.size(),
                set -> set.union(),
                set -> set.addAll(List.of("a")),
                set -> set.retainAll(List.of("a")),
                set -> set.isSubsetOf(List.of("a")),
                set -> set.toSet(),
                set -> set.iterator().hasNext(),
                set -> set.unionInto(set));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void refusesAKeyOfAnotherType(Function<RedisSet<String>, Object> call) {
        redis.execute("RPUSH", key, "x");
        assertThatExceptionOfType(WrongTypeException.class)
                .isThrownBy(() -> call.apply(set))
                .withMessageContaining("Expected a set at '" + key + "', found a list");
        assertThat(redis.execute("LRANGE", key, "0", "-1")).isEqualTo(List.of("x"));
    }

    @Test
    void namesWhicheverKeyHasAnotherType() {
        set.add("a");
        RedisSet<String> wrong = pottery.set(TestRedis.freshKey(), String.class);
        redis.execute("RPUSH", wrong.key(), "x");
        for (Runnable call : List.<Runnable>of(
                () -> set.union(wrong),
                () -> set.difference(wrong),
                () -> set.addAll(wrong),
                () -> set.retainAll(wrong),
                () -> set.isDisjoint(wrong),
                () -> set.symmetricDifference(wrong),
                () -> set.unionInto(wrong),
                () -> set.symmetricDifferenceInto(wrong, set),
                () -> set.unionInto(wrong, List.of("b")))) {
            assertThatExceptionOfType(WrongTypeException.class)
                    .isThrownBy(call::run)
                    .withMessageContaining("Expected a set at '" + wrong.key() + "', found a list");
        }
        assertThat(set).containsExactly("a");
        assertThat(redis.execute("LRANGE", wrong.key(), "0", "-1")).isEqualTo(List.of("x"));
    }

    @Test
    void refusesMoreThanOneStepTakes() {
        TestRedis.fill(redis, "SADD", key, 0, 1_000_001);
        RedisSet<Integer> large = pottery.set(key, Integer.class);
        RedisSet<Integer> small = pottery.set(TestRedis.freshKey(), Integer.class);
        small.add(1);
        for (Runnable call : List.<Runnable>of(
                large::toSet,
                large::hashCode,
                () -> large.removeIf(element -> true),
                () -> large.union(small),
                () -> large.difference(small),
                () -> large.symmetricDifference(small),
                () -> small.symmetricDifferenceInto(small, large),
                () -> small.addAll(large))) {
            assertThatExceptionOfType(PotteryException.class)
                    .isThrownBy(call::run)
                    .withMessageContainingAll("elements", "limit 1000000")
                    .withMessageContaining("10000");
        }
        assertThat(small).containsExactly(1);
        assertThat(large.intersection(small)).containsExactly(1);
        assertThat(large.intersection(List.of(1, 2, -1))).containsExactlyInAnyOrder(1, 2);
        assertThat(large.retainAll(List.of(1, 2))).isTrue();
        assertThat(large).hasSize(2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pottery.set(TestRedis.freshKey(), String.class)
                        .populate(IntStream.range(0, 65)
                                .mapToObj(i -> i + "x".repeat(1 << 20))
                                .toList()))
                .withMessageContainingAll("65 elements", "67108864");
    }

    @Test
    void iteratesOverEverythingOnce() {
        Set<String> many = numbered(0, 10_000);
        set.addAll(many);
        List<String> seen = new ArrayList<>();
        set.iterator().forEachRemaining(seen::add);
        assertThat(seen).hasSize(10_000);
        assertThat(new HashSet<>(seen)).isEqualTo(many);
        assertThat(set.stream().filter(many::contains).count()).isEqualTo(10_000);
    }

    @Test
    void showsWhatStaysOnceWhileTheTableShrinks() {
        set.addAll(numbered(0, 20_000));
        List<?> firstPage = (List<?>) ((List<?>) redis.execute("SSCAN", key, "0", "COUNT", "1024")).get(1);
        Iterator<String> iterator = set.iterator();
        List<String> seen = new ArrayList<>();
        IntStream.range(0, firstPage.size()).forEach(i -> seen.add(iterator.next()));

        // The elements just before the cursor are those that the server shows again.
        set.removeAll(minus(numbered(0, 20_000), seen.subList(seen.size() - 60, seen.size())));
        iterator.forEachRemaining(seen::add);

        assertThat(seen).doesNotHaveDuplicates().containsAll(set);
    }

    @Test
    void isPrintedInPart() {
        assertThat(set).hasToString("[]");
        set.add("a");
        assertThat(set).hasToString("[a]");
        set.addAll(numbered(0, 1_233));
        assertThat(set.toString().split(", ")).hasSize(1_001);
        assertThat(set.toString()).endsWith(", ... 234 more]");
    }

    @Test
    void isEqualToAnotherHandleOfTheSameKeyWithoutAskingRedis() {
        PotteryFactory refusing = PotteryFactory.builder(TestRedis.connections())
                .inefficientAccess(InefficientAccessListener.refuse())
                .build();
        assertThat(refusing.set(key, Long.class).equals(pottery.set(key, Long.class)))
                .isTrue();
        assertThatExceptionOfType(PotteryException.class)
                .isThrownBy(() -> refusing.set(key, Long.class).equals(pottery.set(key + "x", Long.class)))
                .withMessageContaining("RedisSet.equals");
    }

    @Test
    void clears() {
        set.addAll(letters("abc"));
        set.clear();
        set.clear();
        assertThat(redis.execute("EXISTS", key)).isEqualTo(0L);
    }

    private static Collection<String> made(Other where, Set<String> elements) {
        return switch (where) {
            case SAME_REDIS -> here(elements);
            case OTHER_REDIS -> elsewhere(elements);
            case LOCAL -> List.copyOf(elements);
        };
    }

    private static RedisSet<String> here(Set<String> elements) {
        RedisSet<String> made = TestRedis.pottery().set(TestRedis.freshKey(), String.class);
        made.addAll(elements);
        return made;
    }

    private static RedisSet<String> elsewhere(Set<String> elements) {
        RedisSet<String> made = PotteryFactory.create(otherConnections).set(TestRedis.freshKey(), String.class);
        made.addAll(elements);
        return made;
    }

    private static void assertKeepsItsTimeToLive(RedisSet<?> set) {
        assertThat(set.timeToLive())
                .get()
                .satisfies(ttl -> assertThat(ttl).isBetween(Duration.ofMinutes(50), Duration.ofHours(1)));
    }

    private static Set<String> letters(String text) {
        return Stream.of(text.split("")).filter(letter -> !letter.isEmpty()).collect(Collectors.toSet());
    }

    private static Set<String> plus(Set<String> one, Set<String> other) {
        Set<String> all = new LinkedHashSet<>(one);
        all.addAll(other);
        return all;
    }

    private static Set<String> minus(Set<String> one, Collection<String> other) {
        Set<String> rest = new LinkedHashSet<>(one);
        rest.removeAll(new HashSet<>(other));
        return rest;
    }

    private static Set<String> numbered(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "n" + i).collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
