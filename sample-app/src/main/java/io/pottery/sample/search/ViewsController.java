package io.pottery.sample.search;

import io.pottery.sample.Input;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Views of documents over HTTP. */
@RestController
@RequestMapping("/views")
class ViewsController {

    /** All views, and the documents that were viewed most. */
    record State(long total, List<Viewed> mostViewed) {}

    /** A document and how often it was viewed. */
    record Viewed(String id, String name, long views) {}

    /** Which document somebody views. */
    record Wish(@Nullable String id) {}

    /** A document that somebody views, and how often it was viewed so far. */
    record View(Doc document, long views) {}

    /**
     * What came of many views at once.
     *
     * @param views how many they were
     * @param before how many had been counted before
     * @param after how many have been counted since
     */
    record Rush(long views, long before, long after) {}

    private final Views views;
    private final Readers readers;
    private final Search search;
    private final Catalogue catalogue;

    ViewsController(Views views, Readers readers, Search search, Catalogue catalogue) {
        this.views = views;
        this.readers = readers;
        this.search = search;
        this.catalogue = catalogue;
    }

    @GetMapping
    State state() {
        return new State(
                views.total(),
                views.mostViewed().stream()
                        .map(viewed ->
                                new Viewed(viewed.getKey(), catalogue.nameOf(viewed.getKey()), viewed.getValue()))
                        .toList());
    }

    @PostMapping
    View view(@RequestBody Wish wish) {
        String id = Input.text("id", wish.id(), 100);
        if (!catalogue.has(id)) {
            throw Input.wrong("There is nothing called '%s' in the catalogue.".formatted(id));
        }
        Doc document = search.documents(List.of(id)).documents().get(0);
        return new View(document, views.view(id));
    }

    @PostMapping(path = "/rush", consumes = MediaType.APPLICATION_JSON_VALUE)
    Rush rush() throws InterruptedException {
        long before = views.total();
        return new Rush(readers.view(), before, views.total());
    }

    @DeleteMapping
    State forget() {
        views.forget();
        return state();
    }
}
