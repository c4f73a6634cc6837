package io.pottery.testredis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.pottery.testredis.ServerBinary.Origin;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisFinderTest {

    private static final Platform HERE = Platform.of(System.getProperty("os.name"), System.getProperty("os.arch"));
    private static final Function<String, @Nullable InputStream> JARS =
            name -> RedisFinderTest.class.getResourceAsStream("/" + name);
    private static final Function<String, @Nullable InputStream> NO_JARS = name -> null;
    private static final Supplier<DockerAnswer> UNASKED_DOCKER = () -> {
        throw new AssertionError("Docker was asked");
    };
    private static final Supplier<DockerAnswer> NO_DOCKER = () -> new DockerAnswer(false, "Docker is not running");

    @TempDir
    Path bin;

    @Test
    void aServerOnThePathComesFirst() {
        Path server = Scripts.printing(bin.resolve("redis-server"), "Redis server v=7.4.1 sha=0");
        Scripts.printing(bin.resolve("valkey-server"), "Valkey server v=8.1.1 sha=0");

        ServerBinary found = (ServerBinary) finder(JARS, UNASKED_DOCKER).any();

        assertThat(found.path()).isEqualTo(server);
        assertThat(found.origin()).isEqualTo(Origin.INSTALLED);
        assertThat(found.where()).contains("redis-server, found on the PATH");
    }

    @Test
    void aServerThatIsTooOldIsPassedOverForAnother() {
        Scripts.printing(bin.resolve("redis-server"), "Redis server v=5.0.14 sha=0");
        Path valkey = Scripts.printing(bin.resolve("valkey-server"), "Valkey server v=8.1.1 sha=0");

        assertThat(((ServerBinary) finder(JARS, UNASKED_DOCKER).any()).path()).isEqualTo(valkey);
    }

    @Test
    void theServerInTheJarComesSecond() {
        Path old = Scripts.printing(bin.resolve("redis-server"), "Redis server v=5.0.14 sha=0");

        ServerBinary found = (ServerBinary) finder(JARS, UNASKED_DOCKER).any();

        assertThat(found.path()).isExecutable();
        assertThat(found.origin()).isEqualTo(Origin.EXTRACTED);
        assertThat(found.where())
                .contains("org.signal:embedded-redis")
                .contains(old + " is version 5.0.14, older than 6.2");
    }

    @Test
    void dockerComesLast() {
        ServerSource found =
                finder(NO_JARS, () -> new DockerAnswer(true, "Docker answers")).any();

        assertThat(found).isInstanceOf(DockerImage.class);
        assertThat(found.where()).contains("redis:7.2-alpine").contains("on the PATH");
        assertThatIllegalStateException()
                .isThrownBy(() -> found.prepare(RedisServer.with("cluster-enabled", "yes"), 12345))
                .withMessageContaining("install redis-server");
    }

    @Test
    void withoutAnyRedisOneSentenceSaysWhatToInstall() {
        Path old = Scripts.printing(bin.resolve("redis-server"), "Redis server v=5.0.14 sha=0");

        assertThatIllegalStateException()
                .isThrownBy(() -> finder(NO_JARS, NO_DOCKER).any())
                .withMessage(
                        "There is no Redis to start: no redis-server or valkey-server 6.2 or newer is on the PATH (%s is"
                                        .formatted(old)
                                + " version 5.0.14, older than 6.2), org.signal:embedded-redis has none for %s or is not"
                                        .formatted(HERE)
                                + " on the class path, and Docker is not running; install redis-server (apt-get install"
                                + " redis-server, or brew install redis), or start Docker, or give the path of a server in"
                                + " the environment variable POTTERY_TEST_REDIS");
    }

    @Test
    void aPlatformWithoutABinaryIsNamed() {
        RedisFinder finder = new RedisFinder(List.of(bin), Platform.of("Windows 11", "amd64"), JARS, NO_DOCKER);
        assertThatIllegalStateException().isThrownBy(finder::any).withMessageContaining("windows 11-amd64");
    }

    @Test
    void aChosenServerIsTakenWhateverElseThereIs(@TempDir Path elsewhere) {
        Scripts.printing(bin.resolve("redis-server"), "Redis server v=7.4.1 sha=0");
        Path chosen = Scripts.printing(elsewhere.resolve("my-server"), "Valkey server v=9.0.0 sha=0");

        ServerBinary found = (ServerBinary) finder(JARS, UNASKED_DOCKER).chosen(chosen.toString(), "The test");

        assertThat(found.path()).isEqualTo(chosen);
        assertThat(found.where()).contains("chosen by The test");
    }

    @Test
    void aWrongChoiceIsAnErrorAndNeverReplaced() throws Exception {
        Scripts.printing(bin.resolve("redis-server"), "Redis server v=7.4.1 sha=0");
        Path notRedis = Scripts.printing(bin.resolve("hello"), "hello");
        Path old = Scripts.printing(bin.resolve("old"), "Redis server v=6.0.16 sha=0");
        Path text = Files.writeString(bin.resolve("text"), "no program");

        assertRefused(bin.resolve("missing"), "does not exist");
        assertRefused(bin, "is no file");
        assertRefused(text, "is not executable");
        assertRefused(notRedis, "is no Redis server: for --version it prints 'hello'");
        assertRefused(old, "is version 6.0.16, older than 6.2");
    }

    @Test
    void redis62ComesOutOfItsJar() {
        ServerSource found = finder(JARS, UNASKED_DOCKER).chosen("6.2", "The test");
        assertThat(found.where()).contains("com.github.codemonstur:embedded-redis");

        assertThatIllegalStateException()
                .isThrownBy(() -> finder(NO_JARS, UNASKED_DOCKER).chosen("6.2", "The test"))
                .withMessageContaining("The test is '6.2'")
                .withMessageContaining("add com.github.codemonstur:embedded-redis as a test dependency");
    }

    @Test
    void theOptionsOfAServerCanChooseItsBinary() {
        try (RedisServer server = RedisServer.binary("6.2").start()) {
            assertThat(server.version()).startsWith("6.2");
            assertThat(server.description()).startsWith("Redis 6.2").contains("com.github.codemonstur");
        }
        assertThatIllegalStateException()
                .isThrownBy(() -> RedisServer.binary("/no/such/server").start())
                .withMessageContaining("The binary of RedisOptions names /no/such/server, which does not exist");
    }

    @Test
    void platformsAreSpelledAsInTheJars() {
        assertThat(Platform.of("Linux", "amd64")).hasToString("linux-amd64");
        assertThat(Platform.of("Linux", "aarch64")).hasToString("linux-arm64");
        assertThat(Platform.of("Linux", "i386")).hasToString("linux-386");
        assertThat(Platform.of("Mac OS X", "x86_64")).hasToString("darwin-amd64");
        assertThat(Platform.of("Mac OS X", "aarch64")).hasToString("darwin-arm64");
    }

    @Test
    void theJarsHaveABinaryForEveryPlatformThatIsPromised() throws Exception {
        for (String platform : List.of("linux-amd64", "linux-arm64", "linux-386", "darwin-amd64", "darwin-arm64")) {
            String[] words = platform.split("-");
            for (BundledServer server : BundledServer.values()) {
                Path binary = server.extract(new Platform(words[0], words[1]), JARS);
                assertThat(binary).as("%s for %s", server, platform).isNotEmptyFile();
                Files.delete(binary);
            }
        }
    }

    private void assertRefused(Path choice, String reason) {
        assertThatIllegalStateException()
                .isThrownBy(() -> finder(JARS, UNASKED_DOCKER)
                        .chosen(choice.toString(), "The environment variable POTTERY_TEST_REDIS"))
                .withMessageContaining("The environment variable POTTERY_TEST_REDIS names " + choice)
                .withMessageContaining(reason)
                .withMessageContaining("give the path of a redis-server 6.2 or newer, or '6.2'");
    }

    private RedisFinder finder(Function<String, @Nullable InputStream> resources, Supplier<DockerAnswer> docker) {
        return new RedisFinder(List.of(bin), HERE, resources, docker);
    }
}
