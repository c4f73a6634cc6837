package io.pottery.sample.visitor;

import io.pottery.PotteryFactory;
import io.pottery.sketch.HyperLogLog;
import java.util.List;
import org.springframework.stereotype.Service;

/** How many different people came. */
@Service
class UniqueVisitors {

    private final HyperLogLog<String> counted;

    UniqueVisitors(PotteryFactory pottery) {
        counted = pottery.hyperLogLog("unique-visitors", String.class);
    }

    /** Whoever was counted before changes nothing. */
    void countAll(List<String> visitors) {
        counted.addAll(visitors);
    }

    /** About how many; rarely more than 2 % off. */
    long number() {
        return counted.count();
    }

    /** "No" is certain; "yes" is wrong the more often, the more there are. */
    boolean mayHaveCounted(String visitor) {
        return counted.mightContain(visitor);
    }

    void forget() {
        counted.clear();
    }
}
