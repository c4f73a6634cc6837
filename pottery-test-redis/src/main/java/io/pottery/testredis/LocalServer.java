package io.pottery.testredis;

import io.pottery.testredis.ServerBinary.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A server on this machine: a shell, the server as its child, and a directory with all that the server writes. */
final class LocalServer implements ServerProcess {

    private static final String LAUNCH_SCRIPT = read("launch.sh");
    private static final int LAST_LINES = 12;
    private static final Duration END_LIMIT = Duration.ofSeconds(10);

    private final ServerBinary binary;
    private final RedisOptions options;
    private final int port;
    private final Path directory;
    private volatile int logStart;
    private volatile @Nullable Process shell;
    private volatile @Nullable ProcessHandle server;

    LocalServer(ServerBinary binary, RedisOptions options, int port) {
        this.binary = binary;
        this.options = options;
        this.port = port;
        try {
            this.directory = Files.createTempDirectory("pottery-redis-").toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException("No data directory could be made for Redis", e);
        }
    }

    @Override
    public void launch() {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", LAUNCH_SCRIPT, "pottery-redis"));
        command.add(directory.toString());
        command.add(binary.origin() == Origin.EXTRACTED ? binary.path().toString() : "");
        command.add(binary.path().toString());
        command.add(configuration().toString());
        if (options.isSentinel()) {
            command.add("--sentinel");
        }
        try {
            writeConfiguration();
            logStart = Files.exists(log()) ? Math.toIntExact(Files.size(log())) : 0;
            server = null;
            shell = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("%s could not be run by /bin/sh".formatted(binary.path()), e);
        }
    }

    @Override
    public boolean isAlive() {
        Process current = shell;
        return current != null && current.isAlive();
    }

    @Override
    public boolean recognises(ServerInfo info) {
        if (!info.configFile().equals(configuration().toString())) {
            return false;
        }
        server = ProcessHandle.of(info.processId()).orElse(null);
        return server != null;
    }

    @Override
    public long pid() {
        return known().pid();
    }

    @Override
    public void terminate() {
        known().destroy();
    }

    @Override
    public void kill() {
        Process current = shell;
        if (current == null) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        try {
            ProcessHandle known = server;
            Polling.until(
                    END_LIMIT,
                    () -> {
                        Stream<ProcessHandle> doomed = known == null ? current.descendants() : Stream.of(known);
                        doomed.forEach(ProcessHandle::destroyForcibly);
                        return !current.isAlive() && (known == null || !known.isAlive() || FreePorts.isFree(port));
                    },
                    () -> "Redis with process id %s does not end".formatted(known == null ? "unknown" : known.pid()));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void pause() {
        signal("STOP");
    }

    @Override
    public void resume() {
        signal("CONT");
    }

    @Override
    public void wipe() {
        deleteFiles(file -> !file.equals(directory));
    }

    @Override
    public void delete() {
        kill();
        deleteFiles(file -> true);
    }

    @Override
    public String lastWords() {
        try {
            byte[] said = Files.readAllBytes(log());
            int start = Math.min(logStart, said.length);
            List<String> lines = new String(said, start, said.length - start, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
            return options.withoutSecrets(
                    lines.stream().skip(Math.max(0, lines.size() - LAST_LINES)).collect(Collectors.joining("\n")));
        } catch (IOException e) {
            return "(its log cannot be read: %s)".formatted(e);
        }
    }

    Path directory() {
        return directory;
    }

    private Path configuration() {
        return directory.resolve("redis.conf");
    }

    private Path log() {
        return directory.resolve("redis.log");
    }

    /** Once only: sentinels, and what they do to servers, keep their state in this file. */
    private void writeConfiguration() throws IOException {
        Files.createDirectories(directory);
        if (!Files.exists(configuration())) {
            List<Directive> directives = options.directives(
                    Directive.of("bind", RedisServer.HOST),
                    Directive.of("protected-mode", "yes"),
                    Directive.of("port", Integer.toString(port)),
                    Directive.of("dir", directory.toString()));
            Files.write(
                    configuration(), directives.stream().map(Directive::line).toList());
        }
    }

    private void signal(String name) {
        long pid = known().pid();
        try {
            Process kill = new ProcessBuilder("/bin/sh", "-c", "kill -%s %d".formatted(name, pid))
                    .redirectErrorStream(true)
                    .start();
            if (!kill.waitFor(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS) || kill.exitValue() != 0) {
                throw new IllegalStateException(
                        "Redis with process id %d could not be sent SIG%s".formatted(pid, name));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(
                    "Interrupted while sending SIG%s to Redis with process id %d".formatted(name, pid), e);
        }
    }

    private ProcessHandle known() {
        ProcessHandle known = server;
        if (known == null) {
            throw new IllegalStateException("The process id of Redis on port %d is not known".formatted(port));
        }
        return known;
    }

    /** Tries again, for after a failed start the launch script deletes the same files. */
    private void deleteFiles(Predicate<Path> doomed) {
        Polling.until(END_LIMIT, () -> tryToDelete(doomed), () -> "%s cannot be deleted".formatted(directory));
    }

    private boolean tryToDelete(Predicate<Path> doomed) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file :
                    files.filter(doomed).sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
            return true;
        } catch (NoSuchFileException gone) {
            return true;
        } catch (IOException | UncheckedIOException inUse) {
            return false;
        }
    }

    private static String read(String resource) {
        try (InputStream in = Objects.requireNonNull(LocalServer.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
