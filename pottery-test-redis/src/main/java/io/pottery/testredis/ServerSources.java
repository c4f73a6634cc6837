package io.pottery.testredis;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was found on this machine, looked for once per JVM. */
final class ServerSources {

    static final String VARIABLE = "POTTERY_TEST_REDIS";
    static final String PROPERTY = "pottery.test-redis";

    private static final Map<Choice, ServerSource> FOUND = new HashMap<>();

    private ServerSources() {}

    /** The source of a server whose options name {@code binary}, or leave the choice to the surroundings. */
    static synchronized ServerSource choose(@Nullable String binary) {
        Choice choice = Choice.of(binary);
        ServerSource found = FOUND.get(choice);
        if (found == null || isGone(found)) {
            RedisFinder finder = thisMachine();
            found = choice.value().isEmpty() ? finder.any() : finder.chosen(choice.value(), choice.madeBy());
            FOUND.put(choice, found);
        }
        return found;
    }

    /** A wish for a server; an empty value is none. */
    private record Choice(String value, String madeBy) {

        static Choice of(@Nullable String binary) {
            if (binary != null) {
                return new Choice(binary, "The binary of RedisOptions");
            }
            String property = System.getProperty(PROPERTY, "").strip();
            return property.isEmpty()
                    ? new Choice(
                            System.getenv().getOrDefault(VARIABLE, "").strip(), "The environment variable " + VARIABLE)
                    : new Choice(property, "The system property " + PROPERTY);
        }
    }

    private static boolean isGone(ServerSource source) {
        return source instanceof ServerBinary binary && !Files.exists(binary.path());
    }

    private static RedisFinder thisMachine() {
        return new RedisFinder(
                directories(System.getenv().getOrDefault("PATH", "")),
                Platform.of(System.getProperty("os.name"), System.getProperty("os.arch")),
                name -> ServerSources.class.getResourceAsStream("/" + name),
                () -> DockerAnswer.ask(System.getenv(), Path.of(System.getProperty("user.home"))));
    }

    /** Relative directories of a PATH mean the working directory of somebody else, so they are left out. */
    private static List<Path> directories(String path) {
        return Arrays.stream(path.split(File.pathSeparator))
                .filter(directory -> new File(directory).isAbsolute())
                .map(Path::of)
                .toList();
    }
}
