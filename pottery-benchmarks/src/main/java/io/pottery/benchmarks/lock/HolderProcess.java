package io.pottery.benchmarks.lock;

import io.pottery.benchmarks.Library;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Another JVM, which takes a lock when it is told to, gives it back when it is told again, and says when that was:
 * {@link System#nanoTime} is the same in all JVMs of a machine.
 */
final class HolderProcess {

    private final Process process;
    private final BufferedReader times;
    private final PrintStream signals;

    private HolderProcess(Process process) {
        this.process = process;
        this.times = process.inputReader(StandardCharsets.UTF_8);
        this.signals = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    static HolderProcess start(Library library, String uri) throws IOException {
        return new HolderProcess(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        HolderProcess.class.getName(),
                        library.name(),
                        uri)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Has it take the lock, or give it back if it has it. */
    void tell() {
        signals.println();
    }

    /** When it has taken the lock, or has begun to give it back. */
    long time() throws IOException {
        String time = times.readLine();
        if (time == null) {
            throw new IOException("The other process has ended");
        }
        return Long.parseLong(time);
    }

    void close() throws InterruptedException {
        signals.close();
        process.waitFor();
    }

    /** The other process, which ends with its parent. */
    public static void main(String[] args) throws IOException, InterruptedException {
        BufferedReader signals = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (Locks locks = Locks.open(Library.valueOf(args[0]), List.of(args[1]))) {
            while (signals.readLine() != null) {
                Locks.Held held = locks.acquire("hand-over-" + args[0]);
                System.out.println(System.nanoTime());
                signals.readLine();
                long released = System.nanoTime();
                held.release();
                System.out.println(released);
            }
        }
    }
}
