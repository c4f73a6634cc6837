package io.pottery.collection;

import static org.assertj.core.api.Assertions.assertThat;

import io.pottery.codec.Golden;
import io.pottery.testing.TestRedis;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The deques that Python Pottery wrote. */
class RedisDequeGoldenTest {

    private final RedisDeque<Object> deque = TestRedis.pottery().deque(TestRedis.freshKey(), Object.class);

    @Test
    void readsAndWritesWhatPythonWrote() {
        RedisListGoldenTest.readsAndWrites(Golden.list("deque_all"), deque.asList(), deque::addAll);
    }

    @Test
    void doesWhatTheOperationsOfPythonDid() {
        deque.populate(List.of("g", "h", "i"));
        deque.addLast("j");
        deque.addFirst("f");
        assertThat(deque.removeLast()).isEqualTo("j");
        assertThat(deque.removeFirst()).isEqualTo("f");
        deque.addAll(List.of("j", "k", "l"));
        deque.rotate(1);
        deque.addAllFirst(List.of("a", "b"));
        assertIsLike("deque_ops");
    }

    @Test
    void dropsAtTheOtherEndAsPythonDoes() {
        RedisDeque<Object> bounded = deque.withMaxLength(3);
        bounded.populate(List.of(1, 2, 3));
        bounded.addAll(List.of(4, 5));
        assertIsLike("deque_maxlen_extend");
        deque.clear();
        bounded.populate(List.of(1, 2, 3));
        bounded.addAllFirst(List.of(4, 5));
        assertIsLike("deque_maxlen_extendleft");
    }

    @Test
    void keepsTheLastInitialElementsAsPythonDoes() {
        deque.withMaxLength(4).populate(IntStream.range(0, 10).boxed().toList());
        assertIsLike("deque_maxlen_init");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, -1, -2, -4, -5})
    void rotatesAsPythonDoes(int steps) {
        deque.populate(List.of(0, 1, 2, 3, 4));
        deque.rotate(steps);
        assertIsLike("deque_rotate_" + steps);
    }

    private void assertIsLike(String golden) {
        assertThat(RedisListGoldenTest.stored(deque.key())).isEqualTo(Golden.list(golden));
    }
}
