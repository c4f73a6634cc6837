package io.pottery.sample.visitor;

import io.pottery.PotteryFactory;
import io.pottery.key.RedisContainer;
import io.pottery.sample.Input;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The number of visitors over HTTP. */
@RestController
@RequestMapping("/unique")
class UniqueController {

    private static final int MOST = 10_000;
    private static final int COMES_TWICE = 5;

    /**
     * How many there were.
     *
     * @param estimate what the HyperLogLog says
     * @param exact what is true
     * @param bytes what Redis keeps of the HyperLogLog
     */
    record Count(long estimate, long exact, long bytes) {}

    /** So many people, every fifth of whom comes in twice. */
    record Crowd(@Nullable Integer people) {}

    /** Whether somebody may have been counted. */
    record Seen(String name, boolean perhaps) {}

    private final UniqueVisitors unique;
    private final HeadCount heads;
    private final RedisContainer stored;

    UniqueController(UniqueVisitors unique, HeadCount heads, PotteryFactory pottery) {
        this.unique = unique;
        this.heads = heads;
        this.stored = pottery.hyperLogLog("unique-visitors", String.class);
    }

    @GetMapping
    Count count() {
        Long bytes = stored.redis().opsForValue().size(stored.key());
        return new Count(unique.number(), heads.number(), Objects.requireNonNullElse(bytes, 0L));
    }

    @PostMapping("/crowd")
    Count walkIn(@RequestBody Crowd crowd) {
        int people = Input.number("people", crowd.people(), MOST);
        long last = heads.countTickets(people);
        List<String> tickets = LongStream.rangeClosed(last - people + 1, last)
                .mapToObj(number -> "ticket " + number)
                .toList();
        Stream<String> again = tickets.stream().limit(people / COMES_TWICE);
        unique.countAll(Stream.concat(tickets.stream(), again).toList());
        return count();
    }

    @GetMapping("/seen")
    Seen seen(@RequestParam(required = false) @Nullable String name) {
        String visitor = Input.text("name", name, 40);
        return new Seen(visitor, unique.mayHaveCounted(visitor));
    }

    @DeleteMapping
    Count forget() {
        unique.forget();
        heads.forget();
        return count();
    }
}
