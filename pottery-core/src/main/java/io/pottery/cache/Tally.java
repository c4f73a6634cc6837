package io.pottery.cache;

import java.util.concurrent.atomic.LongAdder;

/** What has been counted. */
record Tally(LongAdder hits, LongAdder nearHits, LongAdder misses, LongAdder unreadable, LongAdder failures) {

    Tally() {
        this(new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder());
    }

    CacheFigures figures() {
        return new CacheFigures(
                hits.sum() + nearHits.sum(), nearHits.sum(), misses.sum(), unreadable.sum(), failures.sum());
    }

    void reset() {
        hits.reset();
        nearHits.reset();
        misses.reset();
        unreadable.reset();
        failures.reset();
    }
}
