package io.pottery.sample.search;

import io.pottery.sample.search.Entry.Rank;
import io.pottery.sample.world.Country;
import io.pottery.sample.world.Plain;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Countries, currencies and time zones: found at once, and loaded as slowly as from a database far away. */
@Component
class Catalogue {

    private static final Duration LOAD = Duration.ofMillis(300);

    private static final Pattern REGION =
            Pattern.compile("(Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific)/.*");

    /** Made when they are first looked for: a start should not wait for all the names. */
    private static final class Entries {

        private static final Map<String, Entry> BY_ID = Stream.of(
                        Country.all().stream().map(Entry::of),
                        Currency.getAvailableCurrencies().stream().map(Entry::of),
                        ZoneId.getAvailableZoneIds().stream()
                                .filter(id -> REGION.matcher(id).matches())
                                .map(Entry::ofZone))
                .flatMap(Function.identity())
                .collect(Collectors.toMap(Entry::id, Function.identity(), (one, other) -> one, TreeMap::new));
    }

    /** The ids of all countries. */
    List<String> countries() {
        return Entries.BY_ID.keySet().stream()
                .filter(id -> id.startsWith("country:"))
                .toList();
    }

    /** Whether there is something with this id. */
    boolean has(String id) {
        return Entries.BY_ID.containsKey(id);
    }

    /** What {@code id} is called; the id itself if nothing is known about it. */
    String nameOf(String id) {
        Entry entry = Entries.BY_ID.get(id);
        return entry == null ? id : entry.name();
    }

    /** The ids of what people may mean by {@code text}, the best first. */
    List<String> find(String text) {
        String plain = Plain.of(text);
        if (plain.isEmpty()) {
            return List.of();
        }
        Map<Entry, Rank> ranks = Entries.BY_ID.values().stream()
                .collect(Collectors.toMap(Function.identity(), entry -> entry.rank(plain)));
        return ranks.entrySet().stream()
                .filter(ranked -> ranked.getValue() != Rank.NOT)
                .sorted(Map.Entry.<Entry, Rank>comparingByValue()
                        .thenComparing(ranked -> Plain.of(ranked.getKey().name()))
                        .thenComparing(ranked -> ranked.getKey().id()))
                .map(ranked -> ranked.getKey().id())
                .toList();
    }

    /** Loads the documents with these ids, in one go. */
    Map<String, Doc> load(Set<String> ids) {
        try {
            Thread.sleep(LOAD.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while loading " + ids, e);
        }
        return ids.stream()
                .map(Entries.BY_ID::get)
                .filter(entry -> entry != null)
                .map(Entry::load)
                .collect(Collectors.toMap(Doc::id, Function.identity()));
    }
}
