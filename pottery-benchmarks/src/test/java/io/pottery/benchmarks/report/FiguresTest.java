package io.pottery.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.pottery.benchmarks.Library;
import java.io.StringReader;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

/** What tables and pictures make of what was measured. */
class FiguresTest {

    private static final Line GET = new Line("dict", 1, "get, 1 thread", Unit.PER_SECOND);
    private static final Line HAND_OVER = new Line("lock", 2, "hand-over", Unit.MILLIS);

    private final Figures figures = new Figures();

    @BeforeAll
    static void writeAsTheBenchmarksDo() {
        Locale.setDefault(Locale.ROOT);
    }

    @Test
    void aRatioIsTheMedianOfThoseOfTheRounds() {
        add(GET, Library.POTTERY, 20, 40, 90);
        add(GET, Library.REDISSON, 10, 10, 30);
        assertThat(figures.ratio(GET, Library.REDISSON)).hasValueSatisfying(ratio -> {
            assertThat(ratio.median()).isEqualTo(3);
            assertThat(ratio.lowest()).isEqualTo(2);
            assertThat(ratio.highest()).isEqualTo(4);
            assertThat(ratio).hasToString("3.00 (2.00 to 4.00)");
        });
    }

    @Test
    void ofWhatShouldBeLittleMoreIsWorse() {
        add(HAND_OVER, Library.POTTERY, 0.5);
        add(HAND_OVER, Library.REDISSON, 1);
        assertThat(figures.ratio(HAND_OVER, Library.REDISSON))
                .hasValueSatisfying(ratio -> assertThat(ratio.median()).isEqualTo(2));
    }

    @Test
    void withoutAPeerThereIsNoRatio() {
        add(GET, Library.POTTERY, 20);
        assertThat(figures.ratio(GET, Library.SPRING)).isEmpty();
    }

    @Test
    void theTableHasARowForEachLineAndAColumnForEachLibraryThatHasFigures() {
        add(GET, Library.POTTERY, 20_000);
        add(GET, Library.LETTUCE, 25_000);
        add(HAND_OVER, Library.POTTERY, 0.5);
        figures.add(GET, Library.POTTERY, Cost.COMMANDS, 1);
        figures.add(GET, Library.LETTUCE, Cost.COMMANDS, 1.04);
        assertThat(new Tables(figures).markdown().lines())
                .contains(
                        "|  | Pottery | to Lettuce | commands of the server |",
                        "| get, 1 thread | 20,000/s | 0.80 (0.80 to 0.80) | 1 · 1 |",
                        "|  | Pottery |",
                        "| hand-over | 0.50 ms |");
    }

    @Test
    void thePictureHasADotForEachRatio() throws Exception {
        add(GET, Library.POTTERY, 20_000);
        add(GET, Library.LETTUCE, 25_000);
        add(GET, Library.REDISSON, 5_000);
        String svg = new Chart(figures, "dict").svg();
        assertThat(svg).contains("get, 1 thread, Redisson: 4.00").contains("get, 1 thread, Lettuce: 0.80");
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    private void add(Line line, Library library, double... rounds) {
        for (double figure : rounds) {
            figures.add(line, library, figure);
        }
    }
}
