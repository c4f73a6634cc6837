package io.pottery;

import static org.assertj.core.api.Assertions.assertThat;

import io.pottery.testing.TestRedis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LuaScriptsTest {

    static final Path SCRIPTS = Path.of("src/main/resources");
    private static final Path SOURCES = Path.of("src/main/java");
    /** A call, and its key: behind words that come first in some commands. */
    private static final Pattern CALL = Pattern.compile(
            "redis\\.p?call\\((?:'BITOP', |'XGROUP', |'XINFO', |'XREADGROUP', .*(?='STREAMS'))?([^,()]+),\\s*([^,)]+)");

    static List<Path> scripts() {
        return files(SCRIPTS, ".lua");
    }

    @Test
    void thereAreScripts() {
        assertThat(scripts()).hasSizeGreaterThanOrEqualTo(10);
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void saysWhatItDoesTakesAndReturns(Path script) throws IOException {
        List<String> header = Files.readAllLines(script).stream()
                .takeWhile(line -> line.startsWith("-- "))
                .toList();
        assertThat(header).hasSizeGreaterThanOrEqualTo(3);
        assertThat(header).anyMatch(line -> line.startsWith("-- KEYS[1] "));
        assertThat(header).anyMatch(line -> line.startsWith("-- Returns "));
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void touchesOnlyKeysThatItIsGiven(Path script) throws IOException {
        Matcher calls = CALL.matcher(Files.readString(script));
        int found = 0;
        while (calls.find()) {
            found++;
            assertThat(calls.group(2)).startsWith("KEYS[");
        }
        assertThat(found).isPositive();
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void compilesOnTheServer(Path script) throws IOException {
        assertThat(TestRedis.server().execute("SCRIPT", "LOAD", Files.readString(script)))
                .asString()
                .hasSize(40);
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void belongsToOneConstantOfAClassBesideIt(Path script) {
        String name = '"' + script.getFileName().toString() + '"';
        List<Path> users = files(SOURCES, ".java").stream()
                .filter(source -> read(source).contains(name))
                .toList();
        assertThat(users).hasSize(1);
        assertThat(SOURCES.relativize(users.get(0)).getParent())
                .isEqualTo(SCRIPTS.relativize(script).getParent());
        assertThat(read(users.get(0)).split(Pattern.quote(name), -1)).hasSize(2);
    }

    @Test
    void noJavaSourceHoldsLua() {
        assertThat(files(SOURCES, ".java"))
                .isNotEmpty()
                .noneMatch(source -> read(source).contains("redis.call"));
    }

    private static List<Path> files(Path folder, String ending) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
