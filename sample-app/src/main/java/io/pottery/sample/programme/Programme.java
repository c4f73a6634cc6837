package io.pottery.sample.programme;

import io.pottery.PotteryFactory;
import io.pottery.collection.RedisList;
import io.pottery.collection.Slice;
import java.util.Comparator;
import java.util.List;
import org.springframework.stereotype.Service;

/** The acts of the evening, in their order. */
@Service
class Programme {

    private final RedisList<String> acts;

    Programme(PotteryFactory pottery) {
        acts = pottery.list("programme", String.class);
    }

    void announce(List<String> names) {
        acts.addAll(names);
    }

    /** Slices are those of Python: below zero, a place counts from the end. */
    List<String> part(Slice slice) {
        return acts.slice(slice);
    }

    /** In one step, which loses nothing that others announce meanwhile. */
    void sort() {
        acts.sort(Comparator.naturalOrder());
    }

    boolean cancel(String name) {
        return acts.remove(name);
    }

    void cancelAll() {
        acts.clear();
    }

    int size() {
        return acts.size();
    }
}
