package io.pottery.sample.mail;

import io.pottery.PotteryFactory;
import io.pottery.collection.RedisCounter;
import io.pottery.collection.RedisDeque;
import io.pottery.collection.RedisDict;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What postmen and the page tell each other, by way of Redis. */
@Component
class PostOffice {

    private static final int KEPT = 20;

    /** A mail that was written, by postman number {@code postman}. */
    record Sent(Mail mail, long postman, int delivery) {}

    /** That postman number {@code postman} ended over a mail. */
    record Interruption(String mail, long postman) {}

    private final RedisCounter<String> hired;
    private final RedisDict<Long, Desk> desks;
    private final RedisDeque<Sent> sent;
    private final RedisDeque<Interruption> interruptions;

    PostOffice(PotteryFactory pottery) {
        hired = pottery.counter("mails-hired", String.class);
        desks = pottery.dict("mails-desks", Long.class, Desk.class);
        sent = pottery.deque("mails-sent", Sent.class, KEPT);
        interruptions = pottery.deque("mails-interruptions", Interruption.class, 5 * KEPT);
    }

    /** A number for a postman that no other one has, or has had. */
    long nextNumber() {
        return hired.increment("postmen");
    }

    /** Says what postman {@code number} is doing. */
    void show(long number, Desk desk) {
        desks.set(number, desk);
    }

    /** Clears the desk of postman {@code number}, who leaves in good order. */
    void leave(long number) {
        desks.remove(number);
    }

    /** Clears the desk of a postman that is gone, and returns it as it was left; null if it was clear. */
    @Nullable
    Desk clear(long number) {
        Desk left = desks.remove(number);
        if (left != null && left.mail() != null) {
            interruptions.addFirst(new Interruption(left.mail().id(), number));
        }
        return left;
    }

    /** Notes that postman {@code number} has written a mail. */
    void sent(long number, Mail mail, int delivery) {
        sent.addFirst(new Sent(mail, number, delivery));
    }

    Map<Long, Desk> desks() {
        return desks.toMap();
    }

    /** The mails that were sent last, the latest first. */
    List<Sent> sent() {
        return List.copyOf(sent);
    }

    /** Who ended over a mail lately, the latest first. */
    List<Interruption> interruptions() {
        return List.copyOf(interruptions);
    }
}
