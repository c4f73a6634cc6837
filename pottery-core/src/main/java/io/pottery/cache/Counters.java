package io.pottery.cache;

import java.util.concurrent.atomic.LongAdder;

/** What one cache has counted in this process. */
record Counters(LongAdder hits, LongAdder nearHits, LongAdder misses, LongAdder unreadable, LongAdder failures) {

    Counters() {
        this(new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder());
    }

    CacheInfo info(long size) {
        return new CacheInfo(
                hits.sum() + nearHits.sum(), nearHits.sum(), misses.sum(), unreadable.sum(), failures.sum(), size);
    }

    void reset() {
        hits.reset();
        nearHits.reset();
        misses.reset();
        unreadable.reset();
        failures.reset();
    }
}
