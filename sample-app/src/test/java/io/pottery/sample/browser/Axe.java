package io.pottery.sample.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Looks at a page as people do who see, hear or move otherwise than most: axe-core. */
final class Axe {

    private static final String AXE = read("/axe.min.js");
    private static final String RUN = """
            const done = arguments[arguments.length - 1];
            const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
            axe.run(arguments[0], { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] }).then(
              ({ violations }) => done(violations.map(({ id, help, nodes }) =>
                [`${id}: ${help}`, ...nodes.slice(0, 3).map(({ html, target, failureSummary }) =>
                  `at ${target.join(' ')}: ${html.slice(0, 200)}\\n${failureSummary}`),
                  `and ${Math.max(0, nodes.length - 3)} more`].join('\\n'))),
              failure => done([`axe has failed: ${failure}`]));
            """;

    private Axe() {}

    /** What is wrong with the page as it is: the rule, the element and how to put it right, of each. */
    static List<String> violations(Page page) {
        return violations(page, "html");
    }

    /** As {@link #violations(Page)}, in what {@code selector} selects alone. */
    static List<String> violations(Page page, String selector) {
        page.run(AXE);
        return page.runAsync(RUN, selector);
    }

    private static String read(String resource) {
        try (InputStream script = Objects.requireNonNull(Axe.class.getResourceAsStream(resource), resource)) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }
}
