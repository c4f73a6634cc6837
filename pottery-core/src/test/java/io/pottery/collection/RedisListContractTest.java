package io.pottery.collection;

import com.google.common.collect.testing.ListTestSuiteBuilder;
import com.google.common.collect.testing.TestStringListGenerator;
import com.google.common.collect.testing.features.CollectionFeature;
import com.google.common.collect.testing.features.CollectionSize;
import com.google.common.collect.testing.features.ListFeature;
import com.google.common.collect.testing.testers.ListListIteratorTester;
import io.pottery.testing.Contract;
import io.pottery.testing.TestRedis;
import java.lang.reflect.Method;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

class RedisListContractTest {

    @TestFactory
    DynamicNode keepsTheContractOfList() {
        return suite("RedisList", elements -> {
            RedisList<String> list = emptyList();
            list.addAll(elements);
            return list;
        });
    }

    @TestFactory
    DynamicNode keepsTheContractOfListInAPartOfALongerList() {
        return suite("RedisList.subList", elements -> {
            RedisList<String> list = emptyList();
            list.addAll(List.of("before", "b"));
            list.addAll(elements);
            list.addAll(List.of("b", "behind"));
            return list.subList(2, 2 + elements.size());
        });
    }

    @TestFactory
    DynamicNode keepsTheContractOfListInAPartOfAPart() {
        return suiteWithoutEveryWalk("RedisList.subList.subList", elements -> {
            RedisList<String> list = emptyList();
            list.addAll(List.of("before", "b"));
            list.addAll(elements);
            list.addAll(List.of("b", "behind"));
            return list.subList(1, 3 + elements.size()).subList(1, 1 + elements.size());
        });
    }

    static DynamicNode suite(String name, Function<List<String>, List<String>> lists) {
        return suite(name, lists, List.of());
    }

    /** Without the one test that tries every short walk of an iterator, which takes longer than all others together. */
    static DynamicNode suiteWithoutEveryWalk(String name, Function<List<String>, List<String>> lists) {
        try {
            return suite(
                    name, lists, List.of(ListListIteratorTester.class.getMethod("testListIterator_fullyModifiable")));
        } catch (NoSuchMethodException e) {
            throw new AssertionError(e);
        }
    }

    private static DynamicNode suite(String name, Function<List<String>, List<String>> lists, List<Method> suppressed) {
        return Contract.of(ListTestSuiteBuilder.using(new TestStringListGenerator() {
                    @Override
                    protected List<String> create(String[] elements) {
                        return lists.apply(List.of(elements));
                    }
                })
                .named(name)
                .withFeatures(
                        CollectionSize.ANY,
                        ListFeature.GENERAL_PURPOSE,
                        CollectionFeature.SUPPORTS_ITERATOR_REMOVE,
                        CollectionFeature.ALLOWS_NULL_QUERIES)
                .suppressing(suppressed)
                .createTestSuite());
    }

    private static RedisList<String> emptyList() {
        return TestRedis.pottery().list(TestRedis.freshKey(), String.class);
    }
}
