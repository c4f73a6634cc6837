package io.pottery.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Threads;

/** That each benchmark has a row of its own in the tables, so that no run ends without them. */
class RowTest {

    @Test
    void eachBenchmarkHasARow() {
        assertThat(benchmarks()).isNotEmpty().allSatisfy(benchmark -> {
            assertThat(benchmark.getAnnotation(Row.class)).isNotNull();
            assertThat(benchmark.getAnnotation(Threads.class)).isNotNull();
        });
    }

    @Test
    void noTwoRowsOfAnAreaHaveTheSamePlace() {
        assertThat(ShortForm.BENCHMARKS)
                .allSatisfy(type -> assertThat(benchmarks(type))
                        .extracting(
                                benchmark -> benchmark.getAnnotation(Row.class).order())
                        .doesNotHaveDuplicates());
    }

    @Test
    void theShortFormHasAllBenchmarks() throws Exception {
        try (InputStream list = RowTest.class.getResourceAsStream("/META-INF/BenchmarkList")) {
            assertThat(list).isNotNull();
            String text = new String(list.readAllBytes(), UTF_8);
            assertThat(benchmarks()).hasSize((int) text.lines().count());
        }
    }

    private static List<Method> benchmarks() {
        return ShortForm.BENCHMARKS.stream()
                .flatMap(type -> benchmarks(type).stream())
                .toList();
    }

    private static List<Method> benchmarks(Class<?> type) {
        return Stream.of(type.getMethods())
                .filter(method -> method.isAnnotationPresent(Benchmark.class))
                .toList();
    }
}
