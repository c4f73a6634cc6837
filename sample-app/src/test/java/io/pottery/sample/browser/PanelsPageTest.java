package io.pottery.sample.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The panels between the order numbers and the mails, one after the other, as people use them. */
@BrowserTest
class PanelsPageTest {

    private static final Pattern NUMBER = Pattern.compile("\\d[\\d,]*");

    private BoxOffice boxOffice;

    @BeforeEach
    void emptyThePanels(@LocalServerPort int port) {
        boxOffice = new BoxOffice(port);
        boxOffice.emptyThePanels();
    }

    @Test
    void whatIsLookedForAgainComesFromRedis(Page page) {
        Panel search = page.panel("search").awaitText("#remembered", "^Redis remembers no results\\.$");
        search.click("Search").awaitStatus("^\\d+, all from the catalogue, in \\d+\\.\\d ms\\.$");
        List<String> found = search.texts("#results strong");
        assertThat(found).startsWith("Guinea").contains("Equatorial Guinea", "Papua New Guinea");
        assertThat(search.texts("#results .origin")).hasSameSizeAs(found).containsOnly("from the catalogue");
        search.awaitText("#remembered", "^Redis remembers %d documents, until ".formatted(found.size()));

        search.click("Search").awaitStatus("^%d, all from Redis, in ".formatted(found.size()));
        assertThat(search.texts("#results strong")).isEqualTo(found);
        assertThat(search.texts("#results .origin")).hasSameSizeAs(found).containsOnly("from Redis");
        search.awaitCommand("boxoffice:search-results").awaitJava("^@Service\nclass Search ");

        search.click("Forget all results").awaitStatus("^All results are forgotten: ");
        search.awaitText("#remembered", "^Redis remembers no results\\.$");
        search.click("Search").awaitStatus("^\\d+, all from the catalogue, ");
    }

    @Test
    void whatIsNearWhatRedisRemembersIsLoadedInPart(Page page) {
        Panel search = page.panel("search").enter("Search for", "guinean franc").click("Search");
        search.awaitStatus("^1, all from the catalogue, ");
        search.enter("Search for", "franc").click("Search");
        search.awaitStatus("^\\d+, 1 from Redis and \\d+ from the catalogue, ");
        assertThat(search.texts("#results li"))
                .hasSizeGreaterThan(10)
                .filteredOn(result -> result.contains("from Redis"))
                .singleElement()
                .asString()
                .startsWith("Guinean Franc Currency from Redis");
    }

    @Test
    void whatCannotBeFoundIsSaid(Page page) {
        Panel search = page.panel("search").enter("Search for", "").click("Search");
        search.awaitStatus("^The search must not be empty\\.$");
        search.enter("Search for", "xyzzy").click("Search").awaitStatus("^Nothing has that in its name or code: ");
        search.awaitNo("#results li");
    }

    @Test
    void aViewIsCountedInEveryWindow(Page page) {
        Panel other = page.inAnotherWindow().panel("views").awaitText("#all-views", "^Nobody has viewed anything yet");
        Panel search = page.panel("search").click("Search");
        search.click("View Guinea, Country").awaitStatus("^Guinea was viewed once so far\\.$");
        page.panel("views").awaitText("#viewed", "^Guinea Country");
        other.awaitText("#all-views", "^One view in all\\.$").awaitText("#most-viewed .name", "^Guinea$");

        other.click("View Guinea").awaitStatus("^Guinea was viewed 2 times so far\\.$");
        Panel views = page.panel("views").awaitText("#all-views", "^2 views in all\\.$");
        assertThat(views.texts("#most-viewed .count")).containsExactly("2");
    }

    @Test
    void ofAThousandViewsAtOnceNoneIsLost(Page page) {
        Panel views = page.panel("views").click("1,000 views at once");
        views.awaitStatus("^1,000 views counted, none lost: 0 before, 1,000 after\\.$");
        views.awaitText("#all-views", "^1,000 views in all\\.$");
        assertThat(views.texts("#most-viewed .count"))
                .hasSize(10)
                .extracting(Integer::valueOf)
                .isSortedAccordingTo(Comparator.reverseOrder());
        views.awaitCommand("boxoffice:views").awaitJava("^@Service\nclass Views ");

        views.click("Forget all views").awaitStatus("^All views are forgotten\\.$");
        views.awaitText("#all-views", "^Nobody has viewed anything yet\\.$").awaitNo("#most-viewed li");
    }

