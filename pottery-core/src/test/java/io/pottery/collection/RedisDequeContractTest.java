package io.pottery.collection;

import com.google.common.collect.testing.QueueTestSuiteBuilder;
import com.google.common.collect.testing.TestStringQueueGenerator;
import com.google.common.collect.testing.features.CollectionFeature;
import com.google.common.collect.testing.features.CollectionSize;
import io.pottery.testing.Contract;
import io.pottery.testing.TestRedis;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

class RedisDequeContractTest {

    @TestFactory
    DynamicNode keepsTheContractOfQueue() {
        return suite("RedisDeque", Integer.MAX_VALUE);
    }

    @TestFactory
    DynamicNode keepsTheContractOfQueueWithAMaximumThatIsNotReached() {
        return suite("RedisDeque, at most 100", 100);
    }

    @TestFactory
    DynamicNode keepsTheContractOfListAsAList() {
        return RedisListContractTest.suiteWithoutEveryWalk(
                "RedisDeque.asList", elements -> filled(elements, 100).asList());
    }

    private static DynamicNode suite(String name, int maxLength) {
        return Contract.of(QueueTestSuiteBuilder.using(new TestStringQueueGenerator() {
                    @Override
                    protected Queue<String> create(String[] elements) {
                        return filled(List.of(elements), maxLength);
                    }
                })
                .named(name)
                .withFeatures(
                        CollectionSize.ANY,
                        CollectionFeature.GENERAL_PURPOSE,
                        CollectionFeature.KNOWN_ORDER,
                        CollectionFeature.SUPPORTS_ITERATOR_REMOVE,
                        CollectionFeature.ALLOWS_NULL_QUERIES)
                .createTestSuite());
    }

    private static RedisDeque<String> filled(List<String> elements, int maxLength) {
        RedisDeque<String> deque = TestRedis.pottery().deque(TestRedis.freshKey(), String.class);
        deque.addAll(elements);
        return maxLength == Integer.MAX_VALUE ? deque : deque.withMaxLength(maxLength);
    }
}
