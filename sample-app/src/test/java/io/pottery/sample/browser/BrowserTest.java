package io.pottery.sample.browser;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/**
 * A test of the page in a Chromium without a screen. A test method that takes a {@link Page} gets a window in which the
 * page is open; when it fails, what was to be seen is in {@code target/screenshots}.
 *
 * <p>Where there is no Chromium, the tests are skipped and say so; with {@code POTTERY_BROWSER_TESTS=required} in the
 * environment they fail.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@ExtendWith(BrowserExtension.class)
@interface BrowserTest {}
