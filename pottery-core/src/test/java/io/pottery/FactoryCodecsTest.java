package io.pottery;

import static org.assertj.core.api.Assertions.assertThat;

import io.pottery.codec.Jackson3Codecs;
import io.pottery.codec.JsonCodecs;
import io.pottery.testing.TestRedis;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** The application's codecs map its values, and nothing that Pottery stores for itself. */
class FactoryCodecsTest {

    record Order(int orderNumber) {}

    private static final JsonCodecs SNAKE_CASE = new Jackson3Codecs(JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build());

    private final PotteryFactory own = TestRedis.pottery();
    private final PotteryFactory applications =
            PotteryFactory.builder(TestRedis.connections()).codecs(SNAKE_CASE).build();
    private final String key = TestRedis.freshKey();

    @Test
    void valuesAreMappedByThem() {
        applications.dict(key, Order.class, Order.class).put(new Order(1), new Order(2));

        assertThat(TestRedis.hash(key)).containsExactly(Map.entry("{\"order_number\": 1}", "{\"order_number\": 2}"));
    }

    @Test
    void theParametersOfABloomFilterAreWhatTheyAlwaysWere() {
        applications.bloomFilter(key, Order.class, 100, 0.01).add(new Order(1));

        assertThat(TestRedis.server().execute("GET", "{" + key + "}:parameters"))
                .isEqualTo("{\"falsePositives\": 0.01, \"numElements\": 100}");
    }

    @Test
    void theFieldsOfACacheAreWhatTheyAlwaysWere() {
        applications.cached(key, Order.class, Order.class, order -> order).apply(new Order(1));

        assertThat(TestRedis.hash(key)).containsValue("{\"order_number\": 1}").hasSize(1);
        String field = TestRedis.hash(key).keySet().iterator().next();
        TestRedis.server().execute("DEL", key);
        own.cached(key, Order.class, Order.class, order -> order).apply(new Order(1));
        assertThat(TestRedis.hash(key)).containsOnlyKeys(field);
    }
}
