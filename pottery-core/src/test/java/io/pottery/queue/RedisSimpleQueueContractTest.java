package io.pottery.queue;

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

class RedisSimpleQueueContractTest {

    @TestFactory
    DynamicNode keepsTheContractOfQueue() {
        return suite("RedisSimpleQueue", QueueOptions.defaults());
    }

    @TestFactory
    DynamicNode keepsTheContractOfQueueWithACapacityThatIsNotReached() {
        return suite("RedisSimpleQueue, at most 100", QueueOptions.defaults().withCapacity(100));
    }

    private static DynamicNode suite(String name, QueueOptions options) {
        return Contract.of(QueueTestSuiteBuilder.using(new TestStringQueueGenerator() {
                    @Override
                    protected Queue<String> create(String[] elements) {
                        RedisSimpleQueue<String> queue = TestRedis.pottery()
                                .queue(TestRedis.freshKey(), TestRedis.pottery().json(String.class), options);
                        queue.addAll(List.of(elements));
                        return queue;
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
}
