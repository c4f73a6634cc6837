package io.pottery.sample.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers that people draw. */
@BrowserTest
class OrdersPageTest {

    @Test
    void oneDrawsANumber(Page page) {
        Panel orders = page.panel("orders").click("Draw numbers").awaitStatus("^Your number is [\\d,]+\\.$");
        assertThat(orders.text("#drawn")).isEqualTo(orders.status().replaceAll("[^\\d]", ""));
        orders.awaitCommand("boxoffice:orders").awaitJava("class OrderNumbers");
    }

    @Test
    void aHundredDrawDifferentNumbers(Page page) {
        Panel orders = page.panel("orders").enter("People", "100").click("Draw numbers");
        orders.awaitStatus("^100 people have drawn at the same time, and got 100 different numbers\\.$");
        assertThat(Arrays.stream(orders.text("#drawn").split("\\D+")).mapToLong(Long::parseLong))
                .hasSize(12)
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "5000"})
    void anImpossibleNumberOfPeopleIsRefused(String people, Page page) {
        page.panel("orders")
                .enter("People", people)
                .click("Draw numbers")
                .awaitStatus("^The number of people must be from 1 to 1,000\\.$");
    }
}
