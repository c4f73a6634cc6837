package io.pottery.sample.tag;

import io.pottery.sample.Input;
import io.pottery.sample.world.Country;
import io.pottery.sample.world.Plain;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Tags of countries over HTTP. */
@RestController
@RequestMapping("/tags")
class TagsController {

    /** What there is to choose from. */
    record Choice(List<Tag> tags, List<String> countries) {}

    /**
     * What two tags make together.
     *
     * @param countries by name
     * @param onlyA how many have the first tag, and not the second
     * @param both how many have both
     * @param onlyB how many have the second tag, and not the first
     */
    record Combined(List<String> countries, int onlyA, int both, int onlyB) {}

    /** A country and its tags. */
    record Tagged(String code, String name, List<String> tags) {}

    /** Which country somebody likes. */
    record Favourite(@Nullable String country) {}

    private final Tags tags;

    TagsController(Tags tags) {
        this.tags = tags;
    }

    @GetMapping
    Choice choice() {
        return new Choice(Tag.ALL, Country.all().stream().map(Country::name).toList());
    }

    @GetMapping("/combined")
    Combined combined(
            @RequestParam(required = false) @Nullable String a,
            @RequestParam(required = false) @Nullable String operation,
            @RequestParam(required = false) @Nullable String b) {
        Tag one = Tag.of("first tag", a);
        Operation chosen = Operation.of(operation);
        Tag other = Tag.of("second tag", b);
        tags.fill();
        List<String> countries = names(tags.combined(chosen, one, other));
        int both = chosen == Operation.INTERSECTION
                ? countries.size()
                : tags.combined(Operation.INTERSECTION, one, other).size();
        return new Combined(
                countries,
                Math.max(0, tags.countries(one).size() - both),
                both,
                Math.max(0, tags.countries(other).size() - both));
    }

    @GetMapping("/of")
    Tagged of(@RequestParam(required = false) @Nullable String country) {
        return tagged(require(country));
    }

    @PostMapping("/favourites")
    Tagged add(@RequestBody Favourite favourite) {
        Country country = require(favourite.country());
        tags.countries(Tag.FAVOURITES).add(country.code());
        return tagged(country);
    }

    @DeleteMapping("/favourites")
    Tagged remove(@RequestParam(required = false) @Nullable String country) {
        Country disliked = require(country);
        tags.countries(Tag.FAVOURITES).remove(disliked.code());
        return tagged(disliked);
    }

    private Tagged tagged(Country country) {
        tags.fill();
        return new Tagged(
                country.code(),
                country.name(),
                tags.of(country.code()).stream().map(Tag::label).toList());
    }

    private static Country require(@Nullable String name) {
        String country = Input.text("country", name, 60);
        return Country.called(country)
                .orElseThrow(() -> Input.wrong("There is no country called '%s'.".formatted(country)));
    }

    private static List<String> names(Collection<String> codes) {
        return codes.stream()
                .map(code -> Country.withCode(code).map(Country::name).orElse(code))
                .sorted(Comparator.comparing(Plain::of))
                .toList();
    }
}
