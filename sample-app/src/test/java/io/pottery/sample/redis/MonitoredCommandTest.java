package io.pottery.sample.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines as MONITOR prints them. */
class MonitoredCommandTest {

    private static final Map<String, String> SCRIPTS = Map.of("3f2a", "put.lua");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    +1700000000.123456 [0 127.0.0.1:5555] "hget" "tel" "\\"jack\\""         | HGET tel "jack"
                    1700000000.123456 [0 lua] "HGET" "tel" "a]b c"                         | HGET tel a]b c
                    1700000000.123456 [15 [::1]:5555] "GET" "a"                            | GET a
                    1700000000.123456 [0 unix:/tmp/redis.sock] "GET" "C:\\\\x\\x00\\r\\n"  | GET C:\\x\\x00\\r\\n
                    1700000000.123456 [0 127.0.0.1:5555] "EVALSHA" "3f2a" "1" "tel" "x"    | EVALSHA put.lua 1 tel x
                    1700000000.123456 [0 127.0.0.1:5555] "EVALSHA" "beef" "1" "tel"        | EVALSHA a script 1 tel
                    1700000000.123456 [0 127.0.0.1:5555] "EVAL" "return 1" "0"             | EVAL a script 0
                    1700000000.123456 [0 127.0.0.1:5555] "SET" "k" ""                      | SET k \
                    """)
    void aLineIsRead(String line, String text) {
        assertThat(text(line).strip()).isEqualTo(text);
        assertThat(Objects.requireNonNull(MonitoredCommand.parse(line)).ofScript())
                .isEqualTo(line.contains(" lua]"));
    }

    @Test
    void aScriptThatIsSentWholeIsNamed() {
        String line = "1.2 [0 x:1] \"EVAL\" \"-- \\\"One\\\"\\nreturn 1\\n\" \"0\"";
        String text =
                Objects.requireNonNull(MonitoredCommand.parse(line)).text(Map.of("-- \"One\"\nreturn 1\n", "one.lua"));
        assertThat(text).isEqualTo("EVAL one.lua 0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"+OK", "", "-ERR unknown command", "1700000000.1 [0 127.0.0.1:5555]", "1700000000.1 [0 x] y"})
    void whatIsNoLineIsLeftOut(String line) {
        assertThat(MonitoredCommand.parse(line)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"100, 60", "60, 60", "59, 59"})
    void longArgumentsAreShortened(int length, int shown) {
        String line = "1.2 [0 x:1] \"SET\" \"k\" \"%s\"".formatted("v".repeat(length));
        assertThat(text(line)).isEqualTo("SET k " + "v".repeat(shown) + (length > shown ? "…" : ""));
    }

    @Test
    void anArgumentAsLongAsAThousandElementsOfAFilterIsRead() {
        assertThat(text("1.2 [0 x:1] \"SET\" \"k\" \"" + "\\x00\\\"".repeat(50_000) + "\" \"EX\""))
                .startsWith("SET k \\x00\"")
                .endsWith("… EX")
                .hasSizeLessThan(100);
    }

    @Test
    void manyArgumentsAreCounted() {
        String elements =
                IntStream.rangeClosed(1, 1_000).mapToObj("\"%d\""::formatted).collect(Collectors.joining(" "));
        assertThat(text("1.2 [0 x:1] \"PFADD\" \"box:visitors\" " + elements))
                .startsWith("PFADD box:visitors 1 2 3 ")
                .endsWith(" 9 10 … and 990 more");
    }

    private static String text(String line) {
        return Objects.requireNonNull(MonitoredCommand.parse(line)).text(SCRIPTS);
    }
}
