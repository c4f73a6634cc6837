package io.pottery.sample.search;

import io.pottery.sample.world.Country;
import io.pottery.sample.world.Plain;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * What the catalogue finds something by, and how it gets to know more.
 *
 * @param code what people may look for, too
 */
record Entry(String id, String kind, String code, String name, Supplier<String> details) {

    /** How well something has been found; the best first. */
    enum Rank {
        SAME,
        BEGINNING,
        WORD,
        PART,
        NOT
    }

    private static final int LISTED = 6;

    static Entry of(Country country) {
        return new Entry("country:" + country.code(), "Country", country.code(), country.name(), () -> {
            String currency = country.currency()
                    .map(money -> "Currency: %s (%s)."
                            .formatted(money.getDisplayName(Locale.ENGLISH), money.getCurrencyCode()))
                    .orElse("No currency of its own.");
            return country.languages().isEmpty()
                    ? currency
                    : "%s Spoken: %s.".formatted(currency, listed(country.languages()));
        });
    }

    static Entry of(Currency currency) {
        return new Entry(
                "currency:" + currency.getCurrencyCode(),
                "Currency",
                currency.getCurrencyCode(),
                currency.getDisplayName(Locale.ENGLISH),
                () -> {
                    List<String> countries = Country.all().stream()
                            .filter(country ->
                                    country.currency().filter(currency::equals).isPresent())
                            .map(Country::name)
                            .toList();
                    return "%s, symbol %s, %s. %s"
                            .formatted(
                                    currency.getCurrencyCode(),
                                    currency.getSymbol(Locale.ENGLISH),
                                    decimals(currency.getDefaultFractionDigits()),
                                    countries.isEmpty()
                                            ? "No country pays with it today."
                                            : "In use in: %s.".formatted(listed(countries)));
                });
    }

    /** Of the time zone with this id, whose rules take their time to be read. */
    static Entry ofZone(String id) {
        String city = id.substring(id.lastIndexOf('/') + 1).replace('_', ' ');
        return new Entry("zone:" + id, "Time zone", id, city, () -> {
            ZoneId zone = ZoneId.of(id);
            ZoneRules rules = zone.getRules();
            Instant now = Instant.now();
            return "%s, %s, UTC%s. %s"
                    .formatted(
                            id,
                            zone.getDisplayName(TextStyle.FULL, Locale.ENGLISH),
                            rules.getStandardOffset(now).getId().replace("Z", "+00:00"),
                            rules.nextTransition(now) == null
                                    ? "Clocks stay as they are all year."
                                    : "Clocks change during the year.");
        });
    }

    Doc load() {
        return new Doc(id, kind, name, details.get());
    }

    /** How well {@code plain} text describes this. */
    Rank rank(String plain) {
        Rank byName = rank(Plain.of(name), plain);
        Rank byCode = rank(Plain.of(code), plain);
        return byName.compareTo(byCode) < 0 ? byName : byCode;
    }

    private static Rank rank(String text, String sought) {
        int at = text.indexOf(sought);
        if (at < 0) {
            return Rank.NOT;
        }
        if (at == 0) {
            return text.length() == sought.length() ? Rank.SAME : Rank.BEGINNING;
        }
        while (at > 0) {
            if (!Character.isLetterOrDigit(text.charAt(at - 1))) {
                return Rank.WORD;
            }
            at = text.indexOf(sought, at + 1);
        }
        return Rank.PART;
    }

    private static String decimals(int digits) {
        return switch (digits) {
            case -1 -> "no coins";
            case 0 -> "no decimal places";
            case 1 -> "1 decimal place";
            default -> digits + " decimal places";
        };
    }

    private static String listed(Collection<String> names) {
        List<String> all = new ArrayList<>(names);
        return all.size() <= LISTED
                ? String.join(", ", all)
                : String.join(", ", all.subList(0, LISTED - 1)) + " and " + (all.size() - LISTED + 1) + " more";
    }
}
