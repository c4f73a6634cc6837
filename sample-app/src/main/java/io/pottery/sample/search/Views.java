package io.pottery.sample.search;

import io.pottery.PotteryFactory;
import io.pottery.collection.RedisCounter;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Service;

/** How often each document was viewed. */
@Service
class Views {

    private final RedisCounter<String> views;

    Views(PotteryFactory pottery) {
        views = pottery.counter("views", String.class);
    }

    /** Counts one more view of a document, and returns how many there are now: exact, whoever else counts. */
    long view(String id) {
        return views.increment(id);
    }

    /** The ten documents that were viewed most, and how often, the most viewed first. */
    List<Map.Entry<String, Long>> mostViewed() {
        return views.mostCommon(10);
    }

    long total() {
        return views.total();
    }

    void forget() {
        views.clear();
    }
}
