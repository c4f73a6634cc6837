package io.pottery.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Currency;
import java.util.Date;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.core.ParameterizedTypeReference;

/** The text of every further Java type, fixed by java_types.json. */
@WithBothJacksons
class JavaTypesGoldenTest {

    enum Level {
        LOW,
        HIGH {
            @Override
            public String toString() {
                return "very high";
            }
        }
    }

    record Item(String sku, int count, Optional<String> note) {}

    public static final class Bean {
        private String name = "";
        private Set<Integer> sizes = Set.of();

        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }

        public Set<Integer> getSizes() {
            return sizes;
        }

        public void setSizes(Set<Integer> sizes) {
            this.sizes = sizes;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Bean bean && name.equals(bean.name) && sizes.equals(bean.sizes);
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    @JsonSubTypes({@JsonSubTypes.Type(value = Circle.class, name = "circle")})
    interface Shape {}

    record Circle(double radius) implements Shape {}

    record Parcel(Number weight, CharSequence label, Shape shape, Level level) {}

    static class Label {
        public String text = "a";

        @Override
        public boolean equals(Object other) {
            return other instanceof Label label && text.equals(label.text);
        }

        @Override
        public int hashCode() {
            return text.hashCode();
        }
    }

    static final class Sticker extends Label {}

    private record Example<T>(ParameterizedTypeReference<T> type, T value) {}

    private final JsonCodecs codecs;
    private final Map<String, Example<?>> examples = new LinkedHashMap<>();

    JavaTypesGoldenTest(Jackson jackson) {
        codecs = jackson.codecs();
        add("\"jack\"", new ParameterizedTypeReference<>() {}, "jack");
        add("true", new ParameterizedTypeReference<>() {}, true);
        add("'é'", new ParameterizedTypeReference<Character>() {}, 'é');
        add("(byte) -128", new ParameterizedTypeReference<Byte>() {}, (byte) -128);
        add("(short) 7", new ParameterizedTypeReference<Short>() {}, (short) 7);
        add("4098", new ParameterizedTypeReference<>() {}, 4098);
        add("Long.MAX_VALUE", new ParameterizedTypeReference<>() {}, Long.MAX_VALUE);
        add(
                "new BigInteger(\"18446744073709551616\")",
                new ParameterizedTypeReference<>() {},
                new BigInteger("18446744073709551616"));
        add("0.1f", new ParameterizedTypeReference<>() {}, 0.1f);
        add("Float.MIN_VALUE", new ParameterizedTypeReference<>() {}, Float.MIN_VALUE);
        add("1e16", new ParameterizedTypeReference<>() {}, 1e16);
        add("new BigDecimal(\"1.10\")", new ParameterizedTypeReference<>() {}, new BigDecimal("1.10"));
        add("new BigDecimal(\"1E-7\")", new ParameterizedTypeReference<>() {}, new BigDecimal("1E-7"));
        add("Level.HIGH", new ParameterizedTypeReference<>() {}, Level.HIGH);
        add(
                "UUID.fromString(\"7d444840-9dc0-11d1-b245-5ffdce74fad2\")",
                new ParameterizedTypeReference<>() {},
                UUID.fromString("7d444840-9dc0-11d1-b245-5ffdce74fad2"));
        add("new byte[] {0, -1, 62}", new ParameterizedTypeReference<>() {}, new byte[] {0, -1, 62});
        add("new int[] {2, 1}", new ParameterizedTypeReference<>() {}, new int[] {2, 1});
        add("List.of(2, 1)", new ParameterizedTypeReference<List<Integer>>() {}, List.of(2, 1));
        add(
                "new ArrayDeque<>(List.of(2, 1))",
                new ParameterizedTypeReference<Deque<Integer>>() {},
                new ArrayDeque<>(List.of(2, 1)));
        add("Set.of(9, 10)", new ParameterizedTypeReference<Set<Integer>>() {}, Set.of(9, 10));
        add(
                "new LinkedHashSet<>(List.of(\"b\", \"a\"))",
                new ParameterizedTypeReference<Set<String>>() {},
                new LinkedHashSet<>(List.of("b", "a")));
        add(
                "EnumSet.of(Level.LOW, Level.HIGH)",
                new ParameterizedTypeReference<Set<Level>>() {},
                EnumSet.of(Level.LOW, Level.HIGH));
        add(
                "Map.of(\"b\", 1, \"a\", 2)",
                new ParameterizedTypeReference<Map<String, Integer>>() {},
                Map.of("b", 1, "a", 2));
        add(
                "Map.of(10, \"ten\", 9, \"nine\")",
                new ParameterizedTypeReference<Map<Integer, String>>() {},
                Map.of(10, "ten", 9, "nine"));
        add(
                "Map.of(1.5, 1, -2.0, 2)",
                new ParameterizedTypeReference<Map<Double, Integer>>() {},
                Map.of(1.5, 1, -2.0, 2));
        add(
                "Map.of(true, 1, false, 0)",
                new ParameterizedTypeReference<Map<Boolean, Integer>>() {},
                Map.of(true, 1, false, 0));
        add(
                "new EnumMap<>(Map.of(Level.LOW, 1))",
                new ParameterizedTypeReference<EnumMap<Level, Integer>>() {},
                new EnumMap<>(Map.of(Level.LOW, 1)));
        add(
                "Map.of(LocalDate.parse(\"2026-11-23\"), 1)",
                new ParameterizedTypeReference<Map<LocalDate, Integer>>() {},
                Map.of(LocalDate.parse("2026-11-23"), 1));
        add(
                "Map.of(ZonedDateTime.parse(\"2026-11-23T10:15:30+01:00[Europe/Paris]\"), 1)",
                new ParameterizedTypeReference<Map<ZonedDateTime, Integer>>() {},
                Map.of(ZonedDateTime.parse("2026-11-23T10:15:30+01:00[Europe/Paris]"), 1));
        add(
                "new Item(\"a\", 1, Optional.empty())",
                new ParameterizedTypeReference<>() {},
                new Item("a", 1, Optional.empty()));
        add(
                "new Item(\"a\", 1, Optional.of(\"b\"))",
                new ParameterizedTypeReference<>() {},
                new Item("a", 1, Optional.of("b")));
        Bean bean = new Bean();
        bean.setName("x");
        bean.setSizes(Set.of(2, 1));
        add("bean", new ParameterizedTypeReference<>() {}, bean);
        add("new Circle(1.0)", new ParameterizedTypeReference<Shape>() {}, new Circle(1.0));
        add("List.of(new Circle(1.0))", new ParameterizedTypeReference<List<Shape>>() {}, List.of(new Circle(1.0)));
        add(
                "new Parcel(1.5, \"a\", new Circle(1.0), Level.HIGH)",
                new ParameterizedTypeReference<>() {},
                new Parcel(1.5, "a", new Circle(1.0), Level.HIGH));
        add("new Sticker()", new ParameterizedTypeReference<Label>() {}, new Sticker());
        add("List.of(new Sticker())", new ParameterizedTypeReference<List<Label>>() {}, List.of(new Sticker()));
        add("Optional.of(1)", new ParameterizedTypeReference<Optional<Integer>>() {}, Optional.of(1));
        add("OptionalInt.of(1)", new ParameterizedTypeReference<>() {}, OptionalInt.of(1));
        add(
                "Instant.parse(\"2026-11-23T10:15:30.5Z\")",
                new ParameterizedTypeReference<>() {},
                Instant.parse("2026-11-23T10:15:30.5Z"));
        add("new Date(1_500)", new ParameterizedTypeReference<>() {}, new Date(1_500));
        add("Map.of(new Date(0), 1)", new ParameterizedTypeReference<Map<Date, Integer>>() {}, Map.of(new Date(0), 1));
        add("LocalDate.parse(\"2026-11-23\")", new ParameterizedTypeReference<>() {}, LocalDate.parse("2026-11-23"));
        add("LocalTime.parse(\"10:15:00\")", new ParameterizedTypeReference<>() {}, LocalTime.parse("10:15:00"));
        add(
                "LocalDateTime.parse(\"2026-11-23T10:15:00\")",
                new ParameterizedTypeReference<>() {},
                LocalDateTime.parse("2026-11-23T10:15:00"));
        add(
                "OffsetDateTime.parse(\"2026-11-23T10:15:00+02:00\")",
                new ParameterizedTypeReference<>() {},
                OffsetDateTime.parse("2026-11-23T10:15:00+02:00"));
        add(
                "OffsetTime.parse(\"10:15:00+02:00\")",
                new ParameterizedTypeReference<>() {},
                OffsetTime.parse("10:15:00+02:00"));
        add(
                "ZonedDateTime.parse(\"2026-10-25T02:30:00+01:00[Europe/Paris]\")",
                new ParameterizedTypeReference<>() {},
                ZonedDateTime.parse("2026-10-25T02:30:00+01:00[Europe/Paris]"));
        add(
                "ZonedDateTime.parse(\"2026-11-23T10:15:00Z[UTC]\")",
                new ParameterizedTypeReference<>() {},
                ZonedDateTime.parse("2026-11-23T10:15:00Z[UTC]"));
        add("Year.of(2026)", new ParameterizedTypeReference<>() {}, Year.of(2026));
        add("YearMonth.of(2026, 2)", new ParameterizedTypeReference<>() {}, YearMonth.of(2026, 2));
        add("MonthDay.of(12, 24)", new ParameterizedTypeReference<>() {}, MonthDay.of(12, 24));
        add("DayOfWeek.MONDAY", new ParameterizedTypeReference<>() {}, DayOfWeek.MONDAY);
        add("Duration.ofMillis(90_500)", new ParameterizedTypeReference<>() {}, Duration.ofMillis(90_500));
        add("Period.of(1, 2, 3)", new ParameterizedTypeReference<>() {}, Period.of(1, 2, 3));
        add("ZoneId.of(\"Europe/Paris\")", new ParameterizedTypeReference<>() {}, ZoneId.of("Europe/Paris"));
        add("ZoneOffset.ofHours(-3)", new ParameterizedTypeReference<>() {}, ZoneOffset.ofHours(-3));
        add("Locale.ROOT", new ParameterizedTypeReference<>() {}, Locale.ROOT);
        add("Locale.GERMANY", new ParameterizedTypeReference<>() {}, Locale.GERMANY);
        add("Currency.getInstance(\"EUR\")", new ParameterizedTypeReference<>() {}, Currency.getInstance("EUR"));
        add("URI.create(\"redis://a/0\")", new ParameterizedTypeReference<>() {}, URI.create("redis://a/0"));
    }

    private <T> void add(String java, ParameterizedTypeReference<T> type, T value) {
        examples.put(java, new Example<>(type, value));
    }

    @Test
    void everyTypeIsWrittenAsItsFileSays() {
        assertThat(written()).containsExactlyEntriesOf(golden());
    }

    @Test
    void everyTypeIsReadBackAsItWas() {
        golden().forEach((java, json) -> assertEqual(java, examples.get(java), json));
    }

    @Test
    void theDocumentationSaysTheSame() throws IOException {
        Map<String, String> documented = Files.readAllLines(Path.of("../docs/wire-format.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split(" \\| "))
                .filter(cells -> cells.length == 3)
                .collect(Collectors.toMap(cells -> code(cells[1]), cells -> code(cells[2])));

        assertThat(documented).containsExactlyInAnyOrderEntriesOf(golden());
    }

    private Map<String, String> written() {
        Map<String, String> written = new LinkedHashMap<>();
        examples.forEach((java, example) -> written.put(java, Golden.text(encoded(example))));
        return written;
    }

    private <T> byte[] encoded(Example<T> example) {
        return codecs.of(example.type()).encode(example.value());
    }

    private <T> T decoded(Example<T> example, String json) {
        return codecs.of(example.type()).decode(Golden.utf8(json));
    }

    private <T> void assertEqual(String java, Example<T> example, String json) {
        T decoded = decoded(example, json);
        if (example.value() instanceof Deque<?> deque) {
            assertThat(new ArrayList<>((Deque<?>) decoded)).isEqualTo(new ArrayList<>(deque));
        } else {
            assertThat(decoded).as(java).isEqualTo(example.value());
        }
    }

    private static Map<String, String> golden() {
        Map<String, String> golden = new LinkedHashMap<>();
        for (JsonNode row : Golden.file("java_types.json")) {
            golden.put(row.get("java").asText(), row.get("json").asText());
        }
        assertThat(golden).hasSize(61);
        return golden;
    }

    private static String code(String cell) {
        return cell.replaceAll("^[| ]*`|`[| ]*$", "");
    }
}
