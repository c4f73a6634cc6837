package io.pottery.sample.mail;

import io.pottery.sample.newsletter.Subscribed;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Welcomes those who subscribe to the newsletter. */
@Component
class WelcomeMails {

    private static final Logger LOG = LoggerFactory.getLogger(WelcomeMails.class);

    private final Mails mails;

    WelcomeMails(Mails mails) {
        this.mails = mails;
    }

    @EventListener
    void welcome(Subscribed subscribed) {
        try {
            mails.put(List.of(Mail.to(subscribed.address(), "Welcome to the newsletter")));
        } catch (IllegalStateException full) {
            LOG.info("A new subscriber is not welcomed: {}", full.getMessage());
        }
    }
}
