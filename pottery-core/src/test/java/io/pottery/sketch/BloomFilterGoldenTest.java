package io.pottery.sketch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import io.pottery.PotteryFactory;
import io.pottery.codec.Codec;
import io.pottery.codec.Golden;
import io.pottery.testing.TestRedis;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.codec.digest.MurmurHash3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.data.redis.connection.DataType;

/** The filters that Python Pottery made. */
class BloomFilterGoldenTest {

    private static final JsonNode GOLDEN = Golden.file("bloom.json");
    private static final List<byte[]> ENCODED = elements(GOLDEN.get("encoded"))
            .map(text -> text.asText().getBytes(StandardCharsets.UTF_8))
            .toList();

    private final String key = TestRedis.freshKey();

    static Stream<JsonNode> filters() {
        return elements(GOLDEN.get("filters"));
    }

    static Stream<JsonNode> filled() {
        return filters().filter(filter -> filter.has("sha256"));
    }

    static Stream<JsonNode> whole() {
        return filters().filter(filter -> filter.has("raw_base64"));
    }

    @Test
    void hashesLikePython() {
        JsonNode hashes = GOLDEN.get("mmh3_32");
        assertThat(hashes).hasSize(300);
        for (JsonNode hash : hashes) {
            byte[] text = hash.get(0).asText().getBytes(StandardCharsets.UTF_8);
            assertThat(MurmurHash3.hash32x86(text, 0, text.length, hash.get(1).asInt()))
                    .isEqualTo(hash.get(2).asInt());
        }
    }

    @Test
    void isAsLargeAsPythons() {
        JsonNode sizes = GOLDEN.get("params_n_p_size_k");
        assertThat(sizes).hasSize(1_974);
        int refused = 0;
        for (JsonNode size : sizes) {
            long numElements = size.get(0).asLong();
            double falsePositives = size.get(1).asDouble();
            if (size.get(2).asLong() > 1L << 32) {
                refused++;
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> new BloomFilterOptions(numElements, falsePositives))
                        .withMessageContaining(size.get(2).asText());
            } else {
                BloomFilterOptions options = new BloomFilterOptions(numElements, falsePositives);
                assertThat(options.bits()).isEqualTo(size.get(2).asLong());
                assertThat(options.hashes()).isEqualTo(size.get(3).asInt());
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void writesElementsLikePython() {
        Codec<Object> codec = TestRedis.pottery().json(Object.class);
        JsonNode values = GOLDEN.get("elements");
        assertThat(values).hasSize(200);
        int unwritten = 0;
        for (int i = 0; i < values.size(); i++) {
            Object value = Golden.value(values.get(i));
            if (value == null || codec.tryEncode(value) == null) {
                unwritten++;
            } else {
                assertThat(codec.encode(value)).isEqualTo(ENCODED.get(i));
            }
        }
        assertThat(unwritten).isLessThan(10);
    }

    @ParameterizedTest
    @MethodSource("filters")
    void choosesTheBitsThatPythonChooses(JsonNode golden) {
        BitOffsets offsets = new BitOffsets(options(golden));
        assertThat(golden.get("offsets")).hasSize(200);
        for (int i = 0; i < ENCODED.size(); i++) {
            assertThat(unpacked(offsets.of(ENCODED.get(i))))
                    .containsExactlyElementsOf(elements(golden.get("offsets").get(i))
                            .map(JsonNode::asLong)
                            .toList());
        }
    }

    @ParameterizedTest
    @MethodSource("filled")
    void makesTheFilterThatPythonMade(JsonNode golden) {
        List<byte[]> added = ENCODED.subList(0, golden.get("inserted_first").asInt());
        stored(golden).addEach(added.subList(0, added.size() / 2));
        stored(golden).addEach(added);
        assertIsAsPythons(golden);
    }

    @ParameterizedTest
    @MethodSource("filled")
    void populatesTheFilterThatPythonMade(JsonNode golden) {
        stored(golden).populate(ENCODED.subList(0, golden.get("inserted_first").asInt()));
        assertIsAsPythons(golden);
    }

    @ParameterizedTest
    @MethodSource("whole")
    void readsWhatPythonWrote(JsonNode golden) {
        opened(golden)
                .redis()
                .opsForValue()
                .set(key, Base64.getDecoder().decode(golden.get("raw_base64").asText()));
        assertIsAsPythons(golden);
        assertThat(TestRedis.server().execute("EXISTS", "{" + key + "}:parameters"))
                .isEqualTo(0L);
    }

    private void assertIsAsPythons(JsonNode golden) {
        BloomFilter<Object> filter = opened(golden);
        byte[] bytes = filter.redis().opsForValue().get(key);
        assertThat(bytes).hasSize(golden.get("strlen").asInt());
        assertThat(DigestUtils.sha256Hex(bytes)).isEqualTo(golden.get("sha256").asText());
        List<Boolean> contained = elements(golden.get("contains_all_200"))
                .map(JsonNode::asBoolean)
                .toList();
        StoredFilter stored = stored(golden);
        assertThat(stored.hasEach(ENCODED)).isEqualTo(contained);
        for (int i = 0; i < ENCODED.size(); i++) {
            assertThat(stored.hasEach(List.of(ENCODED.get(i)))).containsExactly(contained.get(i));
        }
        long bits = golden.get("bitcount").asLong();
        assertThat(filter.isSaturated())
                .isEqualTo(bits == golden.get("size").asLong())
                .isEqualTo(golden.has("len_error"));
        assertThat(filter.approximateSize())
                .isEqualTo(golden.has("len") ? golden.get("len").asLong() : Long.MAX_VALUE);
        assertThat(filter.expectedFalsePositiveRate())
                .isEqualTo(Math.pow(
                        bits / golden.get("size").asDouble(),
                        golden.get("num_hashes").asInt()));
    }

    private BloomFilter<Object> opened(JsonNode golden) {
        PotteryFactory pottery = TestRedis.pottery();
        return pottery.bloomFilter(key, pottery.json(Object.class), options(golden));
    }

    private StoredFilter stored(JsonNode golden) {
        return new StoredFilter(
                TestRedis.keyspace("").key(DataType.STRING, key),
                options(golden),
                TestRedis.pottery().json(BloomFilterOptions.class));
    }

    private static BloomFilterOptions options(JsonNode golden) {
        return new BloomFilterOptions(
                golden.get("num_elements").asLong(),
                golden.get("false_positives").asDouble());
    }

    private static List<Long> unpacked(byte[] offsets) {
        ByteBuffer buffer = ByteBuffer.wrap(offsets).order(ByteOrder.LITTLE_ENDIAN);
        List<Long> unpacked = new ArrayList<>();
        while (buffer.hasRemaining()) {
            unpacked.add(Integer.toUnsignedLong(buffer.getInt()));
        }
        return unpacked;
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
