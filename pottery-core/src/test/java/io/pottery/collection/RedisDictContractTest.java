package io.pottery.collection;

import com.google.common.collect.testing.AnEnum;
import com.google.common.collect.testing.ConcurrentMapTestSuiteBuilder;
import com.google.common.collect.testing.TestEnumMapGenerator;
import com.google.common.collect.testing.TestMapGenerator;
import com.google.common.collect.testing.TestStringMapGenerator;
import com.google.common.collect.testing.features.CollectionFeature;
import com.google.common.collect.testing.features.CollectionSize;
import com.google.common.collect.testing.features.MapFeature;
import io.pottery.testing.Contract;
import io.pottery.testing.TestRedis;
import java.util.Map;
import java.util.Map.Entry;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

class RedisDictContractTest {

    @TestFactory
    DynamicNode keepsTheContractOfConcurrentMap() {
        return suite("RedisDict<String, String>", new TestStringMapGenerator() {
            @Override
            protected Map<String, String> create(Entry<String, String>[] entries) {
                return filled(entries, String.class, String.class);
            }
        });
    }

    @TestFactory
    DynamicNode keepsTheContractOfConcurrentMapWithTypesThatJacksonMaps() {
        return suite("RedisDict<AnEnum, String>", new TestEnumMapGenerator() {
            @Override
            protected Map<AnEnum, String> create(Entry<AnEnum, String>[] entries) {
                return filled(entries, AnEnum.class, String.class);
            }
        });
    }

    private static <K, V> DynamicNode suite(String name, TestMapGenerator<K, V> generator) {
        return Contract.of(ConcurrentMapTestSuiteBuilder.using(generator)
                .named(name)
                .withFeatures(
                        CollectionSize.ANY,
                        MapFeature.GENERAL_PURPOSE,
                        MapFeature.ALLOWS_NULL_ENTRY_QUERIES,
                        CollectionFeature.SUPPORTS_ITERATOR_REMOVE)
                .createTestSuite());
    }

    private static <K, V> Map<K, V> filled(Entry<K, V>[] entries, Class<K> keys, Class<V> values) {
        RedisDict<K, V> dict = TestRedis.pottery().dict(TestRedis.freshKey(), keys, values);
        for (Entry<K, V> entry : entries) {
            dict.put(entry.getKey(), entry.getValue());
        }
        return dict;
    }
}
