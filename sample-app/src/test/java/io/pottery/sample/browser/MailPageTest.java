package io.pottery.sample.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.pottery.PotteryFactory;
import io.pottery.collection.RedisDeque;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Mails, and postmen who are processes. */
@BrowserTest
class MailPageTest {

    /** So many that a postman writes for seconds, in which it is killed. */
    private static final List<String> GUESTS = Stream.of("ada", "alan", "bob", "eve", "grace", "joe")
            .map(name -> name + "@example.org")
            .toList();

    private BoxOffice boxOffice;

    @BeforeEach
    void empty(@LocalServerPort int port, @Autowired PotteryFactory pottery) {
        boxOffice = new BoxOffice(port);
        boxOffice.emptyThePanels();
        pottery.queue("mails", String.class).clear();
        Stream.of("mails-sent", "mails-interruptions")
                .map(name -> pottery.deque(name, String.class))
                .forEach(RedisDeque::clear);
    }

    @AfterEach
    void killThePostmen() {
        boxOffice.killThePostmen();
    }

    @Test
    void aPostmanSendsAMail(Page page) {
        Panel mail = page.panel("mail").awaitText("#mail-waiting", "^The queue is empty\\.$");
        mail.click("Put a mail into the queue").awaitStatus("^The mail to ada@example.org is in the queue\\.$");
        mail.awaitText("#mail-waiting", "^In the queue: 1 mail, and nobody works\\.");
        mail.awaitText("#no-mails-sent", "^None yet\\.$");
        String postman = hire(mail);
        mail.awaitText("#postmen li", "^" + postman);
        mail.awaitText("#mails-sent li", "^To ada@example.org: Your ticket by %s$".formatted(postman));
        mail.awaitText("#mail-waiting", "^The queue is empty\\.$");
        mail.awaitText("#postmen .about", "^waits for a mail$");
        mail.click("Kill " + postman).awaitStatus("^%s was killed, and had nothing in hand\\.$".formatted(postman));
        mail.awaitNo("#postmen li").awaitText("#no-postmen", "^Nobody works here yet");
    }

    @Test
    void aMailOfAPostmanWhoIsKilledIsSentByAnother(Page page) {
        Panel mail = page.panel("mail");
        GUESTS.forEach(boxOffice::putMail);
        mail.awaitText("#mail-waiting", "^In the queue: %d mails, and nobody works\\.".formatted(GUESTS.size()));
        String killed = hire(mail);
        mail.awaitText("#postmen .about", "^writes to \\w+@example.org, delivery 1$");
        mail.click("Kill " + killed).awaitStatus("^%s was killed over the mail to ".formatted(killed));

        String other = hire(mail);
        mail.awaitAny(
                "#mails-sent li", "by %s delivered twice, because %s was killed over it$".formatted(other, killed));
        page.await(() -> assertThat(mail.texts("#mails-sent .to"))
                .containsAll(GUESTS.stream().map("To %s:"::formatted).toList()));
        mail.awaitText("#mail-waiting", "^The queue is empty\\.$");
        mail.awaitCommand("boxoffice:mails").awaitJava("^@Service\nclass Mails ");
        assertThat(Axe.violations(page, "#mail")).as("what axe has found").isEmpty();
    }

    @Test
    void aMailWithoutAnAddressIsRefused(Page page) {
        Panel mail = page.panel("mail").enter("Address", "ada").click("Put a mail into the queue");
        mail.awaitStatus("^An e-mail address has one @");
        mail.enter("Address", "ada@example.org").enter("Subject", "").click("Put a mail into the queue");
        mail.awaitStatus("^The subject must not be empty\\.$").awaitText("#mail-waiting", "^The queue is empty\\.$");
        mail.click("20 mails").awaitStatus("^20 mails are in the queue\\.$");
        mail.awaitText("#mail-waiting", "^In the queue: 20 mails, and nobody works\\.");
    }

    @Test
    void whoSubscribesToTheNewsletterGetsAMail(Page page) {
        page.panel("newsletter").click("Subscribe").awaitStatus("^ada@example.org is subscribed, and a mail says so");
        page.panel("mail").awaitText("#mail-waiting", "^In the queue: 1 mail, ");
    }

    /** Hires a postman, and returns what it is called. */
    private static String hire(Panel mail) {
        mail.click("Hire a postman").awaitStatus("^Postman \\d+ is hired, ");
        return mail.status().replaceFirst(" is hired.*", "");
    }
}
