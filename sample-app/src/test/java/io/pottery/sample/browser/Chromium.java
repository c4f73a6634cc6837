package io.pottery.sample.browser;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * A Chromium, or Chrome, that is installed on this machine; nothing is downloaded.
 *
 * @param driver its chromedriver
 */
record Chromium(Path browser, Path driver) {

    /** The system property that may name the binary of the browser, which is looked for nowhere else then. */
    static final String PROPERTY = "pottery.sample.browser";

    private static final List<String> BROWSERS =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
    private static final List<String> DRIVERS = List.of("chromedriver");
    private static final List<Path> FURTHER_FOLDERS = Stream.of(
                    "/usr/bin", "/usr/lib/chromium", "/usr/lib/chromium-browser", "/snap/bin")
            .map(Path::of)
            .toList();

    /** Has only what is wrong logged; held, so that it is not forgotten. */
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

    static {
        SELENIUM.setLevel(Level.SEVERE);
    }

    /** Finds browser and driver. */
    static Optional<Chromium> find() {
        return browserHere().flatMap(browser -> driverHere().map(driver -> new Chromium(browser, driver)));
    }

    /** What has to be installed, as a sentence. */
    static String lack() {
        String lacking = Stream.concat(
                        browserHere().isPresent() ? Stream.empty() : Stream.of("chromium"),
                        driverHere().isPresent() ? Stream.empty() : Stream.of("chromedriver"))
                .collect(Collectors.joining(" and "));
        return "Browser tests of the sample were not run, for lack of %s on the PATH; on Debian: apt-get install chromium chromium-driver"
                .formatted(lacking);
    }

    /** Starts it without a screen, and as one that was never used before. */
    ChromeDriver start(Path profile) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(browser.toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
                "--hide-scrollbars",
                "--force-prefers-reduced-motion", // so that nothing moves away from under the mouse
                "--user-data-dir=" + profile.toAbsolutePath());
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        return new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(driver.toFile())
                        .usingAnyFreePort()
                        .build(),
                options);
    }

    private static Optional<Path> browserHere() {
        String named = System.getProperty(PROPERTY);
        return named == null ? find(BROWSERS) : Optional.of(Path.of(named)).filter(Files::isExecutable);
    }

    private static Optional<Path> driverHere() {
        return find(DRIVERS);
    }

    private static Optional<Path> find(List<String> names) {
        List<Path> folders = Stream.concat(
                        Stream.of(System.getenv("PATH").split(File.pathSeparator))
                                .map(Path::of),
                        FURTHER_FOLDERS.stream())
                .toList();
        return names.stream()
                .flatMap(name -> folders.stream().map(folder -> folder.resolve(name)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
