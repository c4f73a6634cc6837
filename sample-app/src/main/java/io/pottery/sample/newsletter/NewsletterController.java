package io.pottery.sample.newsletter;

import io.pottery.sample.Input;
import io.pottery.sketch.BloomFilter;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The newsletter over HTTP. */
@RestController
@RequestMapping("/newsletter")
class NewsletterController {

    private static final int MOST = 10_000;
    private static final int STEP = 1_000;

    /**
     * What the filter is like.
     *
     * @param subscribers about how many there are
     * @param expected for how many subscribers it was made
     * @param bytes what Redis keeps of them all
     */
    record State(long subscribers, long expected, long bytes) {}

    /** Who subscribes. */
    record Subscription(@Nullable String address) {}

    /** Whether a subscription was new. */
    record Outcome(String address, boolean isNew) {}

    /** Whether an address may be subscribed. */
    record Found(String address, boolean perhaps) {}

    /** So many made-up people. */
    record Crowd(@Nullable Integer people) {}

    /**
     * How often the filter is wrong about those who are not subscribed.
     *
     * @param strangers how many it was asked about
     * @param mistaken for how many of them it said "yes"
     * @param now which part of them that should have been, as full as the filter is
     * @param promised which part of them that is when the filter is as full as it was made for
     */
    record Mistakes(int strangers, long mistaken, double now, double promised) {}

    private final Newsletter newsletter;
    private final BloomFilter<String> subscribers;

    NewsletterController(Newsletter newsletter) {
        this.newsletter = newsletter;
        this.subscribers = newsletter.subscribers();
    }

    @GetMapping
    State state() {
        Long bytes = subscribers.redis().opsForValue().size(subscribers.key());
        return new State(
                subscribers.approximateSize(),
                subscribers.options().numElements(),
                Objects.requireNonNullElse(bytes, 0L));
    }

    @GetMapping("/subscribers")
    Found find(@RequestParam(required = false) @Nullable String address) {
        String asked = Input.address(address);
        return new Found(asked, newsletter.mayHave(asked));
    }

    @PostMapping("/subscribers")
    Outcome subscribe(@RequestBody Subscription subscription) {
        String address = Input.address(subscription.address());
        return new Outcome(address, newsletter.subscribe(address));
    }

    @PostMapping("/crowd")
    State subscribe(@RequestBody Crowd crowd) {
        int people = Input.number("people", crowd.people(), MOST);
        for (int left = people; left > 0; left -= STEP) {
            newsletter.subscribeAll(madeUp("reader-%s@example.com", Math.min(left, STEP)));
        }
        return state();
    }

    @GetMapping("/mistakes")
    Mistakes mistakes() {
        long mistaken = 0;
        for (int asked = 0; asked < MOST; asked += STEP) {
            List<Boolean> answers = subscribers.containsMany(madeUp("stranger-%s@example.org", STEP));
            mistaken += Collections.frequency(answers, true);
        }
        return new Mistakes(
                MOST,
                mistaken,
                subscribers.expectedFalsePositiveRate(),
                subscribers.options().falsePositives());
    }

    @DeleteMapping
    State forget() {
        subscribers.clear();
        return state();
    }

    private static List<String> madeUp(String address, int number) {
        return Stream.generate(() -> address.formatted(UUID.randomUUID()))
                .limit(number)
                .toList();
    }
}