    @Test
    void twoTagsAreCombined(Page page) {
        Panel tags = page.panel("tags").awaitPicture("^Countries with only French: \\d+\\. With both: ");
        tags.choose("Tag A", "German").choose("Tag B", "Euro");
        tags.awaitText("#combined-status", "^\\d+ countries have both German and Euro\\.$");
        tags.awaitPicture("^Countries with only German: \\d+\\. With both: \\d+\\. With only Euro: \\d+\\.$");
        List<Integer> counts = numbers(tags.picture());
        int both = counts.get(1);
        tags.awaitText("#combined-status", "^%d countries ".formatted(both));
        assertThat(countries(tags)).hasSize(both).contains("Austria", "Germany").doesNotContain("Switzerland");

        tags.choose("Countries that have", "A or B, or both");
        int all = counts.stream().mapToInt(Integer::intValue).sum();
        tags.awaitText("#combined-status", "^%d countries have German or Euro, or both\\.$".formatted(all));
        assertThat(countries(tags)).hasSize(all).contains("Austria", "Finland", "Switzerland");

        tags.choose("Countries that have", "either A or B, not both");
        tags.awaitText("#combined-status", "^%d countries have either German or Euro, but".formatted(all - both));
        assertThat(countries(tags)).contains("Finland", "Switzerland").doesNotContain("Austria");
        tags.awaitCommand("S(INTER|UNION|DIFF) .*boxoffice:\\{tags}:German.*boxoffice:\\{tags}:EUR");
        tags.awaitJava("^@Service\nclass Tags ");
    }

    @Test
    void aCountryBecomesAFavouriteAndIsOneNoMore(Page page) {
        Panel tags = page.panel("tags").click("Show its tags");
        tags.awaitText("#country-status", "^Belgium has: .*Dutch.*, Euro\\.$");
        tags.choose("Tag A", "Favourites").choose("Tag B", "Euro");
        tags.awaitText("#combined-status", "^No country has both Favourites and Euro\\.$");
        tags.click("Add to favourites").awaitText("#country-status", "^Belgium has: .*, Euro, Favourites\\.$");
        tags.awaitText("#combined-status", "^One country has both Favourites and Euro\\.$");
        assertThat(countries(tags)).containsExactly("Belgium");
        tags.click("Remove from favourites").awaitText("#country-status", ", Euro\\.$");
        tags.awaitText("#combined-status", "^No country has ");
        tags.enter("Country", "Atlantis").click("Add to favourites");
        tags.awaitText("#country-status", "^There is no country called 'Atlantis'\\.$");
    }

    @Test
    void aReportIsMadeOnce(Page page) {
        boxOffice.sell("B1", "Ada");
        Panel report = page.panel("report").awaitPicture("^A chart without calls yet\\.$");
        List<Integer> before = totals(report);
        report.choose("Row", "B").click("Show the report").awaitStatus("^Row B had to be counted: you waited \\d+ ms");
        report.awaitPicture("^A chart of the last call\\. Had to be counted: 1, the slowest in \\d+ ms\\.$");
        report.awaitText("#report-sales", "^Row B: 1 of 10 seats is sold\\. Most seats: Ada \\(1\\)\\. Counted at ");
        assertThat(totals(report)).containsExactly(before.get(0), before.get(1) + 1, 1);

        report.click("Show the report").awaitStatus("^Row B was remembered: you had it in ");
        report.awaitPicture("^A chart of the last 2 calls\\. Remembered: 1, .* Had to be counted: 1, ");
        assertThat(totals(report)).containsExactly(before.get(0) + 1, before.get(1) + 1, 1);
        report.click("The chart as a table");
        assertThat(report.texts("#report-calls td:last-child")).containsExactly("remembered", "had to be counted");

        report.click("Forget it").awaitStatus("^Forgotten, for all rows").awaitText("#report-totals", "now: 0\\.$");
        report.click("Show the report").awaitStatus("^Row B had to be counted");
    }

