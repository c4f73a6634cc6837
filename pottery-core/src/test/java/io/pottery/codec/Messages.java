package io.pottery.codec;

import static org.assertj.core.api.Assertions.assertThat;

/** Looks for stored content in what would be logged. */
final class Messages {

    private Messages() {}

    static void assertHoldNot(Throwable thrown, String content) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            assertThat(cause.toString()).doesNotContainIgnoringCase(content);
            for (Throwable suppressed : cause.getSuppressed()) {
                assertHoldNot(suppressed, content);
            }
        }
    }
}
