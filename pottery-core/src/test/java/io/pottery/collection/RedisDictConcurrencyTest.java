package io.pottery.collection;

import static org.assertj.core.api.Assertions.assertThat;

import io.pottery.error.KeyExistsException;
import io.pottery.testing.TestRedis;
import io.pottery.testing.TestRedis.Travel;
import io.pottery.testing.Threads;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Travel.class)
class RedisDictConcurrencyTest {

    private static final int THREADS = 32;
    private static final int TIMES = 50;

    private final String key = TestRedis.freshKey();
    private final RedisDict<String, Integer> dict;

    RedisDictConcurrencyTest(Travel travel) {
        this.dict = travel.pottery().dict(key, String.class, Integer.class);
    }

    @Test
    void mergeCountsExactly() {
        Threads.run(THREADS, thread -> times(TIMES, i -> dict.merge("k", 1, Integer::sum)));

        assertThat(dict.get("k")).isEqualTo(THREADS * TIMES);
    }

    @Test
    void allWaysToCountAreExactTogether() {
        Threads.run(
                THREADS,
                thread -> times(25, i -> {
                    switch ((thread + i) % 4) {
                        case 0 -> dict.merge("k", 1, Integer::sum);
                        case 1 -> dict.compute("k", (k, v) -> v == null ? 1 : v + 1);
                        case 2 -> countByReplacing();
                        default -> {
                            dict.computeIfAbsent("k", k -> 0);
                            dict.computeIfPresent("k", (k, v) -> v + 1);
                        }
                    }
                }));

        assertThat(dict.get("k")).isEqualTo(THREADS * 25);
    }

    @Test
    void countsAreExactOnAFieldThatHeldNull() {
        TestRedis.server().execute("HSET", key, "\"k\"", "null");

        Threads.run(
                THREADS,
                thread -> times(40, i -> {
                    if (i % 2 == 0) {
                        dict.merge("k", 1, Integer::sum);
                    } else {
                        countByReplacing();
                    }
                }));

        assertThat(dict.get("k")).isEqualTo(THREADS * 40);
    }

    @Test
    void oneOfManyPutsWhatWasAbsent() {
        times(100, i -> {
            AtomicInteger winners = new AtomicInteger();
            Set<Integer> seen = ConcurrentHashMap.newKeySet();
            String field = "field" + i;
            if (i % 2 == 0) {
                TestRedis.server().execute("HSET", key, '"' + field + '"', "null");
            }
            Threads.run(4, thread -> {
                Integer there = dict.putIfAbsent(field, thread);
                if (there == null) {
                    winners.incrementAndGet();
                }
                seen.add(there == null ? thread : there);
            });
            assertThat(winners).hasValue(1);
            assertThat(seen).containsExactly(dict.get(field));
        });
    }

    @Test
    void nothingIsTakenTwice() {
        dict.putAll(numbered(2_000));
        Set<String> taken = ConcurrentHashMap.newKeySet();
        LongAdder twice = new LongAdder();

        Threads.run(THREADS, thread -> {
            for (Map.Entry<String, Integer> entry = dict.pollEntry(); entry != null; entry = dict.pollEntry()) {
                if (!taken.add(entry.getKey())) {
                    twice.increment();
                }
            }
        });

        assertThat(twice.sum()).isZero();
        assertThat(taken).hasSize(2_000);
        assertThat(dict).isEmpty();
    }

    @Test
    void replacingAllLosesNoUpdateOfOthers() {
        dict.putAll(numbered(50));
        int sum = dict.values().stream().mapToInt(i -> i).sum();

        Threads.run(2, thread -> {
            if (thread == 0) {
                times(10, i -> dict.replaceAll((k, v) -> v + 1));
            } else {
                times(100, i -> dict.merge("n" + i % 50, 1, Integer::sum));
            }
        });

        assertThat(dict.values().stream().mapToInt(i -> i).sum()).isEqualTo(sum + 10 * 50 + 100);
    }

