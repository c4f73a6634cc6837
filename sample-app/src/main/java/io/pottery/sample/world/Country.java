package io.pottery.sample.world;

import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A country.
 *
 * @param code the two letters that ISO gave it, such as FR
 * @param name what it is called in English
 */
public record Country(String code, String name) {

    private static final Map<String, Country> BY_CODE = Stream.of(Locale.getISOCountries())
            .map(code -> new Country(code, locale(code).getDisplayCountry(Locale.ENGLISH)))
            .collect(Collectors.toUnmodifiableMap(Country::code, Function.identity()));

    private static final List<Country> ALL = BY_CODE.values().stream()
            .sorted(Comparator.comparing(country -> Plain.of(country.name())))
            .toList();

    /** Made when they are asked for, because Java has about a thousand locales to go through. */
    private static final class Languages {

        private static final Map<String, SortedSet<String>> BY_COUNTRY = Stream.of(Locale.getAvailableLocales())
                .filter(locale -> !locale.getLanguage().isEmpty())
                .collect(Collectors.groupingBy(
                        Locale::getCountry,
                        Collectors.mapping(
                                locale -> locale.getDisplayLanguage(Locale.ENGLISH),
                                Collectors.toCollection(TreeSet::new))));
    }

    /** All countries, by name. */
    public static List<Country> all() {
        return ALL;
    }

    /** The country that has this code. */
    public static Optional<Country> withCode(String code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }

    /** The country that people mean by {@code text}, a name or a code. */
    public static Optional<Country> called(String text) {
        String plain = Plain.of(text);
        return ALL.stream()
                .filter(country -> plain.equals(Plain.of(country.name())) || plain.equals(Plain.of(country.code())))
                .findFirst();
    }

    /** What people pay with there; nothing in the Antarctic. */
    public Optional<Currency> currency() {
        return Optional.ofNullable(Currency.getInstance(locale(code)));
    }

    /** What people speak there, by name. */
    public SortedSet<String> languages() {
        return Languages.BY_COUNTRY.getOrDefault(code, new TreeSet<>());
    }

    private static Locale locale(String code) {
        return new Locale.Builder().setRegion(code).build();
    }
}
