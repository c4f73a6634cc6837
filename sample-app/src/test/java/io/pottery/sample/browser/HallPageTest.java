package io.pottery.sample.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.pottery.PotteryFactory;
import io.pottery.lock.Lease;
import io.pottery.sample.SampleApplication;
import io.pottery.testredis.RedisServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;

/** Seats, the leases they are sold under, and the masters that grant these. */
@BrowserTest
class HallPageTest {

    @Autowired
    private PotteryFactory pottery;

    private BoxOffice boxOffice;

    @BeforeEach
    void emptyTheHall(@LocalServerPort int port) {
        boxOffice = new BoxOffice(port);
        boxOffice.emptyTheHall();
    }

    @AfterEach
    void startAllMasters() {
        boxOffice.startAllMasters();
    }

    @Test
    void aSeatIsBoughtByAClick(Page page) {
        Panel hall = page.panel("hall").click("Seat A1, free").awaitStatus("Seat A1 is Ada's: order \\d+");
        assertThat(hall.status()).containsPattern("fencing token [1-9]");
        hall.awaitText("#sales", "^1 of 60 seats is sold\\.$");
        hall.control("Seat A1, sold to Ada");
        assertThat(boxOffice.sold().path("A1").path("buyer").asString()).isEqualTo("Ada");
    }

    @Test
    void aSeatThatIsSoldIsSoldInEveryWindow(Page page) {
        Panel other = page.inAnotherWindow().panel("hall");
        other.control("Seat B2, free");
        page.panel("hall").enter("Your name", "Grace").click("Seat B2, free").awaitStatus("Seat B2 is Grace's");
        other.control("Seat B2, sold to Grace");
        other.awaitText("#sales", "^1 of 60");
        other.click("Seat B2, sold to Grace").awaitStatus("^Seat B2 is sold already: choose another one\\.$");
    }

    @Test
    void ofTwoWhoClickOnASeatAtOnceOneGetsIt(Page page) {
        List<Page> windows = List.of(page, page.inAnotherWindow());
        List<WebElement> seats = windows.stream()
                .map(window -> window.panel("hall").control("Seat C3, free"))
                .toList();
        Instant soon = Instant.now().plusMillis(300);
        windows.get(0).clickAt(soon, seats.get(0));
        windows.get(1).clickAt(soon, seats.get(1));
        windows.forEach(window ->
                window.panel("hall").awaitStatus("^Seat C3 is Ada's: order|^Seat C3 is sold already: choose"));
        assertThat(windows.stream().map(window -> window.panel("hall").status()))
                .satisfiesOnlyOnce(status -> assertThat(status).contains("is Ada's"))
                .satisfiesOnlyOnce(status -> assertThat(status).contains("is sold already"));
        assertThat(boxOffice.paidForNothing()).isZero();
    }

    @Test
    void theKeyboardIsEnough(Page page) {
        page.press(Keys.TAB);
        page.press(Keys.ENTER); // skips what comes before the hall
        page.tabTo("Your name").press("Alan").tabTo("Seat A1, free").press(Keys.ENTER);
        page.panel("hall").awaitStatus("Seat A1 is Alan's");
        page.press(Keys.TAB, Keys.SPACE);
        page.panel("hall").awaitStatus("Seat A2 is Alan's");
    }

    @Test
    void aHundredBuyersGetSixtySeats(Page page) {
        Panel hall = page.panel("hall");
        hall.click("100 buyers at once")
                .awaitStatus("^Of 100 people, 60 have a ticket, 40 found all seats sold\\.$")
                .awaitText("#sales", "^60 of 60 seats are sold\\.$");
        assertThat(boxOffice.paidForNothing()).isZero();
        hall.control("Seat F10, sold to "
                + boxOffice.sold().path("F10").path("buyer").asString());
    }

    @Test
    void withoutTheLockPeoplePayForSeatsThatOthersHave(Page page) {
        Panel hall = page.panel("hall").click("… without the lock").awaitStatus("Of 100 people");
        Matcher outcome = Pattern.compile("(\\d+) have paid for a seat that somebody else has")
                .matcher(hall.status());
        assertThat(outcome.find()).as(hall.status()).isTrue();
        assertThat(Integer.parseInt(outcome.group(1))).isPositive();
        hall.awaitText(
                "#sales",
                " %s (people have|person has) paid for a seat that somebody else has!$".formatted(outcome.group(1)));
    }

