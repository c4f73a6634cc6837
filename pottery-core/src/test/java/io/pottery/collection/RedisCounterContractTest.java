package io.pottery.collection;

import com.google.common.collect.testing.ConcurrentMapTestSuiteBuilder;
import com.google.common.collect.testing.SampleElements;
import com.google.common.collect.testing.TestMapGenerator;
import com.google.common.collect.testing.features.CollectionFeature;
import com.google.common.collect.testing.features.CollectionSize;
import com.google.common.collect.testing.features.MapFeature;
import io.pottery.testing.Contract;
import io.pottery.testing.TestRedis;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

class RedisCounterContractTest {

    @TestFactory
    DynamicNode keepsTheContractOfConcurrentMap() {
        return Contract.of(ConcurrentMapTestSuiteBuilder.using(new Counters())
                .named("RedisCounter<String>")
                .withFeatures(
                        CollectionSize.ANY,
                        MapFeature.GENERAL_PURPOSE,
                        MapFeature.ALLOWS_NULL_ENTRY_QUERIES,
                        CollectionFeature.SUPPORTS_ITERATOR_REMOVE)
                .createTestSuite());
    }

    private static final class Counters implements TestMapGenerator<String, Long> {

        @Override
        public SampleElements<Entry<String, Long>> samples() {
            return new SampleElements<>(
                    Map.entry("one", 1L),
                    Map.entry("two", -2L),
                    Map.entry("three", 0L),
                    Map.entry("four", Long.MAX_VALUE),
                    Map.entry("five", Long.MIN_VALUE));
        }

        @Override
        public Map<String, Long> create(Object... entries) {
            RedisCounter<String> counter = TestRedis.pottery().counter(TestRedis.freshKey(), String.class);
            for (Object each : entries) {
                Entry<?, ?> entry = (Entry<?, ?>) each;
                counter.put((String) entry.getKey(), (Long) entry.getValue());
            }
            return counter;
        }

        @Override
        @SuppressWarnings({"unchecked", "rawtypes"}) // Java has no arrays of generic types
        public Entry<String, Long>[] createArray(int length) {
            return new Entry[length];
        }

        @Override
        public String[] createKeyArray(int length) {
            return new String[length];
        }

        @Override
        public Long[] createValueArray(int length) {
            return new Long[length];
        }

        @Override
        public Iterable<Entry<String, Long>> order(List<Entry<String, Long>> insertionOrder) {
            return insertionOrder;
        }
    }
}
