package io.pottery.testredis;

import io.pottery.testredis.ServerBinary.Origin;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds a Redis, knowing of the machine only what it is given.
 *
 * @param path the directories to look for installed servers
 * @param resources opens a resource of the class path, or answers null
 * @param docker asks whether Docker answers; called only if nothing else is found
 */
record RedisFinder(
        List<Path> path,
        Platform platform,
        Function<String, @Nullable InputStream> resources,
        Supplier<DockerAnswer> docker) {

    static final String BUNDLED_6_2 = "6.2";

    private static final List<String> NAMES = List.of("redis-server", "valkey-server");

    /**
     * The server that somebody asked for.
     *
     * @param choice a path or {@code 6.2}
     * @param madeBy where the choice was made, for messages
     * @throws IllegalStateException if it is not there or no usable server; there is no substitute for it
     */
    ServerSource chosen(String choice, String madeBy) {
        if (choice.equals(BUNDLED_6_2)) {
            ServerSource bundled = bundled(BundledServer.REDIS_6_2, "chosen by " + madeBy);
            if (bundled == null) {
                throw new IllegalStateException(
                        "%s is '%s', but no jar of the class path has that server for %s; add %s as a test dependency"
                                .formatted(madeBy, choice, platform, BundledServer.REDIS_6_2.jar()));
            }
            return bundled;
        }
        Path binary = pathOf(choice, madeBy);
        String complaint = new InstalledServer(binary).complaint();
        if (complaint != null) {
            throw new IllegalStateException(
                    "%s names %s, which %s; give the path of a redis-server %s or newer, or '%s'"
                            .formatted(madeBy, binary, complaint, ServerVersion.OLDEST, BUNDLED_6_2));
        }
        return new ServerBinary(binary, Origin.INSTALLED, "%s, chosen by %s".formatted(binary, madeBy));
    }

    /**
     * The first of: a server on the path, the bundled one, Docker.
     *
     * @throws IllegalStateException if there is none
     */
    ServerSource any() {
        List<String> passedOver = new ArrayList<>();
        for (Path candidate : onThePath()) {
            String complaint = new InstalledServer(candidate).complaint();
            if (complaint == null) {
                return new ServerBinary(candidate, Origin.INSTALLED, candidate + ", found on the PATH");
            }
            passedOver.add("%s %s".formatted(candidate, complaint));
        }
        String notInstalled = "no redis-server or valkey-server %s or newer is on the PATH%s"
                .formatted(
                        ServerVersion.OLDEST, passedOver.isEmpty() ? "" : " (" + String.join(", ", passedOver) + ")");
        ServerSource bundled = bundled(BundledServer.REDIS_7_0, notInstalled);
        if (bundled != null) {
            return bundled;
        }
        DockerAnswer answer = docker.get();
        if (answer.positive()) {
            return new DockerImage(notInstalled);
        }
        throw new IllegalStateException(
                "There is no Redis to start: %s, %s has none for %s or is not on the class path, and %s; install"
                                .formatted(notInstalled, BundledServer.REDIS_7_0.jar(), platform, answer.text())
                        + " redis-server (apt-get install redis-server, or brew install redis), or start Docker, or give"
                        + " the path of a server in the environment variable " + ServerSources.VARIABLE);
    }

    private @Nullable ServerSource bundled(BundledServer server, String reason) {
        Path binary = server.extract(platform, resources);
        return binary == null
                ? null
                : new ServerBinary(binary, Origin.EXTRACTED, "out of %s, %s".formatted(server.jar(), reason));
    }

    private List<Path> onThePath() {
        return NAMES.stream()
                .flatMap(name -> path.stream().map(directory -> directory.resolve(name)))
                .filter(Files::isExecutable)
                .filter(Files::isRegularFile)
                .toList();
    }

    private static Path pathOf(String choice, String madeBy) {
        try {
            return Path.of(choice).toAbsolutePath();
        } catch (InvalidPathException e) {
            throw new IllegalStateException("%s is '%s', which is no path".formatted(madeBy, choice), e);
        }
    }
}