    @Test
    void aLeaseIsShownWhileItIsHeld(Page page) throws Exception {
        Panel hall = page.panel("hall").awaitText("#no-leases", "None");
        try (Lease lease = pottery.redlock("seat:D4").acquire()) {
            hall.awaitAny(
                    "#leases li", "^Seat D4 *\\d\\.\\d s left *fencing token %d$".formatted(lease.fencingToken()));
            hall.control("Seat D4, somebody is paying");
        }
        hall.awaitNo("#leases li").awaitText("#no-leases", "None");
        hall.control("Seat D4, free");
    }

    @Test
    void aMajorityOfTheMastersIsEnoughAndNeeded(Page page) {
        Panel hall = page.panel("hall");
        hall.click("Pause master 1").awaitText("#masters-status", "^Master 1 is paused\\.$");
        hall.awaitText("#master-1", "paused");
        hall.click("Stop master 2").awaitText("#masters-status", "^Master 2 is stopped\\.$");
        hall.awaitText("#master-2", "stopped");
        hall.click("Seat E5, free").awaitStatus("Seat E5 is Ada's");

        hall.click("Stop master 3").awaitText("#masters-status", "^Master 3 is stopped\\.$");
        hall.click("Seat E6, free").awaitStatus("3 of 5 masters failed, and 3 must answer");
        assertThat(boxOffice.sold().has("E6")).isFalse();

        Stream.of("Start master 1", "Start master 2", "Start master 3").forEach(hall::click);
        page.await(() -> assertThat(hall.texts("#masters .about")).hasSize(5).allMatch(about -> about.endsWith(" ms")));
        hall.click("Seat E6, free").awaitStatus("Seat E6 is Ada's");
    }

    @Test
    void aBuyerNeedsAName(Page page) {
        page.panel("hall")
                .enter("Your name", "")
                .click("Seat F6, free")
                .awaitStatus("^The name must not be empty\\.$")
                .awaitText("#sales", "^0 of 60");
        assertThat(boxOffice.sold().isEmpty()).isTrue();
    }

    @Test
    void thePageGoesOnWhenTheApplicationIsBack(Page page) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        try (RedisServer redis = RedisServer.start()) {
            Page elsewhere;
            try (ConfigurableApplicationContext application = start(port, redis)) {
                assertThat(application.isRunning()).isTrue();
                elsewhere = page.at("http://127.0.0.1:" + port);
                elsewhere.panel("hall").click("Seat A1, free").awaitStatus("Seat A1 is Ada's");
            }
            elsewhere.await(
                    () -> assertThat(elsewhere.<String>run("return document.getElementById('unreachable').textContent"))
                            .isEqualTo(
                                    "The application does not answer: is it still running? This page goes on when it does."));
            try (ConfigurableApplicationContext application = start(port, redis)) {
                assertThat(application.isRunning()).isTrue();
                new BoxOffice(port).sell(Map.of("B2", "Bob"));
                elsewhere.panel("hall").control("Seat B2, sold to Bob");
                assertThat(elsewhere.<Boolean>run("return document.getElementById('unreachable').hidden"))
                        .isTrue();
            }
        }
    }

    private static ConfigurableApplicationContext start(int port, RedisServer redis) {
        return SpringApplication.run(
                SampleApplication.class,
                "--server.port=" + port,
                "--spring.data.redis.url=redis://" + redis.host() + ":" + redis.port());
    }

    @Test
    void whatIsBehindItIsShown(Page page) {
        Panel hall = page.panel("hall")
                .awaitJava("^@Service\npublic class Hall ")
                .awaitJava("@Synchronized\\(key = \"seat:");
        hall.click("Seat F10, free").awaitStatus("Seat F10 is Ada's");
        hall.awaitCommand("^5 masters .*acquire\\.lua").awaitCommand("HEXISTS boxoffice:hall");
    }
}
