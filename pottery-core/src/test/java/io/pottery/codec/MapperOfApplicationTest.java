package io.pottery.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.pottery.codec.Mapper.Fields;
import io.pottery.codec.Mapper.Foreign;
import io.pottery.codec.Mapper.Money;
import io.pottery.codec.Mapper.MoreForeign;
import io.pottery.error.UndecodableValueException;
import io.pottery.error.UnencodableValueException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.core.ParameterizedTypeReference;

/** What an application has taught its mapper about its types holds, and what docs/wire-format.md fixes holds too. */
@WithBothJacksons
class MapperOfApplicationTest {

    enum Level {
        HIGH {
            @Override
            public String toString() {
                return "very high";
            }
        }
    }

    record Order(
            long orderNumber,
            LocalDate day,
            Instant at,
            Duration within,
            Level level,
            List<Object> items,
            Map<Instant, Level> times,
            Optional<String> note,
            double weight) {}

    record Price(Money netPrice, List<Money> parts, Map<Money, Integer> counts, String note) {}

    private static final Order ORDER = new Order(
            Long.MAX_VALUE,
            LocalDate.parse("2026-11-23"),
            Instant.parse("2026-11-23T10:15:30Z"),
            Duration.ofMillis(90_500),
            Level.HIGH,
            new ArrayList<>(List.of(1)),
            Map.of(Instant.EPOCH, Level.HIGH),
            Optional.empty(),
            1e16);

    private static final Money PRICE = new Money(new BigDecimal("2.20"), Currency.getInstance("EUR"));

    private final Jackson jackson;
    private final JsonCodecs hostile;
    private final JsonCodecs friendly;

    MapperOfApplicationTest(Jackson jackson) {
        this.jackson = jackson;
        this.hostile = jackson.mapper().hostile();
        this.friendly = jackson.mapper().friendly();
    }

    @Test
    void whatIsFixedIsWrittenAndReadWhateverTheMapperSays() {
        Codec<Order> codec = hostile.of(Order.class);

        String json = Golden.text(codec.encode(ORDER));

        assertThat(json)
                .isEqualTo("{\"at\": \"2026-11-23T10:15:30Z\", \"day\": \"2026-11-23\", \"items\": [1], "
                        + "\"level\": \"HIGH\", \"note\": null, \"orderNumber\": 9223372036854775807, "
                        + "\"times\": {\"1970-01-01T00:00:00Z\": \"HIGH\"}, \"weight\": 1e+16, "
                        + "\"within\": \"PT1M30.5S\"}");
        assertThat(codec.decode(Golden.utf8(json))).isEqualTo(ORDER);
        assertThat(codec.encode(ORDER))
                .isEqualTo(jackson.codecs().of(Order.class).encode(ORDER));
        assertThat(codec.decode(Golden.utf8("{\"more\": 1, " + json.substring(1))))
                .isEqualTo(ORDER);
    }

    @Test
    void nothingIsLostInsideMapsAndLists() {
        Map<String, Integer> map = new HashMap<>(Map.of("b", 0));
        map.put("a", null);
        Codec<Map<String, Integer>> maps = hostile.of(new ParameterizedTypeReference<>() {});
        Codec<List<Integer>> lists = hostile.of(new ParameterizedTypeReference<>() {});

        assertThat(Golden.text(maps.encode(map))).isEqualTo("{\"a\": null, \"b\": 0}");
        assertThat(maps.decode(maps.encode(map))).isEqualTo(map);
        assertThat(lists.decode(Golden.utf8("[1, null]"))).containsExactly(1, null);
    }

    @Test
    void aScalarOfTheApplicationIsReadAsTheApplicationReadsIt() {
        Codec<Mapper.Cents> cents = friendly.of(Mapper.Cents.class);

        assertThat(Golden.text(cents.encode(new Mapper.Cents(5)))).isEqualTo("5");
        assertThat(cents.decode(Golden.utf8("5"))).isEqualTo(new Mapper.Cents(5));
    }

    @Test
    void readingIsAsStrictAsEver() {
        refused(Long.class, "\"1\"");
        refused(Short.class, "1.0");
        refused(Short.class, "\"1\"");
        refused(Level.class, "\"high\"");
        refused(Level.class, "\"LOW\"");
        refused(Level.class, "0");
        refused(LocalDate.class, "\"x\"");
        refused(LocalDate.class, "[2026, 11, 23]");
        refused(Order.class, "\"\"");
        refused(Order.class, "{'level': \"HIGH\"}");
        refused(Object.class, "[1,]");
        refused(Object.class, "/* a */ 1");
        refused(Object.class, "[] []");
        refused(List.class, "1");
    }

    private void refused(Class<?> type, String json) {
        assertThatExceptionOfType(UndecodableValueException.class)
                .as("%s %s", type, json)
                .isThrownBy(() -> hostile.of(type).decode(Golden.utf8(json)));
    }

