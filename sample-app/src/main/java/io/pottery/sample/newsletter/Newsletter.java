package io.pottery.sample.newsletter;

import io.pottery.PotteryFactory;
import io.pottery.sketch.BloomFilter;
import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/** Who is subscribed already. */
@Service
class Newsletter {

    private final BloomFilter<String> subscribers;
    private final ApplicationEventPublisher events;

    Newsletter(PotteryFactory pottery, ApplicationEventPublisher events) {
        subscribers = pottery.bloomFilter("subscribers", String.class, 100_000, 0.01);
        this.events = events;
    }

    /** "No" is certain; "yes" is wrong about one stranger in a hundred. */
    boolean mayHave(String address) {
        return subscribers.mightContain(address);
    }

    /** Whether the address is new; a mail greets it then. */
    boolean subscribe(String address) {
        boolean isNew = subscribers.add(address);
        if (isNew) {
            events.publishEvent(new Subscribed(address));
        }
        return isNew;
    }

    /** All of them in one step, and without mails. */
    void subscribeAll(List<String> addresses) {
        subscribers.addAll(addresses);
    }

    BloomFilter<String> subscribers() {
        return subscribers;
    }
}
