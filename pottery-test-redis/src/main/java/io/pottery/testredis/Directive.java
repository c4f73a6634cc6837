package io.pottery.testredis;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One line of redis.conf. */
record Directive(String name, List<String> values) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9-]*");
    private static final Set<String> WITH_SECRETS =
            Set.of("masterauth", "primaryauth", "requirepass", "tls-client-key-file-pass", "tls-key-file-pass", "user");

    Directive {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'%s' is no directive of redis.conf: write its name as there, such as".formatted(name)
                            + " with(\"maxmemory\", \"2mb\")");
        }
        values = List.copyOf(values);
    }

    static Directive of(String name, String... values) {
        return new Directive(name, List.of(values));
    }

    String line() {
        return Stream.concat(Stream.of(name), values.stream().map(Directive::quoted))
                .collect(Collectors.joining(" "));
    }

    Stream<String> arguments() {
        return Stream.concat(Stream.of("--" + name), values.stream());
    }

    List<String> secrets() {
        return WITH_SECRETS.contains(name)
                ? values.stream().filter(value -> value.length() > 2).toList()
                : List.of();
    }

    private static String quoted(String value) {
        return '"'
                + value.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                + '"';
    }
}
