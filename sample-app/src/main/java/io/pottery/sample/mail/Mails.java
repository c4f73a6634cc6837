package io.pottery.sample.mail;

import io.pottery.PotteryFactory;
import io.pottery.queue.Delivery;
import io.pottery.queue.QueueOptions;
import io.pottery.queue.RedisSimpleQueue;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Service;

/** The mails that wait for somebody to write them. */
@Service
class Mails {

    private final RedisSimpleQueue<Mail> queue;

    Mails(PotteryFactory pottery) {
        QueueOptions options = QueueOptions.defaults().withCapacity(1_000).withVisibilityTimeout(Duration.ofSeconds(5));
        queue = pottery.queue("mails", pottery.json(Mail.class), options);
    }

    /** Returns when Redis has the mails: they will be delivered. Throws if there is no room for all of them. */
    void put(List<Mail> mails) {
        queue.addAll(mails);
    }

    /** What a postman does. Killed before ack(), it is silent: another gets it. */
    void deliver(Postman postman) throws InterruptedException {
        try (Delivery<Mail> delivery = queue.receive()) { // waits for one
            postman.write(delivery.element(), delivery.deliveryCount()); // takes its time
            delivery.ack();
        }
    }

    /** How many no postman has in hand. */
    int waiting() {
        return queue.size();
    }
}
