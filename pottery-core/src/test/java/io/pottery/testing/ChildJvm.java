package io.pottery.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Another JVM that runs a {@code main} of the test class path, and can be paused and killed.
 *
 * <p>It talks in lines: what it prints is read here, and what is sent to it is in {@link ParentJvm#lines()} there. Its
 * errors and logs go to this JVM's standard error. It ends when it is closed, and also when this JVM ends, however that
 * happens and even if it is paused.
 */
public final class ChildJvm implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final String name;
    private final Process process;
    private final Writer input;
    private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();
    private Optional<Process> guard = Optional.empty();

    private ChildJvm(String name, Process process) {
        this.name = name;
        this.process = process;
        this.input = process.outputWriter(StandardCharsets.UTF_8);
        read(process.inputReader(StandardCharsets.UTF_8), line -> lines.add(Optional.of(line)), this::endOfLines);
        read(process.errorReader(StandardCharsets.UTF_8), line -> System.err.printf("[%s] %s%n", name, line), () -> {});
    }

    /** Starts one on the Java that runs this JVM. */
    public static ChildJvm start(Class<?> main, String... arguments) {
        return start(Path.of(System.getProperty("java.home")), main, arguments);
    }

    /** Starts one on the Java in the folder {@code javaHome}. */
    public static ChildJvm start(Path javaHome, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                javaHome.resolve("bin").resolve("java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Dfile.encoding=UTF-8",
                "-Dstdout.encoding=UTF-8",
                "-Dlogback.configurationFile=io/pottery/testing/child-logback.xml",
                "-cp",
                System.getProperty("java.class.path"),
                ParentJvm.class.getName(),
                main.getName()));
        Collections.addAll(command, arguments);
        return new ChildJvm(main.getSimpleName(), run(command));
    }

    public long pid() {
        return process.pid();
    }

    /** Whether the process exists; a paused one does. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for the next line that the child prints, for a minute. */
    public String nextLine() throws InterruptedException {
        return poll(LIMIT).orElseThrow(() -> new AssertionError("%s has nothing to say".formatted(this)));
    }

    /** Waits for the next line that the child prints; none if it prints nothing within {@code limit}, or has ended. */
    public Optional<String> poll(Duration limit) throws InterruptedException {
        Optional<String> line = lines.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
        if (line == null) {
            return Optional.empty();
        }
        if (line.isEmpty()) {
            endOfLines();
        }
        return line;
    }

    public void send(String line) {
        try {
            input.write(line + "\n");
            input.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("%s does not listen".formatted(this), e);
        }
    }

    /** Closes the child's standard input, as the end of this JVM would. */
    public void endInput() {
        try {
            input.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Freezes the process (SIGSTOP). Does nothing if it is paused. */
    public synchronized void pause() throws InterruptedException {
        if (guard.isEmpty()) {
            // A frozen process does not notice that its input ends.
            guard = Optional.of(shell("read -r line; kill -KILL " + pid()));
            signal("STOP");
        }
    }

    /** Lets a paused process go on (SIGCONT). */
    public synchronized void resume() throws InterruptedException {
        signal("CONT");
        dismissGuard();
    }

    /**
     * Ends the process at once (SIGKILL), and waits until it is gone. What it has printed can still be read. Does
     * nothing if it has ended.
     */
    public synchronized void kill() {
        process.toHandle().destroyForcibly();
        process.onExit().join();
        dismissGuard();
    }

    /** Waits for the child to end, and returns its exit status. */
    public int waitFor(Duration limit) throws InterruptedException {
        if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new AssertionError("%s did not end within %s".formatted(this, limit));
        }
        return process.exitValue();
    }

    /** Kills the child if it has not ended. */
    @Override
    public void close() {
        kill();
    }

    @Override
    public String toString() {
        return "%s (process %d, %s)"
                .formatted(name, pid(), isAlive() ? "running" : "ended with status " + process.exitValue());
    }

    private void signal(String signal) throws InterruptedException {
        if (shell("kill -%s %d".formatted(signal, pid())).waitFor() != 0) {
            dismissGuard();
            throw new IllegalStateException("%s could not be sent SIG%s".formatted(this, signal));
        }
    }

    private void dismissGuard() {
        guard.ifPresent(Process::destroyForcibly);
        guard = Optional.empty();
    }

    private void endOfLines() {
        lines.add(Optional.empty());
    }

    private static Process shell(String script) {
        return run(List.of("/bin/sh", "-c", script));
    }

    private static Process run(List<String> command) {
        try {
            return new ProcessBuilder(command).start();
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be run".formatted(command.get(0)), e);
        }
    }

    private static void read(BufferedReader from, Consumer<String> to, Runnable atEnd) {
        Thread reader = new Thread(
                () -> {
                    try (from) {
                        from.lines().forEach(to);
                    } catch (IOException | UncheckedIOException e) {
                        System.err.println("A child JVM cannot be heard any more: " + e);
                    } finally {
                        atEnd.run();
                    }
                },
                "child-jvm");
        reader.setDaemon(true);
        reader.start();
    }
}
