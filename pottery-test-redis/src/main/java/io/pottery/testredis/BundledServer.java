package io.pottery.testredis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A server binary that comes as a resource inside of a jar. Nothing else of the jar is used. */
enum BundledServer {
    REDIS_7_0(
            "org.signal:embedded-redis",
            Map.of(
                    "linux-amd64", "redis-server-7.0.15-linux-amd64",
                    "linux-arm64", "redis-server-7.0.15-linux-arm64",
                    "linux-386", "redis-server-7.0.15-linux-386",
                    "darwin-amd64", "redis-server-7.0.15-darwin-amd64",
                    "darwin-arm64", "redis-server-7.0.15-darwin-arm64")),
    REDIS_6_2(
            "com.github.codemonstur:embedded-redis",
            Map.of(
                    "linux-amd64", "redis-server-6.2.6-v5-linux-amd64",
                    "linux-arm64", "redis-server-6.2.7-linux-arm64",
                    "linux-386", "redis-server-6.2.7-linux-386",
                    "darwin-amd64", "redis-server-6.2.6-v5-darwin-amd64",
                    "darwin-arm64", "redis-server-6.2.6-v5-darwin-arm64"));

    private final String jar;
    private final Map<String, String> resourceByPlatform;

    BundledServer(String jar, Map<String, String> resourceByPlatform) {
        this.jar = jar;
        this.resourceByPlatform = resourceByPlatform;
    }

    String jar() {
        return jar;
    }

    /** A copy that can be run, until this JVM ends; null if there is none for the platform, or no such jar. */
    @Nullable
    Path extract(Platform platform, Function<String, @Nullable InputStream> resources) {
        String resource = resourceByPlatform.get(platform.toString());
        if (resource == null) {
            return null;
        }
        try (InputStream in = resources.apply(resource)) {
            return in == null ? null : copy(in, resource);
        } catch (IOException e) {
            throw new UncheckedIOException("%s of %s could not be extracted".formatted(resource, jar), e);
        }
    }

    private static Path copy(InputStream in, String resource) throws IOException {
        Path binary = Files.createTempFile(resource + "-", "").toAbsolutePath();
        binary.toFile().deleteOnExit();
        Files.copy(in, binary, StandardCopyOption.REPLACE_EXISTING);
        Files.setPosixFilePermissions(binary, PosixFilePermissions.fromString("rwx------"));
        return binary;
    }
}
