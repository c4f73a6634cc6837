package io.pottery.sample.search;

import io.pottery.sample.Input;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The search over HTTP. */
@RestController
@RequestMapping("/search")
class SearchController {

    private static final int MOST = 20;

    /** What somebody looks for. */
    record Query(@Nullable String text) {}

    /**
     * What was found, the best first.
     *
     * @param more how many were found beyond those that are here
     * @param millis how long it took to get the documents
     */
    record Found(List<Result> results, int more, double millis) {}

    /** A document, and whether Redis had it. */
    record Result(Doc document, boolean fromRedis) {}

    /**
     * What Redis remembers.
     *
     * @param secondsLeft when it forgets; null if there is nothing to forget
     */
    record Remembered(int documents, @Nullable Long secondsLeft) {}

    private final Search search;
    private final Catalogue catalogue;

    SearchController(Search search, Catalogue catalogue) {
        this.search = search;
        this.catalogue = catalogue;
    }

    @PostMapping
    Found find(@RequestBody Query query) {
        List<String> ids = catalogue.find(Input.text("search", query.text(), 100));
        if (ids.isEmpty()) {
            return new Found(List.of(), 0, 0);
        }
        List<String> best = ids.subList(0, Math.min(ids.size(), MOST));
        Documents documents = search.documents(best);
        return new Found(
                documents.documents().stream()
                        .map(document ->
                                new Result(document, !documents.missing().contains(document.id())))
                        .toList(),
                ids.size() - best.size(),
                documents.took().toNanos() / 1e6);
    }

    @GetMapping
    Remembered remembered() {
        return new Remembered(
                search.remembered().size(),
                search.remembered().timeToLive().map(Duration::toSeconds).orElse(null));
    }

    @DeleteMapping
    Remembered forget() {
        search.remembered().clear();
        return remembered();
    }
}
