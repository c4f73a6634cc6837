package io.pottery.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pottery.codec.Golden;
import io.pottery.codec.Jackson2Codecs;
import io.pottery.codec.Jackson3Codecs;
import io.pottery.codec.JsonCodecs;
import io.pottery.testing.ChildJvm;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TimeZone;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The field of every kind of arguments, fixed by cache_fields.json: another one would lose what is in caches now. */
class EntryFieldGoldenTest {

    enum Size {
        SMALL,
        LARGE
    }

    record Item(String sku, int count, Set<Integer> sizes, Map<String, Double> prices) {}

    /** Equal only to itself, so that a set has it where its identity hash says. */
    static final class Tag {
        public final String name;

        Tag(String name) {
            this.name = name;
        }
    }

    /** Prints all fields of another process, whose defaults the arguments tell, and whose identity hashes differ. */
    static final class Fields {
        public static void main(String[] arguments) {
            Locale.setDefault(Locale.forLanguageTag(arguments[0]));
            TimeZone.setDefault(TimeZone.getTimeZone(arguments[1]));
            IntStream.range(0, Integer.parseInt(arguments[2])).forEach(i -> System.identityHashCode(new Object()));
            fields(JsonCodecs.ofClassPath()).forEach((java, field) -> System.out.println(java + " -> " + field));
        }
    }

    @Test
    void everyFieldIsAsItsFileSays() {
        Map<String, String> golden = new LinkedHashMap<>();
        for (JsonNode row : Golden.file("cache_fields.json")) {
            String text = row.get("text").asText();
            golden.put(row.get("java").asText(), row.path("field").asText(text));
        }

        for (JsonCodecs codecs : List.of(new Jackson3Codecs(), new Jackson2Codecs())) {
            assertThat(fields(codecs)).containsExactlyEntriesOf(golden).hasSize(50);
        }
    }

