package io.pottery.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pottery.error.UnencodableValueException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
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
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.core.ParameterizedTypeReference;

@WithBothJacksons
class CanonicalOrderTest {

    record Pair(Set<String> set, Map<String, Integer> map) {}

    record Holder<K>(Map<K, Integer> map) {}

    private final JsonCodecs codecs;
    private final Codec<Object> any;

    CanonicalOrderTest(Jackson jackson) {
        codecs = jackson.codecs();
        any = codecs.of(Object.class);
    }

    @Test
    void equalSetsAndMapsAreEqualBytes() {
        List<Integer> numbers = new ArrayList<>(IntStream.range(0, 1000).boxed().toList());
        byte[] expected = any.encode(mapOf(numbers));
        for (int seed = 0; seed < 20; seed++) {
            Collections.shuffle(numbers, new Random(seed));
            assertThat(any.encode(mapOf(numbers))).isEqualTo(expected);
        }
    }

    private static Map<String, Object> mapOf(List<Integer> numbers) {
        Map<String, Object> map = new LinkedHashMap<>();
        Set<Object> set = new LinkedHashSet<>();
        numbers.forEach(number -> set.add(Set.of(number, List.of(number))));
        numbers.forEach(number -> map.put("k" + number, number % 100 == 0 ? set : number));
        return map;
    }

    @Test
    void setsAreSortedWhereverTheyStand() {
        Set<String> backwards = new LinkedHashSet<>(List.of("b", "a\"", "a"));
        Map<String, Integer> map = new LinkedHashMap<>();
        map.put("z", 1);
        map.put("\uffff", 3);
        map.put("😀", 4);
        map.put("", 2);

        assertThat(Golden.text(any.encode(List.of(new Pair(backwards, map)))))
                .isEqualTo("[{\"map\": {\"\": 2, \"z\": 1, \"\\uffff\": 3, \"\\ud83d\\ude00\": 4}, "
                        + "\"set\": [\"a\", \"a\\\"\", \"b\"]}]");
        assertThat(any.encode(new HashMap<>(map).keySet())).isEqualTo(any.encode(new HashSet<>(map.keySet())));
    }

    @Test
    void numbersAndBooleansAsKeysAreSortedByValue() {
        Map<Object, Object> map = new LinkedHashMap<>();
        map.put(10, 0);
        map.put(9L, 0);
        map.put(new BigInteger("99999999999999999999999"), 0);
        map.put(1e23, 0);
        map.put(new BigDecimal("9.50"), 0);
        map.put(0.5f, 0);
        map.put(true, 0);
        map.put((byte) -1, 0);

        assertThat(Golden.text(any.encode(map)))
                .isEqualTo("{\"-1\": 0, \"0.5\": 0, \"true\": 0, \"9\": 0, \"9.50\": 0, \"10\": 0, "
                        + "\"1e+23\": 0, \"99999999999999999999999\": 0}");
    }

    @Test
    void twoKeysOfTheSameTextAreRefused() {
        assertThatExceptionOfType(UnencodableValueException.class)
                .isThrownBy(() -> any.encode(Map.of("a", List.of(Map.of(1, "x", 1L, "y")))))
                .withMessageStartingWith("Cannot write $.*[0] (")
                .withMessageContaining("two of its keys have the same text");
        assertThat(any.tryEncode(Map.of(0.1, 1, new BigDecimal("0.1"), 2))).isNull();
    }

    @Test
    void textsBesideNumbersAreRefused() {
        assertThatExceptionOfType(UnencodableValueException.class)
                .isThrownBy(() -> any.encode(Map.of("a", Map.of(1, "x", "1", "y"))))
                .withMessageStartingWith("Cannot write $.* (")
                .withMessageContaining("its keys must be all texts, or all numbers and booleans");
    }

    @Test
    void aNullKeyAloneIsTheTextNull() {
        assertThat(Golden.text(any.encode(Collections.singletonMap(null, 1)))).isEqualTo("{\"null\": 1}");
    }

    @Test
    void keysWithATextComeBack() {
        assertComesBack(new ParameterizedTypeReference<>() {}, UUID.randomUUID());
        assertComesBack(new ParameterizedTypeReference<>() {}, Instant.ofEpochSecond(1, 5));
        assertComesBack(new ParameterizedTypeReference<>() {}, LocalTime.of(1, 2));
        assertComesBack(new ParameterizedTypeReference<>() {}, LocalDateTime.of(2026, 1, 2, 3, 4));
        assertComesBack(new ParameterizedTypeReference<>() {}, OffsetDateTime.parse("2026-11-23T10:15:00+02:00"));
        assertComesBack(new ParameterizedTypeReference<>() {}, OffsetTime.parse("10:15:00+02:00"));
        assertComesBack(new ParameterizedTypeReference<>() {}, Duration.ofMillis(1));
        assertComesBack(new ParameterizedTypeReference<>() {}, Period.ofDays(3));
        assertComesBack(new ParameterizedTypeReference<>() {}, Year.of(2026));
        assertComesBack(new ParameterizedTypeReference<>() {}, YearMonth.of(2026, 3));
        assertComesBack(new ParameterizedTypeReference<>() {}, MonthDay.of(3, 4));
        assertComesBack(new ParameterizedTypeReference<Holder<ZoneId>>() {}, ZoneId.of("Europe/Paris"));
        assertComesBack(new ParameterizedTypeReference<>() {}, ZoneOffset.ofHours(1));
        assertComesBack(new ParameterizedTypeReference<>() {}, Locale.GERMANY);
        assertComesBack(new ParameterizedTypeReference<>() {}, URI.create("redis://a"));
        assertComesBack(new ParameterizedTypeReference<>() {}, 'x');
        assertComesBack(new ParameterizedTypeReference<>() {}, 1.5f);
        assertComesBack(new ParameterizedTypeReference<>() {}, (short) 1);
        assertComesBack(new ParameterizedTypeReference<>() {}, new BigInteger("123456789012345678901"));
        assertComesBack(new ParameterizedTypeReference<>() {}, new BigDecimal("1.10"));
        assertComesBack(new ParameterizedTypeReference<>() {}, Long.MIN_VALUE);
    }

    private <K> void assertComesBack(ParameterizedTypeReference<Holder<K>> type, K key) {
        Codec<Holder<K>> codec = codecs.of(type);
        Holder<K> holder = new Holder<>(Map.of(key, 1));

        assertThat(codec.decode(codec.encode(holder))).isEqualTo(holder);
        assertThat(any.encode(holder)).isEqualTo(codec.encode(holder));
    }
}
