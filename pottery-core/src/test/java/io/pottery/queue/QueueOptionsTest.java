package io.pottery.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueueOptionsTest {

    private final QueueOptions defaults = QueueOptions.defaults();

    @Test
    void haveDefaults() {
        assertThat(defaults).isEqualTo(new QueueOptions(Integer.MAX_VALUE, Duration.ofSeconds(30), null, 0));
    }

    @Test
    void changeOneByOne() {
        assertThat(defaults.withCapacity(3)
                        .withVisibilityTimeout(Duration.ofMinutes(5))
                        .withDeadLetters("dead", 2))
                .isEqualTo(new QueueOptions(3, Duration.ofMinutes(5), "dead", 2));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void refuseNoRoom(int capacity) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> defaults.withCapacity(capacity))
                .withMessage("capacity must be more than 0, was " + capacity);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT0.099S", "PT24H0.001S"})
    void refuseVisibilityTimeoutsThatAreNone(Duration visibilityTimeout) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> defaults.withVisibilityTimeout(visibilityTimeout))
                .withMessage("visibilityTimeout must be between PT0.1S and PT24H, was " + visibilityTimeout);
    }

    @Test
    void refuseDeadLettersThatAreNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> defaults.withDeadLetters("dead", 0))
                .withMessageContaining("maxDeliveries must be more than 0");
        assertThatIllegalArgumentException().isThrownBy(() -> new QueueOptions(1, Duration.ofSeconds(1), null, 3));
        assertThatNullPointerException().isThrownBy(() -> defaults.withDeadLetters(null, 1));
        assertThatNullPointerException().isThrownBy(() -> defaults.withVisibilityTimeout(null));
    }
}