    @Test
    void aHundredWhoAskAtOnceHaveTheReportMadeOnce(Page page) {
        Panel report = page.panel("report").choose("Row", "C").click("100 people ask at once");
        report.awaitStatus("^All 100 people have the report\\. It was counted once, and nobody waited longer than ");
        report.awaitPicture("^A chart of the last call\\. Had to be counted: 1, ");
        report.awaitText("#report-totals", "Reports that are remembered now: 1\\.$");
        report.awaitCommand("boxoffice:sales-report").awaitJava("^@Service\nclass SalesReport ");
        report.click("100 people ask at once").awaitStatus("^All 100 people have the report\\. It was remembered, ");
    }

    @Test
    void theEleventhVisitorFallsOffTheBook(Page page) {
        Panel visitors = page.panel("visitors").awaitText("#no-visitors", "^Nobody has signed in yet\\.$");
        visitors.click("Sign in").awaitStatus("^Welcome, Ada\\.$").awaitText("#last-visitors li", "^Ada$");
        visitors.click("A school class comes in").awaitStatus("^25 children have signed in, with one call");
        page.await(() -> assertThat(visitors.texts("#last-visitors li")).hasSize(10));
        List<String> children = visitors.texts("#last-visitors li");
        assertThat(children).startsWith("Zoe", "Yusuf").doesNotContain("Ada");

        visitors.enter("Your name", "Grace").click("Sign in").awaitStatus("^Welcome, Grace\\.$");
        visitors.awaitText("#last-visitors li", "^Grace$");
        assertThat(visitors.texts("#last-visitors li"))
                .hasSize(10)
                .endsWith(children.subList(0, 9).toArray(String[]::new));
        visitors.awaitCommand("boxoffice:last-visitors").awaitJava("^@Service\nclass LastVisitors ");

        visitors.enter("Your name", "").click("Sign in").awaitStatus("^The name must not be empty\\.$");
        visitors.click("Empty the book").awaitStatus("^The book is empty\\.$").awaitNo("#last-visitors li");
    }

    @Test
    void theProgrammeIsAListWithSlices(Page page) {
        Panel programme = page.panel("programme").awaitText("#no-acts", "^Nothing is announced yet\\.$");
        programme.click("Announce five more").awaitStatus("^5 acts are announced\\.$");
        programme.click("Announce").awaitStatus("^6 acts are announced\\.$");
        page.await(() -> assertThat(programme.texts("#acts .name"))
                .containsExactly("Magic", "Juggling", "Acrobats", "Clowns", "Fire-eaters", "Zebras"));
        programme.click("Take the slice").awaitStatus("^\\[-2:] has Fire-eaters, Zebras\\.$");
        programme.enter("Slice, such as 1:3 or -2: or ::2", "two").click("Take the slice");
        programme.awaitStatus("^A slice is start, stop and step, ");
        programme.click("Sort").awaitStatus("^The acts are sorted by name\\.$");
        programme.click("Cancel Magic").awaitStatus("^Magic is cancelled\\.$");
        page.await(() -> assertThat(programme.texts("#acts .name"))
                .containsExactly("Acrobats", "Clowns", "Fire-eaters", "Juggling", "Zebras"));
        programme.awaitCommand("boxoffice:programme").awaitJava("^@Service\nclass Programme ");
        programme.enter("Act", "").click("Announce").awaitStatus("^The name of the act must not be empty\\.$");
        programme
                .click("Cancel all")
                .awaitStatus("^Everything is cancelled\\.$")
                .awaitNo("#acts li");
    }