    @Test
    void everyDigestInTheFileIsThatOfItsText() throws Exception {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        for (JsonNode row : Golden.file("cache_fields.json")) {
            byte[] text = row.get("text").asText().getBytes(StandardCharsets.US_ASCII);
            if (row.has("field")) {
                assertThat(row.get("field").asText())
                        .isEqualTo("sha256:" + HexFormat.of().formatHex(sha256.digest(text)));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"tr-TR,Asia/Kathmandu,0", "ar-EG-u-nu-arab,America/Caracas,1000", "th-TH-u-ca-buddhist-nu-thai,UTC,17"})
    void everyFieldIsTheSameInEveryProcess(String locale, String zone, String identityHashes) throws Exception {
        try (ChildJvm other = ChildJvm.start(Fields.class, locale, zone, identityHashes)) {
            for (Map.Entry<String, String> field :
                    fields(JsonCodecs.ofClassPath()).entrySet()) {
                assertThat(other.nextLine()).isEqualTo(field.getKey() + " -> " + field.getValue());
            }
        }
    }

    private static Map<String, String> fields(JsonCodecs codecs) {
        EntryField fields = new EntryField(codecs);
        Map<String, String> written = new LinkedHashMap<>();
        keys().forEach((java, key) -> written.put(java, new String(fields.of(key), StandardCharsets.US_ASCII)));
        return written;
    }

    private static Map<String, Object> keys() {
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("null", null);
        keys.put("true", true);
        keys.put("-1", -1);
        keys.put("-2", -2);
        keys.put("1e16", 1e16);
        keys.put("\"ab\"", "ab");
        keys.put("1L", 1L);
        keys.put("(short) 1", (short) 1);
        keys.put("(byte) 1", (byte) 1);
        keys.put("0.1f", 0.1f);
        keys.put("new BigInteger(\"18446744073709551616\")", new BigInteger("18446744073709551616"));
        keys.put("new BigDecimal(\"1.10\")", new BigDecimal("1.10"));
        keys.put("new BigDecimal(\"1E+3\")", new BigDecimal("1E+3"));
        keys.put("'é'", 'é');
        keys.put(
                "UUID.fromString(\"7d444840-9dc0-11d1-b245-5ffdce74fad2\")",
                UUID.fromString("7d444840-9dc0-11d1-b245-5ffdce74fad2"));
        keys.put("Instant.parse(\"2026-11-23T10:15:30.5Z\")", Instant.parse("2026-11-23T10:15:30.5Z"));
        keys.put("LocalDate.parse(\"2026-11-23\")", LocalDate.parse("2026-11-23"));
        keys.put("LocalDateTime.parse(\"2026-11-23T10:15:00\")", LocalDateTime.parse("2026-11-23T10:15:00"));
        keys.put(
                "OffsetDateTime.parse(\"2026-11-23T10:15:00+02:00\")",
                OffsetDateTime.parse("2026-11-23T10:15:00+02:00"));
        keys.put(
                "ZonedDateTime.parse(\"2026-10-25T02:30:00+01:00[Europe/Paris]\")",
                ZonedDateTime.parse("2026-10-25T02:30:00+01:00[Europe/Paris]"));
        keys.put("YearMonth.of(2026, 2)", YearMonth.of(2026, 2));
        keys.put("Duration.ofMillis(90_500)", Duration.ofMillis(90_500));
        keys.put("DayOfWeek.MONDAY", DayOfWeek.MONDAY);
        keys.put("ZoneId.of(\"Europe/Paris\")", ZoneId.of("Europe/Paris"));
        keys.put("Locale.GERMANY", Locale.GERMANY);
        keys.put("Currency.getInstance(\"EUR\")", Currency.getInstance("EUR"));
        keys.put("URI.create(\"redis://a/0\")", URI.create("redis://a/0"));
        keys.put("StandardCharsets.UTF_8", StandardCharsets.UTF_8);
        keys.put("Path.of(\"a\")", Path.of("a"));
        keys.put("Pattern.compile(\"a+\", Pattern.CASE_INSENSITIVE)", Pattern.compile("a+", Pattern.CASE_INSENSITIVE));
        keys.put("List.of(2, 1)", List.of(2, 1));
        keys.put("Set.of(9, 10, 100)", Set.of(9, 10, 100));
        keys.put("Set.of(\"Aa\", \"BB\")", Set.of("Aa", "BB"));
        keys.put("Map.of(\"b\", 1, \"a\", 2L)", Map.of("b", 1, "a", 2L));
        keys.put("Map.entry(\"a\", 1)", Map.entry("a", 1));
        keys.put("new ArrayDeque<>(List.of(2, 1))", new ArrayDeque<>(List.of(2, 1)));
        keys.put("new int[] {2, 1}", new int[] {2, 1});
        keys.put("new byte[] {0, -1, 62}", new byte[] {0, -1, 62});
        keys.put("new String[] {\"b\", null}", new String[] {"b", null});
        keys.put("Optional.of(1)", Optional.of(1));
        keys.put("OptionalInt.empty()", OptionalInt.empty());
        keys.put("Arguments.of()", Arguments.of());
        keys.put("Arguments.of(\"a\", null, 1L)", Arguments.of("a", null, 1L));
        keys.put("Arguments.of(List.of(\"a\"), \"b\")", Arguments.of(List.of("a"), "b"));
        keys.put("\"a\".repeat(196)", "a".repeat(196));
        keys.put("\"a\".repeat(197)", "a".repeat(197));
        keys.put("Size.LARGE", Size.LARGE);
        keys.put(
                "new Item(\"a\", 1, Set.of(9, 10), Map.of(\"b\", 2.0, \"a\", 1.0))",
                new Item("a", 1, Set.of(9, 10), Map.of("b", 2.0, "a", 1.0)));
        keys.put(
                "new HashSet<>(List.of(new Tag(\"b\"), new Tag(\"a\"), new Tag(\"c\")))",
                new HashSet<>(List.of(new Tag("b"), new Tag("a"), new Tag("c"))));
        keys.put(
                "new HashMap<>(Map.of(new Tag(\"b\"), Arrays.asList(1, null), new Tag(\"a\"), Size.SMALL))",
                new HashMap<>(Map.of(new Tag("b"), Arrays.asList(1, null), new Tag("a"), Size.SMALL)));
        return keys;
    }
}
