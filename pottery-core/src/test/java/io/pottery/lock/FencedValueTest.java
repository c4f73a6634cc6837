package io.pottery.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.pottery.error.LeaseLostException;
import io.pottery.error.PotteryException;
import io.pottery.error.WrongTypeException;
import io.pottery.testing.TestRedis;
import io.pottery.testing.Threads;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.core.ParameterizedTypeReference;

/** A value that only the latest lease may change. */
class FencedValueTest {

    private final FencedValue<String> value = TestRedis.pottery().fencedValue(TestRedis.freshKey(), String.class);

    @Test
    void isEmptyUntilItIsWritten() {
        assertThat(value.get()).isEmpty();
        assertThat(value.fencingToken()).isEmpty();
        value.set(7, "a");
        assertThat(value.get()).contains("a");
        assertThat(value.fencingToken()).hasValue(7);
    }

    @Test
    void refusesWhoeverComesLate() {
        value.set(7, "first");
        value.set(7, "again by the same");
        value.set(9, "newer");
        assertThatExceptionOfType(LeaseLostException.class)
                .isThrownBy(() -> value.set(8, "late"))
                .withMessage(
                        "'%s' was not written: fencing token 8 is older than 9, which has written before, so this lease is over",
                        value.key());
        assertThat(value.get()).contains("newer");
        assertThat(value.fencingToken()).hasValue(9);
    }

    @Test
    void comparesTokensAsNumbers() {
        value.set(9_007_199_254_740_991L, "highest");
        assertThatExceptionOfType(LeaseLostException.class).isThrownBy(() -> value.set(9_007_199_254_740_990L, "late"));
        assertThatExceptionOfType(LeaseLostException.class).isThrownBy(() -> value.set(10, "late"));
        assertThat(value.get()).contains("highest");
        assertThatIllegalArgumentException().isThrownBy(() -> value.set(0, "none"));
    }

    @Test
    void neverGoesBackUnderManyWriters() {
        AtomicLong tokens = new AtomicLong();
        FencedValue<Long> last = TestRedis.pottery().fencedValue(TestRedis.freshKey(), Long.class);
        Threads.run(8, thread -> {
            for (int i = 0; i < 200; i++) {
                long token = tokens.incrementAndGet();
                try {
                    last.set(token, token);
                } catch (LeaseLostException late) {
                    assertThat(last.fencingToken().orElseThrow()).isGreaterThan(token);
                }
            }
        });
        assertThat(last.get()).contains(1_600L);
        assertThat(last.fencingToken()).hasValue(1_600);
    }

    @Test
    void takesAnyTypeThatContainersTake() {
        FencedValue<List<Integer>> list = TestRedis.pottery()
                .fencedValue(TestRedis.freshKey(), TestRedis.pottery().json(new ParameterizedTypeReference<>() {}));
        list.set(1, List.of(1, 2));
        assertThat(list.get()).contains(List.of(1, 2));
    }

    @Test
    void otherValuesAtTheKeyAreNamed() {
        TestRedis.server().execute("RPUSH", value.key(), "x");
        assertThatExceptionOfType(WrongTypeException.class)
                .isThrownBy(() -> value.set(1, "a"))
                .withMessageContaining("found a list");
        TestRedis.server().execute("DEL", value.key());
        TestRedis.server().execute("HSET", value.key(), "fence", "x");
        assertThatExceptionOfType(PotteryException.class)
                .isThrownBy(() -> value.set(1, "a"))
                .withMessageContaining("the fence is not a number");
        assertThatExceptionOfType(PotteryException.class)
                .isThrownBy(value::fencingToken)
                .withMessageContaining("'" + value.key() + "' is not a number");
        assertThat(value.get()).isEmpty();
    }
}
