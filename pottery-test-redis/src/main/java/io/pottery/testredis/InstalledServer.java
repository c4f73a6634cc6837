package io.pottery.testredis;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A file that may be a server binary: whether it is a usable one is known by asking it for its version. */
record InstalledServer(Path path) {

    private static final long SECONDS_TO_ANSWER = 10;

    /** Why it cannot be used, in a form that follows the path; null if it can. */
    @Nullable
    String complaint() {
        if (!Files.isRegularFile(path)) {
            return "does not exist or is no file";
        }
        if (!Files.isExecutable(path)) {
            return "is not executable";
        }
        try {
            String output = printedVersion();
            ServerVersion version = ServerVersion.parse(output);
            if (version == null) {
                return "is no Redis server: for --version it prints '%s'"
                        .formatted(output.lines().findFirst().orElse(""));
            }
            return version.isSupported()
                    ? null
                    : "is version %s, older than %s".formatted(version.text(), ServerVersion.OLDEST);
        } catch (IOException e) {
            return "cannot be run: " + e.getMessage();
        }
    }

    private String printedVersion() throws IOException {
        Process process = new ProcessBuilder(path.toString(), "--version")
                .redirectErrorStream(true)
                .start();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(SECONDS_TO_ANSWER, TimeUnit.SECONDS)) {
                throw new IOException("it does not answer --version");
            }
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while asking %s for its version".formatted(path), e);
        } finally {
            process.destroyForcibly();
        }
    }
}
