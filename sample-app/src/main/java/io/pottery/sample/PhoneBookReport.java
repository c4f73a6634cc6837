package io.pottery.sample;

import io.pottery.PotteryFactory;
import io.pottery.cache.RedisCacheable;
import io.pottery.collection.RedisDict;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Service;

/** What the phone book is as a whole, counted once for all who ask within half a minute. */
@Service
class PhoneBookReport {

    /**
     * What was counted.
     *
     * @param byInitial how many names begin with each letter
     * @param counted when
     */
    record Report(int entries, Map<String, Integer> byInitial, Instant counted) {}

    private final RedisDict<String, String> phoneBook;
    private final InstantSource clock = InstantSource.system();

    PhoneBookReport(PotteryFactory pottery) {
        phoneBook = pottery.dict("phonebook", String.class, String.class);
    }

    /** Reads all names. Single entries that are added or deleted show when the report is counted again. */
    @RedisCacheable(key = "phonebook-report", ttl = "30s", sync = true)
    Report report() {
        Map<String, Integer> byInitial = new TreeMap<>();
        for (String name : phoneBook.keySet()) {
            byInitial.merge(initial(name), 1, Integer::sum);
        }
        int entries = byInitial.values().stream().mapToInt(Integer::intValue).sum();
        return new Report(entries, byInitial, clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }

    private static String initial(String name) {
        return Character.toString(Character.toUpperCase(name.codePointAt(0)));
    }
}
