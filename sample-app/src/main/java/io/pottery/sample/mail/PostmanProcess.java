package io.pottery.sample.mail;

import io.pottery.sample.SampleApplication;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A JVM that is a postman, or will be when it is told how. */
final class PostmanProcess {

    private static final String LAUNCHER = "org.springframework.boot.loader.launch.JarLauncher";

    private final Process process;
    private volatile boolean toEnd;

    private PostmanProcess(Process process) {
        this.process = process;
    }

    /** Starts a JVM on what this one runs: a class path, or the executable jar. It begins when it is told how. */
    static PostmanProcess start() {
        boolean packaged = SampleApplication.class.getClassLoader() != ClassLoader.getSystemClassLoader();
        ProcessBuilder java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        packaged ? LAUNCHER : SampleApplication.class.getName(),
                        Postman.ROLE)
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.INHERIT);
        java.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        try {
            return new PostmanProcess(java.start());
        } catch (IOException e) {
            throw new UncheckedIOException("No postman could be started", e);
        }
    }

    /** Has it begin. */
    void tell(Instructions instructions) {
        try {
            OutputStream input = process.getOutputStream();
            input.write((instructions.line() + "\n").getBytes(StandardCharsets.UTF_8));
            input.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("A postman does not listen", e);
        }
    }

    long id() {
        return process.pid();
    }

    /** Asks it to end: it gives back what it is writing. */
    void dismiss() {
        toEnd = true;
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            kill(); // it does not listen
        }
    }

    /** Ends it at once, whatever it does. */
    void kill() {
        toEnd = true;
        process.destroyForcibly();
    }

    /** Whether it was dismissed or killed. */
    boolean isToEnd() {
        return toEnd;
    }

    int exitValue() {
        return process.exitValue();
    }

    /** Has another thread do {@code action} when it has ended. */
    <T extends @Nullable Object> CompletableFuture<T> afterEnd(Supplier<T> action) {
        return process.onExit().thenApplyAsync(ended -> action.get());
    }
}
