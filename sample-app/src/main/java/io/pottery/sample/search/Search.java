package io.pottery.sample.search;

import io.pottery.PotteryFactory;
import io.pottery.collection.CachedOrderedDict;
import io.pottery.collection.RedisDict;
import io.pottery.time.ContextTimer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Service;

/** Documents by their ids: those that Redis remembers, and the others from the catalogue. */
@Service
class Search {

    private final PotteryFactory pottery;
    private final Catalogue catalogue; // slow, as a database far away
    private final RedisDict<String, Doc> remembered;

    Search(PotteryFactory pottery, Catalogue catalogue) {
        this.pottery = pottery;
        this.catalogue = catalogue;
        this.remembered = pottery.dict("search-results", String.class, Doc.class);
    }

    /** In the order of their ids. What is missing is loaded in one go, and remembered. */
    Documents documents(List<String> ids) {
        try (ContextTimer timer = ContextTimer.started()) {
            CachedOrderedDict<String, Doc> documents =
                    pottery.cachedOrderedDict("search-results", String.class, Doc.class, ids, Duration.ofMinutes(5));
            Set<String> missing = documents.misses();
            documents.hydrate(catalogue::load);
            return new Documents(List.copyOf(documents.values()), missing, timer.elapsed());
        }
    }

    RedisDict<String, Doc> remembered() {
        return remembered;
    }
}
