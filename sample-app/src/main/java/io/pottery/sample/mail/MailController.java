package io.pottery.sample.mail;

import io.pottery.sample.Input;
import io.pottery.sample.mail.PostOffice.Interruption;
import io.pottery.sample.mail.PostOffice.Sent;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Mails and postmen over HTTP. */
@RestController
@RequestMapping("/mail")
class MailController {

    private static final Logger LOG = LoggerFactory.getLogger(MailController.class);

    private static final int MOST_AT_ONCE = 100;

    /**
     * The mails and the postmen.
     *
     * @param waiting how many mails wait for a postman
     * @param sent those that were sent last, the latest first
     */
    record State(int waiting, List<AtWork> postmen, List<Delivered> sent) {}

    /**
     * A postman.
     *
     * @param mail what it is writing; null if it writes nothing
     * @param delivery the how manyth time that mail is delivered; 0 if it writes nothing
     */
    record AtWork(
            long number,
            long process,
            Desk.State state,
            @Nullable Mail mail,
            int delivery) {

        static AtWork of(long number, Desk desk) {
            return new AtWork(number, desk.process(), desk.state(), desk.mail(), desk.delivery());
        }
    }

    /**
     * A mail that was sent.
     *
     * @param delivery the how manyth time it was delivered
     * @param killed the numbers of those postmen who were killed over it
     */
    record Delivered(Mail mail, long postman, int delivery, List<Long> killed) {

        static Delivered of(Sent sent, List<Interruption> interruptions) {
            List<Long> killed = interruptions.stream()
                    .filter(each -> each.mail().equals(sent.mail().id()))
                    .map(Interruption::postman)
                    .sorted()
                    .toList();
            return new Delivered(sent.mail(), sent.postman(), sent.delivery(), killed);
        }
    }

    /** What somebody wants to be sent. */
    record Draft(@Nullable String to, @Nullable String subject) {}

    /** How many mails are to be put at once. */
    record Bulk(@Nullable Integer mails) {}

    /** The number of a postman. */
    record Numbered(long number) {}

    /**
     * A postman that is gone.
     *
     * @param mail what it was writing; null if it wrote nothing
     */
    record Gone(long number, @Nullable Mail mail) {}

    private final Mails mails;
    private final PostOffice office;
    private final Postmen postmen;

    MailController(Mails mails, PostOffice office, Postmen postmen) {
        this.mails = mails;
        this.office = office;
        this.postmen = postmen;
    }

    @GetMapping
    State state() {
        List<AtWork> atWork = office.desks().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(desk -> AtWork.of(desk.getKey(), desk.getValue()))
                .toList();
        List<Sent> sent = office.sent();
        List<Interruption> interruptions = office.interruptions();
        return new State(
                mails.waiting(),
                atWork,
                sent.stream().map(each -> Delivered.of(each, interruptions)).toList());
    }

    @PostMapping
    Mail put(@RequestBody Draft draft) {
        Mail mail = Mail.to(Input.address(draft.to()), Input.text("subject", draft.subject(), 100));
        put(List.of(mail));
        return mail;
    }

    @PostMapping("/bulk")
    Bulk put(@RequestBody Bulk bulk) {
        int count = Input.number("mails", bulk.mails(), MOST_AT_ONCE);
        put(IntStream.rangeClosed(1, count)
                .mapToObj(guest -> Mail.to("guest-" + guest + "@example.org", "Doors open at seven"))
                .toList());
        return bulk;
    }

    private void put(List<Mail> put) {
        try {
            mails.put(put);
        } catch (IllegalStateException full) {
            throw Input.wrong("A thousand mails can wait, and no more: have some written first.");
        }
    }

    /** Takes JSON alone, as every call that changes something, so that no form of another site can send it. */
    @PostMapping(path = "/postmen", consumes = MediaType.APPLICATION_JSON_VALUE)
    Numbered hire() {
        return new Numbered(postmen.hire());
    }

    @DeleteMapping("/postmen/{number}")
    Gone kill(@PathVariable long number) throws InterruptedException {
        Desk desk = postmen.kill(number);
        return new Gone(number, desk == null ? null : desk.mail());
    }

    @ExceptionHandler
    ProblemDetail notStarted(UncheckedIOException failure) {
        LOG.warn(failure.getMessage(), failure.getCause());
        return ProblemDetail.forStatusAndDetail(
                HttpStatus.SERVICE_UNAVAILABLE, "No postman could be started: the application's log says why.");
    }
}
