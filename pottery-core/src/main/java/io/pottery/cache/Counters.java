package io.pottery.cache;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/**
 * What a handle counts.
 *
 * @param own what it has counted itself, since it was last cleared
 * @param all what it counts together with the other handles that have its label; this is never reset
 */
record Counters(Tally own, Tally all) {

    void hit() {
        count(Tally::hits);
    }

    void nearHit() {
        count(Tally::nearHits);
    }

    void miss() {
        count(Tally::misses);
    }

    void unreadable() {
        count(Tally::unreadable);
    }

    void failure() {
        count(Tally::failures);
    }

    private void count(Function<Tally, LongAdder> which) {
        which.apply(own).increment();
        which.apply(all).increment();
    }

    CacheInfo info(long size) {
        CacheFigures figures = own.figures();
        return new CacheInfo(
                figures.hits(), figures.nearHits(), figures.misses(), figures.unreadable(), figures.failures(), size);
    }

    void reset() {
        own.reset();
    }
}
