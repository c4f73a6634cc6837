package io.pottery.lock;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RedlockOptionsTest {

    private static final RedlockOptions DEFAULTS = RedlockOptions.defaults();

    static Stream<Arguments> bad() {
        return Stream.of(
                bad("autoReleaseTime must be between 10 ms and 86400000 ms", o -> o.withAutoReleaseTime(null)),
                bad("was PT0S", o -> o.withAutoReleaseTime(Duration.ZERO)),
                bad("was PT-1S", o -> o.withAutoReleaseTime(ofSeconds(-1))),
                bad("was PT0.009S", o -> o.withAutoReleaseTime(ofMillis(9))),
                bad("autoReleaseTime", o -> o.withAutoReleaseTime(ofSeconds(Long.MAX_VALUE))),
                bad("numExtensions must be at least 0, was -1", o -> o.withNumExtensions(-1)),
                bad(
                        "maximumHold must be at least autoReleaseTime (PT10S), was PT9S",
                        o -> o.withMaximumHold(ofSeconds(9))),
                bad("retryDelay", o -> o.withRetryDelay(Duration.ZERO)),
                bad("clockDriftFactor must be between 0 and 0.5, was NaN", o -> o.withClockDriftFactor(Double.NaN)),
                bad("was -0.1", o -> o.withClockDriftFactor(-0.1)),
                bad("was 0.6", o -> o.withClockDriftFactor(0.6)),
                bad("masterTimeout", o -> o.withMasterTimeout(Duration.ZERO)));
    }

    private static Arguments bad(String message, UnaryOperator<RedlockOptions> change) {
        return Arguments.of(message, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bad")
    void refusesWhatCannotBe(String message, UnaryOperator<RedlockOptions> change) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> change.apply(DEFAULTS))
                .withMessageContaining(message);
    }

    @Test
    void eachOptionChangesAlone() {
        assertThat(DEFAULTS)
                .isEqualTo(new RedlockOptions(ofSeconds(10), 3, false, null, ofMillis(200), 0.01, null, null));
        assertThat(DEFAULTS.withAutoReleaseTime(ofSeconds(1))
                        .withNumExtensions(1)
                        .withRenewal()
                        .withMaximumHold(ofSeconds(2))
                        .withRetryDelay(ofMillis(3))
                        .withClockDriftFactor(0.04)
                        .withMasterTimeout(ofMillis(5)))
                .isEqualTo(
                        new RedlockOptions(ofSeconds(1), 1, true, ofSeconds(2), ofMillis(3), 0.04, ofMillis(5), null));
    }

    @Test
    void aLeaseIsTakenForShorterByTheDrift() {
        assertThat(DEFAULTS.validity(ofSeconds(10))).isEqualTo(ofMillis(9_898));
        assertThat(DEFAULTS.withClockDriftFactor(0).validity(ofSeconds(10))).isEqualTo(ofMillis(9_998));
    }

    @Test
    void oneOfSeveralMastersIsWaitedForAFiftiethOfTheLease() {
        assertThat(DEFAULTS.patience(3)).isEqualTo(ofMillis(200));
        assertThat(DEFAULTS.withAutoReleaseTime(ofMillis(100)).patience(3)).isEqualTo(ofMillis(10));
        assertThat(DEFAULTS.withAutoReleaseTime(ofSeconds(60)).patience(3)).isEqualTo(ofMillis(250));
        assertThat(DEFAULTS.withMasterTimeout(ofMillis(7)).patience(3)).isEqualTo(ofMillis(7));
    }

    @Test
    void theOnlyMasterIsWaitedForAFifth() {
        assertThat(DEFAULTS.patience(1)).isEqualTo(ofSeconds(2));
        assertThat(DEFAULTS.withAutoReleaseTime(ofMillis(100)).patience(1)).isEqualTo(ofMillis(50));
        assertThat(DEFAULTS.withMasterTimeout(ofMillis(7)).patience(1)).isEqualTo(ofMillis(7));
    }
}