    @Test
    void whoComesTwiceIsCountedOnce(Page page) {
        Panel visitors = page.panel("visitors");
        Panel unique = page.panel("unique").awaitText("#unique-exact", "^0$").awaitText("#unique-estimate", "^0$");
        visitors.click("Sign in").awaitStatus("^Welcome, Ada\\.$");
        visitors.enter("Your name", "Grace").click("Sign in").awaitStatus("^Welcome, Grace\\.$");
        visitors.enter("Your name", "Ada").click("Sign in").awaitStatus("^Welcome, Ada\\.$");
        unique.awaitText("#unique-exact", "^2$").awaitText("#unique-estimate", "^2$");
        unique.awaitText("#unique-error", "^0\\.00 %$");
        unique.click("Have I been here?").awaitStatus("^Perhaps: it looks as if Ada was counted\\.");
        unique.enter("Your name", "Alan").click("Have I been here?").awaitStatus("^No: Alan was not counted, ");
        unique.enter("Your name", "").click("Have I been here?").awaitStatus("^The name must not be empty\\.$");
    }

    @Test
    void tenThousandPeopleAreEstimated(Page page) {
        Panel unique = page.panel("unique").click("10,000 people walk in, 2,000 of them twice");
        unique.awaitStatus("^10,000 people have walked in, 2,000 of them twice\\.$");
        unique.awaitText("#unique-exact", "^10,000$").awaitText("#unique-error", "^\\d\\.\\d\\d %$");
        assertThat(numbers(unique.text("#unique-estimate")).get(0)).isBetween(9_700, 10_300);
        assertThat(numbers(unique.text("#unique-bytes")).get(0)).isBetween(1, 13_000);
        unique.awaitCommand("boxoffice:unique-visitors").awaitJava("^@Service\nclass UniqueVisitors ");
        unique.click("Forget everybody").awaitStatus("^Nobody has been here\\.$");
        unique.awaitText("#unique-exact", "^0$").awaitText("#unique-bytes", "^nothing$");
    }

    @Test
    void oneSubscribesOnce(Page page) {
        Panel newsletter = page.panel("newsletter").awaitText("#newsletter-size", "^none, and room for 100,000$");
        newsletter.click("Already subscribed?").awaitStatus("^No, certainly not: ada@example.org is not subscribed");
        newsletter.click("Subscribe").awaitStatus("^ada@example.org is subscribed, and a mail says so\\.$");
        newsletter.click("Already subscribed?").awaitStatus("^Yes, almost certainly: ada@example.org is subscribed");
        newsletter.click("Subscribe").awaitStatus("^ada@example.org seems to be subscribed already, so no mail");
        newsletter.awaitText("#newsletter-size", "^about 1, and room for 100,000$");
        newsletter.awaitCommand("boxoffice:subscribers").awaitJava("^@Service\nclass Newsletter ");
        newsletter.enter("E-mail address", "ada").click("Subscribe").awaitStatus("^An e-mail address has one @, ");
        newsletter.click("Already subscribed?").awaitStatus("^An e-mail address has one @, ");
    }

    @Test
    void theFilterIsSeldomWrong(Page page) {
        Panel newsletter = page.panel("newsletter").click("Subscribe 10,000 made-up people");
        newsletter.awaitStatus("^10,000 made-up people have subscribed, who get no mail\\.");
        newsletter.awaitText("#newsletter-size", "^about (9,9|10,0)\\d\\d, and room for 100,000$");
        newsletter
                .click("How often is it wrong?")
                .awaitStatus("^Of 10,000 people who have never subscribed, it takes ");
        newsletter.awaitText("#newsletter-expected", "^less than 0\\.01 %$");
        newsletter.awaitText("#newsletter-measured", "^0(\\.0\\d)? %, \\d of 10,000$");
        newsletter.click("Forget all").awaitStatus("^All subscribers are forgotten\\.$");
        newsletter.awaitText("#newsletter-size", "^none, and ").awaitText("#newsletter-bytes", "^nothing$");
    }

    private static List<String> countries(Panel tags) {
        return List.of(tags.text("#countries-found").split("\u00a0· "));
    }

    /** Hits, misses and reports that are remembered. */
    private static List<Integer> totals(Panel report) {
        report.awaitText("#report-totals", "^All who asked this application: ");
        return numbers(report.text("#report-totals"));
    }

    private static List<Integer> numbers(String text) {
        return NUMBER.matcher(text)
                .results()
                .map(MatchResult::group)
                .map(number -> Integer.valueOf(number.replace(",", "")))
                .toList();
    }
}
