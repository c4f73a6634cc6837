package io.pottery.sample.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.pottery.PotteryFactory;
import io.pottery.lock.Lease;
import io.pottery.lock.RedlockOptions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The whole page, on large and small screens, by day and by night, while it is used. */
@BrowserTest
class PageLooksTest {

    private static final String SEAT = "A3";
    private static final String LONG_NAME = "a man whose name has 40 letters or so, I";
    private static final String NAMELESS = """
            const named = one => one.ariaLabel || one.labels?.[0]?.textContent.trim()
              || !one.hasAttribute('tabindex') && one.textContent.trim();
            return [...document.querySelectorAll('a, button, input, select, textarea, summary, [tabindex]')]
              .filter(control => control.checkVisibility() && !named(control))
              .map(control => control.outerHTML);
            """;

    private BoxOffice boxOffice;

    @BeforeEach
    void empty(@LocalServerPort int port) {
        boxOffice = new BoxOffice(port);
        boxOffice.emptyThePanels();
    }

    @AfterEach
    void startAllMasters() {
        boxOffice.startAllMasters();
    }

    @Test
    void everybodyCanUseIt(Page page, @Autowired PotteryFactory pottery) throws Exception {
        use(page);
        boxOffice.stopMaster(4);
        RedlockOptions renewed = RedlockOptions.defaults().withRenewal();
        try (Lease lease = pottery.redlock("seat:" + SEAT, renewed).acquire()) {
            Panel hall = page.panel("hall").click("Seat A1, sold to Ada").awaitStatus("sold already");
            hall.awaitAny("#leases li", "Seat " + SEAT).awaitText("#master-4", "stopped");
            hall.awaitCommand("redlock:boxoffice:seat:" + SEAT);
            assertLooksGood(page.resize(1280, 900).prefer("light"), 1280);
            assertLooksGood(page.resize(390, 900).prefer("dark"), 390);
            assertThat(lease.isValid()).isTrue();
        }
    }

    @Test
    void theConsoleHasNoErrors(Page page) {
        List<String> panels = page.run("return [...document.querySelectorAll('[data-source]')].map(panel => panel.id)");
        panels.forEach(panel -> page.panel(panel).awaitJava("class "));
        assertThat(page.errors()).isEmpty();
    }

    private void use(Page page) {
        boxOffice.sell(Map.of("A1", "Ada", "A2", LONG_NAME));
        boxOffice.post("/views/rush", "{}");
        boxOffice.post("/visitors", "{\"name\": \"%s\"}".formatted(LONG_NAME));
        boxOffice.post("/unique/crowd", "{\"people\": 1000}");
        boxOffice.post("/newsletter/crowd", "{\"people\": 1000}");
        boxOffice.putMail("ada@example.org");
        clickAbout(page);
    }

    /** For what is shown only to whoever clicks. */
    private static void clickAbout(Page page) {
        page.panel("orders").enter("People", "100").click("Draw numbers");
        page.panel("search").click("Search");
        page.panel("report").click("Show the report");
        page.panel("newsletter").click("How often is it wrong?");
        page.panel("visitors").enter("Your name", "").click("Sign in").awaitStatus("must not be empty");
        page.panel("views")
                .awaitText("#all-views", "^1,000 views")
                .click("View " + page.panel("views").text(".name"));
        page.panel("views").awaitStatus("was viewed");
        page.panel("newsletter").awaitStatus("^Of 10,000 people");
        page.panel("orders").awaitText("#drawn", "\\d");
        page.panel("search").awaitAny("#results .origin", "from the catalogue").click("Search");
        page.panel("search").awaitStatus("all from Redis");
        page.panel("report").awaitStatus("had to be counted").click("The chart as a table");
        page.panel("report").click("Show the report").awaitStatus("was remembered");
        page.panel("tags").awaitPicture("With both");
    }

    private static void assertLooksGood(Page page, int width) {
        assertThat(page.<Long>run("return document.documentElement.scrollWidth"))
                .as("width of the page")
                .isEqualTo(width);
        assertThat(page.<List<String>>run(NAMELESS))
                .as("controls that have no name")
                .isEmpty();
        assertThat(Axe.violations(page))
                .as("what axe has found at %d px", width)
                .isEmpty();
    }
}