    @Test
    void numbersOfNoDeclaredTypeAreReadAsEver() {
        Codec<Object> any = hostile.of(Object.class);
        assertThat(any.decode(Golden.utf8("[1, 1.5, 5000000000, \"a longer text\"]")))
                .isEqualTo(List.of(1, 1.5, 5_000_000_000L, "a longer text"));
        assertThat(any.decode(Golden.utf8("[[[[[1]]]]]"))).isInstanceOf(List.class);
    }

    @Test
    void noClassIsNamedThoughDefaultTypingIsActive() {
        Codec<Object> any = hostile.of(Object.class);
        assertThat(Golden.text(any.encode(List.of(new Foreign())))).isEqualTo("[{\"name\": \"a\", \"secret\": \"b\"}]");
        assertThat(any.decode(Golden.utf8("[\"java.util.ArrayList\", [1]]")))
                .isEqualTo(List.of("java.util.ArrayList", List.of(1)));
    }

    @Test
    void whatIsRefusedIsRefusedWhateverTheMapperSays() {
        Codec<Object> any = hostile.of(Object.class);
        for (Object value : List.of(String.class, new Timestamp(0), InetAddress.getLoopbackAddress())) {
            assertThat(any.tryEncode(List.of(value))).as("%s", value).isNull();
            assertThat(any.tryEncode(Map.of(value, 1))).as("%s", value).isNull();
        }
        refused(Timestamp.class, "\"2026-11-23T10:15:30Z\"");
        refused(InetAddress.class, "\"localhost\"");
    }

    @Test
    void objectsAreWrittenAsDeclaredWhateverWritesThem() {
        Codec<List<Foreign>> codec = jackson.mapper().wrapping().of(new ParameterizedTypeReference<>() {});

        assertThat(Golden.text(codec.encode(List.of(new Foreign()))))
                .isEqualTo("[{\"name\": \"a\", \"secret\": \"b\"}]");
        assertThatExceptionOfType(UnencodableValueException.class)
                .isThrownBy(() -> codec.encode(List.of(new MoreForeign())))
                .withMessageContaining("which lacks its properties [more]");
    }

    @Test
    void noMixInNamesClassesEither() {
        JsonCodecs naming = jackson.mapper().namingClasses();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> naming.of(Foreign.class))
                .withMessageContaining("use JsonTypeInfo.Id.NAME");
        assertThat(naming.of(Object.class).tryEncode(new Foreign())).isNull();
    }

    @Test
    void theMapperItselfIsNotChanged() throws Exception {
        String before = jackson.mapper().hostileAlone(new Foreign());
        Mapper mapper = jackson.mapper();
        mapper.hostile().of(Object.class).encode(List.of(new Foreign(), 1L));
        assertThat(mapper.hostileAlone(new Foreign())).isEqualTo(before).contains("\n", Foreign.class.getName());
    }

    @Test
    void serializersAndDeserializersOfTheApplicationAreUsed() {
        Codec<Price> codec = friendly.of(Price.class);
        Price price = new Price(PRICE, List.of(PRICE), Map.of(PRICE, 1), "a");

        String json = Golden.text(codec.encode(price));

        assertThat(json)
                .isEqualTo("{\"counts\": {\"2.20 EUR\": 1}, \"net_price\": \"2.20 EUR\", \"note\": \"a\", "
                        + "\"parts\": [\"2.20 EUR\"]}");
        assertThat(codec.decode(Golden.utf8(json))).isEqualTo(price);
        assertThat(friendly.of(Money.class).decode(Golden.utf8("\"2.20 EUR\""))).isEqualTo(PRICE);
        assertThat(friendly.of(new ParameterizedTypeReference<List<Money>>() {})
                        .decode(Golden.utf8("[\"2.20 EUR\", \"2.20 EUR\"]")))
                .containsExactly(PRICE, PRICE);
    }

    @Test
    void namingInclusionMixInsAndVisibilityAreUsed() {
        assertThat(Golden.text(friendly.of(Price.class).encode(new Price(PRICE, List.of(), Map.of(), null))))
                .isEqualTo("{\"counts\": {}, \"net_price\": \"2.20 EUR\", \"parts\": []}");
        assertThat(Golden.text(friendly.of(Foreign.class).encode(new Foreign())))
                .isEqualTo("{\"name\": \"a\"}");
        assertThat(Golden.text(friendly.of(Fields.class).encode(new Fields()))).isEqualTo("{\"hidden_count\": 1}");
        assertThat(friendly.of(Fields.class)
                        .decode(Golden.utf8("{\"hidden_count\": 7}"))
                        .count())
                .isEqualTo(7);
    }

    @Test
    void pathsHaveTheNamesThatAreStored() {
        assertThatExceptionOfType(UndecodableValueException.class)
                .isThrownBy(() -> friendly.of(Order.class).decode(Golden.utf8("{\"order_number\": \"x\"}")))
                .withMessageContaining("$.order_number");
    }

    @Test
    void anotherMapperMakesAnotherCodec() {
        assertThat(friendly.of(Order.class))
                .isEqualTo(friendly.of(Order.class))
                .isNotEqualTo(hostile.of(Order.class))
                .isNotEqualTo(jackson.codecs().of(Order.class));
    }
}
