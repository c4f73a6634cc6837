package io.pottery.sample;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The application in a JVM of its own, configured by nothing but its arguments, and killed in the end. */
public final class ApplicationProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader output;

    private ApplicationProcess(Process process) {
        this.process = process;
        this.output = process.inputReader();
    }

    /** Starts a JVM with {@code arguments}. */
    public static ApplicationProcess start(String... arguments) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder application = new ProcessBuilder(
                        Stream.concat(Stream.of(java), Stream.of(arguments)).toList())
                .redirectErrorStream(true);
        application.environment().keySet().removeIf(name -> name.startsWith("SPRING_"));
        return new ApplicationProcess(application.start());
    }

    /** Waits for lines that have these, one after the other, and returns what was found. */
    public List<MatchResult> await(Pattern... patterns) {
        return Stream.of(patterns).map(this::await).toList();
    }

    private MatchResult await(Pattern pattern) {
        try {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                Matcher matcher = pattern.matcher(line);
                if (matcher.find()) {
                    return matcher.toMatchResult();
                }
            }
            throw new AssertionError("The application has ended without saying '%s'".formatted(pattern));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks it to end, as a terminal or a container does, and returns whether it did. */
    public boolean stop() throws InterruptedException {
        process.destroy();
        return process.waitFor(30, TimeUnit.SECONDS);
    }

    /** Ends it at once, and returns whether it is gone. */
    public boolean kill() throws InterruptedException {
        process.destroyForcibly();
        return process.waitFor(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        output.close();
    }
}
