package io.pottery.collection;

import com.google.common.collect.testing.AnEnum;
import com.google.common.collect.testing.SetTestSuiteBuilder;
import com.google.common.collect.testing.TestEnumSetGenerator;
import com.google.common.collect.testing.TestSetGenerator;
import com.google.common.collect.testing.TestStringSetGenerator;
import com.google.common.collect.testing.features.CollectionFeature;
import com.google.common.collect.testing.features.CollectionSize;
import com.google.common.collect.testing.features.SetFeature;
import io.pottery.testing.Contract;
import io.pottery.testing.TestRedis;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

class RedisSetContractTest {

    @TestFactory
    DynamicNode keepsTheContractOfSet() {
        return suite("RedisSet<String>", new TestStringSetGenerator() {
            @Override
            protected Set<String> create(String[] elements) {
                return filled(String.class, elements);
            }
        });
    }

    @TestFactory
    DynamicNode keepsTheContractOfSetWithTypesThatJacksonMaps() {
        return suite("RedisSet<AnEnum>", new TestEnumSetGenerator() {
            @Override
            protected Set<AnEnum> create(AnEnum[] elements) {
                return filled(AnEnum.class, elements);
            }

            @Override
            public List<AnEnum> order(List<AnEnum> insertionOrder) {
                return insertionOrder;
            }
        });
    }

    private static <E> DynamicNode suite(String name, TestSetGenerator<E> generator) {
        return Contract.of(SetTestSuiteBuilder.using(generator)
                .named(name)
                .withFeatures(
                        CollectionSize.ANY,
                        SetFeature.GENERAL_PURPOSE,
                        CollectionFeature.ALLOWS_NULL_QUERIES,
                        CollectionFeature.SUPPORTS_ITERATOR_REMOVE)
                .createTestSuite());
    }

    @SafeVarargs
    private static <E> Set<E> filled(Class<E> type, E... elements) {
        RedisSet<E> set = TestRedis.pottery().set(TestRedis.freshKey(), type);
        for (E element : elements) {
            set.add(element);
        }
        return set;
    }
}
