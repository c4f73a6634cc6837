package io.pottery.sample.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.openqa.selenium.chrome.ChromeDriver;
import org.springframework.test.context.junit.jupiter.SpringExtension;
import org.springframework.util.FileSystemUtils;

/** One browser for each test class, one page for each test, and what was to be seen when it failed. */
final class BrowserExtension
        implements ExecutionCondition,
                BeforeAllCallback,
                ParameterResolver,
                TestExecutionExceptionHandler,
                AfterEachCallback {

    private static final Namespace NAMESPACE = Namespace.create(BrowserExtension.class);
    private static final AtomicBoolean SAID = new AtomicBoolean();

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (Chromium.find().isPresent() || isRequired()) {
            return ConditionEvaluationResult.enabled("There is a browser, or must be one");
        }
        String lack = Chromium.lack();
        if (SAID.compareAndSet(false, true)) {
            System.out.println(lack);
        }
        return ConditionEvaluationResult.disabled(lack);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (Chromium.find().isEmpty()) {
            throw new IllegalStateException(Chromium.lack());
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Page.class;
    }

    @Override
    public Page resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getStore(NAMESPACE).computeIfAbsent(Page.class, key -> open(context), Page.class);
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        page(context).ifPresent(page -> {
            String name = "%s.%s%s"
                    .formatted(
                            context.getRequiredTestClass().getSimpleName(),
                            context.getRequiredTestMethod().getName(),
                            context.getUniqueId().replaceAll("[^#]*#?([^#]*)]$", "$1"));
            failure.addSuppressed(new Seen(page.saveAllWindows(name)));
        });
        throw failure;
    }

    /** No test leaves a window behind, or makes the scripts of the page fail. */
    @Override
    public void afterEach(ExtensionContext context) {
        page(context).ifPresent(page -> {
            page.closeOthers();
            page.assertNoScriptHasFailed();
        });
    }

    private static boolean isRequired() {
        return "required".equals(System.getenv("POTTERY_BROWSER_TESTS"));
    }

    private static Optional<Page> page(ExtensionContext context) {
        return Optional.ofNullable(context.getStore(NAMESPACE).get(Page.class, Page.class));
    }

    private static Page open(ExtensionContext context) {
        ChromeDriver driver = context.getParent()
                .orElseThrow()
                .getStore(NAMESPACE)
                .computeIfAbsent(Browser.class, key -> Browser.start(), Browser.class)
                .driver();
        String port = SpringExtension.getApplicationContext(context)
                .getEnvironment()
                .getRequiredProperty("local.server.port");
        return new Page(driver, "http://127.0.0.1:" + port).open("/");
    }

    /** A browser that runs, and ends with the class. */
    private record Browser(ChromeDriver driver, Path profile) implements AutoCloseable {

        static Browser start() {
            try {
                Path profile = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "chromium-");
                return new Browser(Chromium.find().orElseThrow().start(profile), profile);
            } catch (IOException e) {
                throw new UncheckedIOException("No folder for the browser", e);
            }
        }

        @Override
        public void close() throws IOException {
            driver.quit();
            FileSystemUtils.deleteRecursively(profile);
        }
    }

    /** Where to look. */
    private static final class Seen extends Exception {

        private static final long serialVersionUID = 1L;

        Seen(List<Path> screenshots) {
            super("What was to be seen is in " + screenshots, null, false, false);
        }
    }
}
