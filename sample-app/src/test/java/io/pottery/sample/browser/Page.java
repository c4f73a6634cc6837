package io.pottery.sample.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** The page of the box office, in a window of its own: what is done with it happens there, whichever was used last. */
final class Page {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private final ChromeDriver driver;
    private final String address;
    private final String window;

    /** Takes the window that the browser shows. */
    Page(ChromeDriver driver, String address) {
        this.driver = driver;
        this.address = address;
        this.window = driver.getWindowHandle();
    }

    /** Opens {@code path}, and waits until it is there. */
    Page open(String path) {
        here().get(address + path);
        return this;
    }

    /** Opens the page of another application in the same window. */
    Page at(String otherAddress) {
        return new Page(here(), otherAddress).open("/");
    }

    /** Opens the page in a further window. */
    Page inAnotherWindow() {
        here().switchTo().newWindow(WindowType.WINDOW);
        return new Page(driver, address).open("/");
    }

    /** The panel that has {@code id}. */
    Panel panel(String id) {
        return new Panel(this, id);
    }

    /** What JavaScript returns: elements, texts, numbers, lists, maps or null. */
    @SuppressWarnings("unchecked") // the caller knows what the script returns
    <T> T run(String script, Object... arguments) {
        return (T) here().executeScript(script, arguments);
    }

    /** As {@link #run}, of a script that hands its result to its last argument. */
    @SuppressWarnings("unchecked") // the caller knows what the script returns
    <T> T runAsync(String script, Object... arguments) {
        here().manage().timeouts().scriptTimeout(PATIENCE);
        return (T) driver.executeAsyncScript(script, arguments);
    }

    /** Presses keys, one after the other, wherever the focus is. */
    Page press(CharSequence... keys) {
        new Actions(here()).sendKeys(keys).perform();
        return this;
    }

    /** Presses Tab until the focus is on what is called {@code name}. */
    Page tabTo(String name) {
        List<String> passed = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            press(Keys.TAB);
            String focused = driver.switchTo().activeElement().getAccessibleName();
            if (focused.equals(name)) {
                return this;
            }
            passed.add(focused);
        }
        return fail("Tab does not lead to '%s', but to %s", name, passed);
    }

    /** Has {@code control} clicked by itself at {@code time}, so that several windows can do it at once. */
    void clickAt(Instant time, WebElement control) {
        run("setTimeout(() => arguments[0].click(), arguments[1] - Date.now())", control, time.toEpochMilli());
    }

    /** Shows it as a screen of this size does. */
    Page resize(int width, int height) {
        here().executeCdpCommand(
                        "Emulation.setDeviceMetricsOverride",
                        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        return this;
    }

    /** Shows it as somebody has it who prefers {@code scheme}: light or dark. */
    Page prefer(String scheme) {
        here().executeCdpCommand(
                        "Emulation.setEmulatedMedia",
                        Map.of(
                                "features",
                                List.of(
                                        Map.of("name", "prefers-color-scheme", "value", scheme),
                                        Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
        return this;
    }

    /** Waits until {@code assertion} holds, or fails as it does. */
    void await(ThrowingRunnable assertion) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(POLL)
                .pollInSameThread()
                .ignoreException(StaleElementReferenceException.class) // drawn anew just then
                .untilAsserted(assertion);
    }

    /** What the console has of errors that nobody has asked for yet, in all windows. */
    List<String> errors() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    /** That a reply has an error status is up to the test; that a script throws, or breaks the policy, never is. */
    void assertNoScriptHasFailed() {
        assertThat(errors()).as("errors in the console").allMatch(error -> error.contains("Failed to load resource"));
    }

    /** Saves what is to be seen. */
    Path save(String name) {
        return save(name, here().getScreenshotAs(OutputType.BYTES));
    }

    static Path save(String name, byte[] picture) {
        try {
            return Files.write(Files.createDirectories(SCREENSHOTS).resolve(name + ".png"), picture);
        } catch (IOException e) {
            throw new UncheckedIOException("No screenshot", e);
        }
    }

    /** Saves what is to be seen in this window and all others. */
    List<Path> saveAllWindows(String name) {
        List<Path> saved = new ArrayList<>();
        for (String handle : driver.getWindowHandles()) {
            driver.switchTo().window(handle);
            saved.add(new Page(driver, address).save(saved.isEmpty() ? name : name + "-" + (saved.size() + 1)));
        }
        return saved;
    }

    /** Closes all windows but this. */
    void closeOthers() {
        for (String handle : driver.getWindowHandles()) {
            if (!handle.equals(window)) {
                driver.switchTo().window(handle).close();
            }
        }
        here();
    }

    private ChromeDriver here() {
        driver.switchTo().window(window);
        return driver;
    }
}
