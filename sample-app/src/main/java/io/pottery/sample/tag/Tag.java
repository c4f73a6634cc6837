package io.pottery.sample.tag;

import io.pottery.sample.Input;
import io.pottery.sample.world.Country;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What countries can have in common.
 *
 * @param name by which it is stored
 * @param label what it is called
 * @param kind what kind of tag it is
 */
record Tag(String name, String label, String kind) {

    /** The one that visitors give and take. */
    static final Tag FAVOURITES = new Tag("Favourites", "Favourites", "Yours");

    /** The others, which Java knows of. */
    static final List<Tag> KNOWN = Stream.concat(
                    Stream.of("Arabic", "Dutch", "English", "French", "German", "Portuguese", "Spanish")
                            .map(language -> new Tag(language, language, "Languages")),
                    Stream.of("XCD", "EUR", "USD", "XOF").map(Tag::ofCurrency))
            .toList();

    static final List<Tag> ALL =
            Stream.concat(KNOWN.stream(), Stream.of(FAVOURITES)).toList();

    private static Tag ofCurrency(String code) {
        return new Tag(code, Currency.getInstance(code).getDisplayName(Locale.ENGLISH), "Currencies");
    }

    /** The tag that people call {@code name}; {@code what} they choose it for. */
    static Tag of(String what, @Nullable String name) {
        String wanted = Input.text(what, name, 40);
        return ALL.stream()
                .filter(tag -> tag.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> Input.wrong("There is no tag '%s'.".formatted(wanted)));
    }

    /** The codes of the countries that have it, as far as Java knows. */
    List<String> countries() {
        Predicate<Country> has = switch (kind) {
            case "Languages" -> country -> country.languages().contains(name);
            case "Currencies" -> country -> paysWithIt(country.currency());
            default -> country -> false;
        };
        return Country.all().stream().filter(has).map(Country::code).toList();
    }

    private boolean paysWithIt(Optional<Currency> currency) {
        return currency.filter(money -> money.getCurrencyCode().equals(name)).isPresent();
    }
}
