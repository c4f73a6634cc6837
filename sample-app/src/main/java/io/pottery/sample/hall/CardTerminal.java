package io.pottery.sample.hall;

import io.pottery.PotteryFactory;
import io.pottery.collection.RedisCounter;
import io.pottery.sample.SampleProperties;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Takes people's money, and its time; nobody should pay for what somebody else has. */
@Component
public class CardTerminal {

    private final RedisCounter<String> paidForNothing;
    private final Duration time;

    CardTerminal(PotteryFactory pottery, SampleProperties properties) {
        paidForNothing = pottery.counter("paid-for-nothing", String.class);
        time = properties.paymentTime();
    }

    /** Has somebody pay. */
    void charge() throws InterruptedException {
        Thread.sleep(time.toMillis());
    }

    /** How often each seat was paid for by somebody who did not get it. */
    public RedisCounter<String> paidForNothing() {
        return paidForNothing;
    }
}
