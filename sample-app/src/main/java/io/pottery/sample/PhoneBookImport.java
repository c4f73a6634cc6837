package io.pottery.sample;

import io.pottery.PotteryFactory;
import io.pottery.aop.CurrentLease;
import io.pottery.cache.RedisCacheEvict;
import io.pottery.collection.RedisDict;
import io.pottery.lock.Synchronized;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Service;

/** Puts whole files into the phone book: one at a time, however many applications share it. */
@Service
class PhoneBookImport {

    /**
     * What an import has done.
     *
     * @param fencingToken the number of the lease that it ran under; that of every later import is higher
     */
    record Imported(int added, int replaced, long fencingToken) {}

    private final RedisDict<String, String> phoneBook;

    PhoneBookImport(PotteryFactory pottery) {
        phoneBook = pottery.dict("phonebook", String.class, String.class);
    }

    /**
     * Stores all entries of {@code file}. {@code putAll} takes several steps for a large one, so that without the lock
     * two files at once would end up mixed. Single entries take no lock: what somebody adds or deletes between the
     * count and the last step is not in the numbers. The report is out of date then.
     */
    @RedisCacheEvict(key = "phonebook-report", allEntries = true)
    @Synchronized(key = "phonebook-import", autoReleaseTime = "10s", renew = true, timeout = "2s")
    Imported run(PhoneBookFile file) {
        Map<String, String> entries = file.entries();
        Set<String> replaced = new HashSet<>(phoneBook.toMap().keySet());
        replaced.retainAll(entries.keySet());
        phoneBook.putAll(entries);
        return new Imported(
                entries.size() - replaced.size(),
                replaced.size(),
                CurrentLease.get().fencingToken());
    }
}
