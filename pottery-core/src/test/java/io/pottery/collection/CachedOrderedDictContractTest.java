package io.pottery.collection;

import com.google.common.collect.testing.MapTestSuiteBuilder;
import com.google.common.collect.testing.TestStringMapGenerator;
import com.google.common.collect.testing.features.CollectionFeature;
import com.google.common.collect.testing.features.CollectionSize;
import com.google.common.collect.testing.features.MapFeature;
import io.pottery.testing.Contract;
import io.pottery.testing.TestRedis;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

class CachedOrderedDictContractTest {

    @TestFactory
    DynamicNode keepsTheContractOfMapWhateverWasPut() {
        return suite("CachedOrderedDict, put", new TestStringMapGenerator() {
            @Override
            protected Map<String, String> create(Entry<String, String>[] entries) {
                Map<String, String> dict = dict(List.of());
                for (Entry<String, String> entry : entries) {
                    dict.put(entry.getKey(), entry.getValue());
                }
                return dict;
            }
        });
    }

    @TestFactory
    DynamicNode keepsTheContractOfMapWhateverWasRead() {
        return suite("CachedOrderedDict, read", new TestStringMapGenerator() {
            @Override
            protected Map<String, String> create(Entry<String, String>[] entries) {
                String key = TestRedis.freshKey();
                RedisDict<String, String> cache = TestRedis.pottery().dict(key, String.class, String.class);
                for (Entry<String, String> entry : entries) {
                    cache.put(entry.getKey(), entry.getValue());
                }
                return TestRedis.pottery()
                        .cachedOrderedDict(
                                key,
                                String.class,
                                String.class,
                                Arrays.stream(entries).map(Entry::getKey).toList());
            }
        });
    }

    private static DynamicNode suite(String name, TestStringMapGenerator generator) {
        return Contract.of(MapTestSuiteBuilder.using(generator)
                .named(name)
                .withFeatures(
                        CollectionSize.ANY,
                        MapFeature.GENERAL_PURPOSE,
                        MapFeature.ALLOWS_NULL_ENTRY_QUERIES,
                        CollectionFeature.KNOWN_ORDER,
                        CollectionFeature.SUPPORTS_ITERATOR_REMOVE)
                .createTestSuite());
    }

    private static Map<String, String> dict(List<String> keys) {
        return TestRedis.pottery().cachedOrderedDict(TestRedis.freshKey(), String.class, String.class, keys);
    }
}
