package io.pottery.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.pottery.error.PotteryException;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What works with one Jackson, with parts of it, and with none. */
class ClassPathsTest {

    record Item(String sku, double weight) {}

    record Dated(LocalDate day) {}

    record Noted(Optional<String> note) {}

    /** Runs on another class path, and tells by classes of the JDK what happened. */
    static final class Probe implements Supplier<List<String>> {

        private final JsonCodecs codecs = JsonCodecs.ofClassPath();
        private final List<String> told = new ArrayList<>();

        @Override
        public List<String> get() {
            tell("a");
            tell(1);
            tell(2L);
            tell(true);
            tell(2e-3);
            tell(2.0E23);
            tell(1 / 3.0);
            tell(Double.MIN_VALUE);
            tell(new Item("a", 0.1));
            tell(new Dated(LocalDate.EPOCH));
            tell(new Noted(Optional.of("b")));
            return told;
        }

        @SuppressWarnings("unchecked")
        private <T> void tell(T value) {
            try {
                Codec<T> codec = codecs.of((Class<T>) value.getClass());
                byte[] json = codec.encode(value);
                assertThat(codec.decode(json)).isEqualTo(value);
                told.add(new String(json, StandardCharsets.UTF_8));
            } catch (PotteryException e) {
                told.add(String.valueOf(e.getMessage()));
            }
        }
    }

    private static final List<String> SCALARS =
            List.of("\"a\"", "1", "2", "true", "0.002", "2e+23", "0.3333333333333333", "5e-324");
    private static final String ITEM = "{\"sku\": \"a\", \"weight\": 0.1}";
    private static final String DATED = "{\"day\": \"1970-01-01\"}";
    private static final String NOTED = "{\"note\": \"b\"}";

    @Test
    void jackson3AloneIsEnough() throws Exception {
        assertThat(toldWithout(jar -> isJackson2(jar) && !jar.contains("jackson-annotations")))
                .startsWith(SCALARS.toArray(String[]::new))
                .endsWith(ITEM, DATED, NOTED);
    }

    @Test
    void jackson2AloneIsEnough() throws Exception {
        assertThat(toldWithout(ClassPathsTest::isJackson3))
                .startsWith(SCALARS.toArray(String[]::new))
                .endsWith(ITEM, DATED, NOTED);
    }

    @Test
    void jackson2WithoutItsModulesSaysWhatToAddWhereTheyAreNeeded() throws Exception {
        List<String> told = toldWithout(
                jar -> isJackson3(jar) || jar.contains("jackson-datatype-") || jar.contains("jackson-module-"));

        assertThat(told).startsWith(SCALARS.toArray(String[]::new)).contains(ITEM);
        assertThat(told.get(SCALARS.size() + 1))
                .contains("$.day", "com.fasterxml.jackson.datatype:jackson-datatype-jsr310");
        assertThat(told.get(SCALARS.size() + 2))
                .contains("$.note", "com.fasterxml.jackson.datatype:jackson-datatype-jdk8");
    }

    @Test
    void withoutAnyThereAreScalarsAndWordsForTheRest() throws Exception {
        List<String> told = toldWithout(jar -> isJackson3(jar) || isJackson2(jar));

        assertThat(told).startsWith(SCALARS.toArray(String[]::new));
        assertThat(told.subList(SCALARS.size(), told.size()))
                .hasSize(3)
                .allSatisfy(message -> assertThat(message)
                        .startsWith("io.pottery.codec.ClassPathsTest$")
                        .contains("add tools.jackson.core:jackson-databind", "spring-boot-starter-json"));
    }

    private static boolean isJackson3(String jar) {
        return jar.contains("/tools/jackson/");
    }

    private static boolean isJackson2(String jar) {
        return jar.contains("/com/fasterxml/jackson/");
    }

    @SuppressWarnings("unchecked")
    private static List<String> toldWithout(Predicate<String> absent) throws Exception {
        String[] classPath = System.getProperty("java.class.path").split(File.pathSeparator);
        List<URL> urls = new ArrayList<>();
        for (String entry : classPath) {
            Path path = Path.of(entry);
            if (!absent.test(path.toUri().getPath())) {
                urls.add(path.toUri().toURL());
            }
        }
        assertThat(urls).hasSizeLessThan(classPath.length);
        try (URLClassLoader other =
                new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            var constructor = other.loadClass(Probe.class.getName()).getDeclaredConstructor();
            constructor.setAccessible(true);
            return ((Supplier<List<String>>) constructor.newInstance()).get();
        }
    }
}
