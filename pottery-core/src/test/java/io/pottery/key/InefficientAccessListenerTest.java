package io.pottery.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pottery.PotteryFactory;
import io.pottery.collection.RedisDict;
import io.pottery.collection.RedisSet;
import io.pottery.error.PotteryException;
import io.pottery.testing.TestRedis;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class InefficientAccessListenerTest {

    private final String key = TestRedis.freshKey();
    private final List<String> told = new ArrayList<>();

    @Test
    void isToldOfCallsThatReadEverything() {
        RedisDict<String, Integer> dict = dict((call, on) -> {
            assertThat(on).isEqualTo(key);
            told.add(call);
        });
        dict.put("a", 1);
        dict.keySet().iterator().hasNext();
        dict.values().iterator();
        dict.entrySet().iterator();
        dict.forEach((k, v) -> {});
        dict.containsValue(1);
        dict.values().remove(2);
        dict.toMap();
        dict.equals(Map.of());
        dict.hashCode();
        dict.replaceAll((k, v) -> v);
        dict.values().removeIf(v -> false);
        dict.keySet().retainAll(Set.of("a"));

        assertThat(told)
                .containsExactly(
                        "RedisDict.iterator",
                        "RedisDict.iterator",
                        "RedisDict.iterator",
                        "RedisDict.iterator",
                        "RedisDict.containsValue",
                        "RedisDict.values().remove",
                        "RedisDict.toMap",
                        "RedisDict.equals",
                        "RedisDict.hashCode",
                        "RedisDict.replaceAll",
                        "RedisDict.values().removeIf",
                        "RedisDict.keySet().retainAll");
    }

    @Test
    void isNotToldOfOthers() {
        RedisDict<String, Integer> dict = dict(InefficientAccessListener.refuse());
        dict.populate(Map.of("a", 1));
        dict.putAll(Map.of("b", 2));
        dict.get("a");
        dict.merge("a", 1, Integer::sum);
        dict.keySet().remove("a");
        dict.keySet().contains("a");
        dict.keySet().removeAll(Set.of("a"));
        dict.entrySet().contains(Map.entry("b", 2));
        dict.pollEntry();
        assertThat(dict.equals(dict(InefficientAccessListener.refuse()))).isTrue();
        assertThat(dict).hasToString("{}").hasSize(0);
        dict.clear();
    }

    @Test
    void isToldOfWhatWalksOrMovesWholeSets() {
        PotteryFactory pottery = PotteryFactory.builder(TestRedis.connections())
                .inefficientAccess((call, on) -> told.add(call))
                .build();
        RedisSet<Integer> set = pottery.set(key, Integer.class);
        RedisSet<Integer> other = pottery.set(TestRedis.freshKey(), Integer.class);
        set.addAll(List.of(1, 2));
        set.containsMany(List.of(1));
        set.containsAll(List.of(1));
        set.removeAll(List.of(3));
        set.pollRandom();
        assertThat(told).isEmpty();

        set.iterator();
        set.toSet();
        set.equals(Set.of(1));
        set.hashCode();
        set.removeIf(element -> false);
        set.retainAll(List.of(1));
        set.union(other);
        set.intersection(other);
        set.difference(other);
        set.symmetricDifference(other);
        set.unionInto(other);
        set.intersectionInto(other, set);
        set.differenceInto(other, set);
        set.symmetricDifferenceInto(other, set);
        set.isDisjoint(other);
        set.isSubsetOf(other);
        set.isSupersetOf(other);
        set.addAll(other);
        set.removeAll(other);

        assertThat(told)
                .containsExactly(Stream.of(
                                "iterator toSet equals hashCode removeIf retainAll union intersection difference"
                                        + " symmetricDifference unionInto intersectionInto differenceInto"
                                        + " symmetricDifferenceInto isDisjoint isSubsetOf isSupersetOf addAll removeAll")
                        .flatMap(calls -> Stream.of(calls.split(" ")))
                        .map("RedisSet."::concat)
                        .toArray(String[]::new));
    }

    @Test
    void canRefuse() {
        RedisDict<String, Integer> dict = dict(InefficientAccessListener.refuse());
        dict.put("a", 1);
        assertThatExceptionOfType(PotteryException.class)
                .isThrownBy(() -> dict.replaceAll((k, v) -> v + 1))
                .withMessageContainingAll("RedisDict.replaceAll", key, "O(n)", "pottery.inefficient-access");
        assertThat(dict.get("a")).isEqualTo(1);
    }

    @Test
    void canLogEachPlaceOnce(CapturedOutput output) {
        RedisDict<String, Integer> dict = dict(InefficientAccessListener.log());
        for (int i = 0; i < 3; i++) {
            dict.toMap();
        }
        assertThat(linesAbout("RedisDict.toMap", output))
                .hasSize(1)
                .first()
                .asString()
                .contains(getClass().getName(), key);
        dict.toMap();
        assertThat(linesAbout("RedisDict.toMap", output)).hasSize(2);
        dict.keySet().stream().count();
        assertThat(linesAbout("RedisDict.iterator", output)).hasSize(1);
    }

    private static List<String> linesAbout(String call, CapturedOutput output) {
        return output.getAll()
                .lines()
                .filter(Pattern.compile(Pattern.quote(call + " ")).asPredicate())
                .toList();
    }

    private RedisDict<String, Integer> dict(InefficientAccessListener listener) {
        return PotteryFactory.builder(TestRedis.connections())
                .inefficientAccess(listener)
                .build()
                .dict(key, String.class, Integer.class);
    }
}
