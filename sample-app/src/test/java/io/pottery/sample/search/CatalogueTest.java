package io.pottery.sample.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueTest {

    private final Catalogue catalogue = new Catalogue();

    @Test
    void whatFitsBestComesFirst() {
        assertThat(names("guinea"))
                .startsWith("Guinea", "Guinea-Bissau")
                .containsSubsequence("Guinea-Bissau", "Equatorial Guinea", "Papua New Guinea");
        assertThat(names("ran")).containsSubsequence("Rankin Inlet", "South African Rand", "France");
    }

    @ParameterizedTest
    @CsvSource({
        "FR, country:FR",
        "france, country:FR",
        "cote d'ivoire, country:CI",
        "CÔTE D’IVOIRE, country:CI",
        "eur, currency:EUR",
        "euro, currency:EUR",
        "paris, zone:Europe/Paris",
        "europe/paris, zone:Europe/Paris",
        "america/new_york, zone:America/New_York",
        "new york, zone:America/New_York"
    })
    void namesAndCodesAreFoundHoweverTheyAreWritten(String text, String id) {
        assertThat(catalogue.find(text)).startsWith(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"no such place", "\u0301", ".*", "%", "Etc/GMT", "SystemV"})
    void whatDoesNotExistIsNotFound(String text) {
        assertThat(catalogue.find(text)).isEmpty();
    }

    @Test
    void documentsTellWhatIsKnown() {
        Map<String, Doc> documents = catalogue.load(Set.of(
                "country:FR",
                "country:AQ",
                "currency:CHF",
                "currency:FRF",
                "currency:JPY",
                "currency:XAU",
                "zone:Asia/Kathmandu",
                "zone:Europe/London",
                "country:XX"));
        assertThat(documents.values().stream().map(Doc::details))
                .hasSize(8)
                .anySatisfy(france -> assertThat(france)
                        .startsWith("Currency: Euro (EUR). Spoken: ")
                        .contains("French"))
                .anySatisfy(antarctica -> assertThat(antarctica).startsWith("No currency of its own."))
                .contains("CHF, symbol CHF, 2 decimal places. In use in: Liechtenstein, Switzerland.")
                .contains("FRF, symbol FRF, 2 decimal places. No country pays with it today.")
                .contains("JPY, symbol ¥, no decimal places. In use in: Japan.")
                .contains("XAU, symbol XAU, no coins. No country pays with it today.")
                .contains("Asia/Kathmandu, Nepal Time, UTC+05:45. Clocks stay as they are all year.")
                .anySatisfy(london ->
                        assertThat(london).startsWith("Europe/London, ").endsWith("Clocks change during the year."));
    }

    private List<String> names(String text) {
        return catalogue.find(text).stream().map(catalogue::nameOf).toList();
    }
}