    @Test
    void removingByAConditionSparesWhatNoLongerMeetsIt() {
        times(25, round -> {
            dict.put("k", 0);
            AtomicInteger removed = new AtomicInteger();
            AtomicInteger replaced = new AtomicInteger();
            Threads.run(2, thread -> {
                if (thread == 0) {
                    removed.set(dict.values().removeIf(value -> value == 0) ? 1 : 0);
                } else {
                    replaced.set(dict.replace("k", 0, 1) ? 1 : 0);
                }
            });
            assertThat(removed.get() + replaced.get()).isEqualTo(1);
            assertThat(dict.get("k")).isEqualTo(replaced.get() == 1 ? 1 : null);
            dict.clear();
        });
    }

    @Test
    void viewsCanBeStreamedWhileOthersWrite() {
        dict.putAll(numbered(3_000));
        AtomicBoolean done = new AtomicBoolean();
        Threads.run(2, thread -> {
            if (thread == 0) {
                for (int i = 0; !done.get(); i++) {
                    dict.put("added" + i % 500, i);
                    dict.remove("added" + (i + 250) % 500);
                }
            } else {
                try {
                    times(10, i -> {
                        assertThat(dict.keySet().stream().toList()).contains("n0", "n2999");
                        assertThat(dict.values().stream().toList()).contains(0, 2_999);
                        assertThat(dict.entrySet().stream().toList()).contains(Map.entry("n0", 0));
                        assertThat(dict.keySet()
                                        .containsAll(dict.toMap().keySet().stream()
                                                .filter(name -> name.startsWith("n"))
                                                .toList()))
                                .isTrue();
                    });
                } finally {
                    done.set(true);
                }
            }
        });
    }

    @Test
    void aViewContainsWhatWasInItWhileOthersAdd() {
        dict.putAll(numbered(100));
        AtomicBoolean done = new AtomicBoolean();
        Threads.run(2, thread -> {
            if (thread == 0) {
                for (int i = 0; !done.get(); i++) {
                    dict.put("added" + i, i);
                }
            } else {
                try {
                    times(
                            25,
                            i -> assertThat(dict.keySet().containsAll(dict.keySet()))
                                    .isTrue());
                } finally {
                    done.set(true);
                }
            }
        });
    }

    @Test
    void oneOfManyPopulates() {
        times(25, round -> {
            AtomicInteger winners = new AtomicInteger();
            Threads.run(4, thread -> {
                try {
                    dict.populate(Map.of("by", thread, "and", thread));
                    winners.incrementAndGet();
                } catch (KeyExistsException e) {
                    assertThat(e).hasMessageContaining(key);
                }
            });
            assertThat(winners).hasValue(1);
            assertThat(dict.get("by")).isEqualTo(dict.get("and"));
            dict.clear();
        });
    }

    @Test
    void retainingIsOneStep() {
        times(15, round -> {
            dict.putAll(Map.of("a", 1, "b", 1));
            Threads.run(2, thread -> {
                if (thread == 0) {
                    dict.keySet().retainAll(Set.of("a"));
                } else {
                    times(
                            5,
                            i -> assertThat(Set.of(Set.of("a"), Set.of("a", "b")))
                                    .contains(dict.toMap().keySet()));
                }
            });
            assertThat(dict).containsOnlyKeys("a");
        });
    }

    private void countByReplacing() {
        while (true) {
            Integer count = dict.get("k");
            if (count == null ? dict.putIfAbsent("k", 1) == null : dict.replace("k", count, count + 1)) {
                return;
            }
        }
    }

    private static Map<String, Integer> numbered(int count) {
        Map<String, Integer> entries = new ConcurrentHashMap<>();
        IntStream.range(0, count).forEach(i -> entries.put("n" + i, i));
        return entries;
    }

    private static void times(int times, java.util.function.IntConsumer work) {
        IntStream.range(0, times).forEach(work);
    }
}
