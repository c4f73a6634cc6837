package io.pottery.internal.redis;

import java.util.concurrent.CompletionException;

/** What futures wrap failures in. */
public final class Completion {

    private Completion() {}

    /** The failure itself, out of the exception that a dependent future put around it. */
    public static Throwable causeOf(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
