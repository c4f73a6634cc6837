package io.pottery.id;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/** Which ids were had, and when: by a clock that all processes of a machine share. */
final class History {

    private final List<Had> had = new ArrayList<>();

    /** That a call which began and returned at some moment brought an id. */
    record Had(long id, long called, long returned) {

        static Had from(LongSupplier ids) {
            long called = System.nanoTime();
            long id = ids.getAsLong();
            return new Had(id, called, System.nanoTime());
        }

        static Had parse(String line) {
            String[] words = line.split(" ");
            return new Had(Long.parseLong(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2]));
        }

        @Override
        public String toString() {
            return "%d %d %d".formatted(id, called, returned);
        }
    }

    synchronized void add(List<Had> more) {
        had.addAll(more);
    }

    synchronized void addAll(History other) {
        had.addAll(other.had);
    }

    int size() {
        return had.size();
    }

    void assertUnique() {
        Set<Long> ids = new HashSet<>();
        assertThat(had)
                .allSatisfy(each ->
                        assertThat(ids.add(each.id)).as("%d is unique", each.id).isTrue());
    }

    /** Whoever calls when another call has returned gets a higher id. */
    void assertInOrder() {
        List<Had> byReturn = new ArrayList<>(had);
        byReturn.sort(Comparator.comparingLong(Had::returned));
        List<Had> byCall = new ArrayList<>(had);
        byCall.sort(Comparator.comparingLong(Had::called));
        long highest = 0;
        int over = 0;
        for (Had next : byCall) {
            while (over < byReturn.size() && byReturn.get(over).returned < next.called) {
                highest = Math.max(highest, byReturn.get(over++).id);
            }
            if (next.id <= highest) {
                throw new AssertionError("%s was had after %d".formatted(next, highest));
            }
        }
    }
}
