package io.pottery.sample.tag;

import io.pottery.PotteryFactory;
import io.pottery.collection.RedisSet;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Service;

/** For each tag, the codes of the countries that have it. */
@Service
class Tags {

    private final PotteryFactory pottery;

    Tags(PotteryFactory pottery) {
        this.pottery = pottery;
    }

    /** With one hash tag, so that the sets lie together in a cluster, too. */
    RedisSet<String> countries(Tag tag) {
        return pottery.set("{tags}:" + tag.name(), String.class);
    }

    /** Made by Redis, which sends the result alone. */
    Set<String> combined(Operation operation, Tag one, Tag other) {
        RedisSet<String> a = countries(one);
        RedisSet<String> b = countries(other);
        return switch (operation) {
            case INTERSECTION -> a.intersection(b);
            case UNION -> a.union(b);
            case DIFFERENCE -> a.difference(b);
            case SYMMETRIC_DIFFERENCE -> a.symmetricDifference(b);
        };
    }

    List<Tag> of(String country) {
        return Tag.ALL.stream().filter(tag -> countries(tag).contains(country)).toList();
    }

    /** Adds what is known. The last tag tells that all are there; whoever adds them at the same time adds the same. */
    void fill() {
        if (countries(Tag.KNOWN.get(Tag.KNOWN.size() - 1)).isEmpty()) {
            Tag.KNOWN.forEach(tag -> countries(tag).addAll(tag.countries()));
        }
    }
}
