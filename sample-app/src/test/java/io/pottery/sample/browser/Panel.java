package io.pottery.sample.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;

/**
 * One panel of a {@link Page}. What is not there yet is waited for; controls are called as a screen reader calls them.
 */
final class Panel {

    private static final String CONTROLS = """
            const [id] = arguments;
            const text = of => of.textContent.trim().replace(/\\s+/g, ' ');
            return [...document.getElementById(id).querySelectorAll('a, button, input, select, textarea, summary')]
              .filter(control => control.checkVisibility())
              .map(control => [control, control.ariaLabel ?? (control.labels?.length ? text(control.labels[0]) : text(control))]);
            """;
    private static final String TEXTS = """
            const [id, selector] = arguments;
            return [...document.getElementById(id).querySelectorAll(selector)]
              .filter(found => found.checkVisibility())
              .map(found => found.textContent.trim());
            """;
    private static final String PICTURE = """
            return document.getElementById(arguments[0]).querySelector('[role=img]')?.ariaLabel ?? '';
            """;

    private final Page page;
    private final String id;

    Panel(Page page, String id) {
        this.page = page;
        this.id = id;
    }

    /** The one visible control that is called {@code name}. */
    WebElement control(String name) {
        AtomicReference<WebElement> control = new AtomicReference<>();
        page.await(() -> {
            List<List<Object>> controls = page.run(CONTROLS, id);
            assertThat(controls)
                    .as("controls of panel '%s', of which one should be '%s'", id, name)
                    .extracting(named -> named.get(1))
                    .containsOnlyOnce(name);
            controls.stream()
                    .filter(named -> named.get(1).equals(name))
                    .forEach(named -> control.set((WebElement) named.get(0)));
        });
        return control.get();
    }

    /** Clicks what is called {@code name}. */
    Panel click(String name) {
        page.await(() -> control(name).click());
        return this;
    }

    /** Chooses {@code option} where the label is {@code name}. */
    Panel choose(String name, String option) {
        By named = By.xpath(".//option[.='%s']".formatted(option));
        page.await(() -> assertThat(control(name).findElements(named))
                .as("'%s' of '%s' in panel '%s'", option, name, id)
                .singleElement()
                .satisfies(WebElement::click));
        return this;
    }

    /** Enters {@code text}, instead of what is there, where the label is {@code name}. */
    Panel enter(String name, String text) {
        WebElement field = control(name);
        field.sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE);
        field.sendKeys(text);
        return this;
    }

    /** What the panel's first status line says now. */
    String status() {
        return text(".status");
    }

    /** Waits until the panel's first status line contains {@code regex}. */
    Panel awaitStatus(String regex) {
        return awaitText(".status", regex);
    }

    /** The text of the first visible element that {@code selector} selects; empty if there is none. */
    String text(String selector) {
        List<String> texts = texts(selector);
        return texts.isEmpty() ? "" : texts.get(0);
    }

    /** The texts of the visible elements that {@code selector} selects. */
    List<String> texts(String selector) {
        return page.run(TEXTS, id, selector);
    }

    /** Waits until the first visible element that {@code selector} selects contains {@code regex}. */
    Panel awaitText(String selector, String regex) {
        page.await(() -> assertThat(text(selector))
                .as("'%s' of panel '%s'", selector, id)
                .containsPattern(regex));
        return this;
    }

    /** Waits until a visible element that {@code selector} selects contains {@code regex}. */
    Panel awaitAny(String selector, String regex) {
        Pattern pattern = Pattern.compile(regex);
        page.await(() -> assertThat(texts(selector))
                .as("'%s' of panel '%s', one of which should have '%s'", selector, id, regex)
                .anyMatch(text -> pattern.matcher(text).find()));
        return this;
    }

    /** Waits until no visible element is left that {@code selector} selects. */
    Panel awaitNo(String selector) {
        page.await(() -> assertThat(texts(selector))
                .as("'%s' of panel '%s'", selector, id)
                .isEmpty());
        return this;
    }

    /** The text alternative of the panel's picture; empty if there is none. */
    String picture() {
        return page.run(PICTURE, id);
    }

    /** Waits until the text alternative of the panel's picture contains {@code regex}. */
    Panel awaitPicture(String regex) {
        page.await(() -> assertThat(picture()).as("picture of panel '%s'", id).containsPattern(regex));
        return this;
    }

    /** Waits until the Java beside the panel contains {@code regex}. */
    Panel awaitJava(String regex) {
        return awaitText(".java", regex);
    }

    /** Waits until a command is shown beside the panel that contains {@code regex}. */
    Panel awaitCommand(String regex) {
        return awaitAny(".commands li", regex);
    }

    /** Saves what is to be seen of the panel, if the window is large enough for it. */
    Path save(String name) {
        WebElement panel = page.run("return document.getElementById(arguments[0])", id);
        return Page.save(name, panel.getScreenshotAs(OutputType.BYTES));
    }
}
