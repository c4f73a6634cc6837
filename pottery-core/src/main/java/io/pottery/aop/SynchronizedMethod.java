package io.pottery.aop;

import io.pottery.PotteryFactory;
import io.pottery.error.AnnotatedMethodException;
import io.pottery.error.PotteryException;
import io.pottery.lock.Lease;
import io.pottery.lock.Redlock;
import io.pottery.lock.RedlockOptions;
import io.pottery.lock.Synchronized;
import io.pottery.lock.Synchronized.OnFailure;
import io.pottery.lock.Synchronized.OnLost;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A method with its annotation, understood.
 *
 * @param name the class and method, as messages call it
 * @param timeout how long to wait for the lock; null for ever
 */
record SynchronizedMethod(
        String name,
        KeyTemplate key,
        RedlockOptions options,
        @Nullable Duration timeout,
        boolean skips,
        OnLost onLost,
        Outcome outcome) {

    /** {@link Synchronized}, and what it means for a method. */
    static final AdvisedAnnotation<SynchronizedMethod> ANNOTATION = new AdvisedAnnotation<>(
            Synchronized.class, true, "lock", "pottery.redlock(...)", AdvisedAnnotation.one(SynchronizedMethod::of));

    /**
     * Understands what stands at a method.
     *
     * @throws AnnotatedMethodException if the method cannot do what it says
     */
    private static SynchronizedMethod of(Attributes attributes) {
        Outcome outcome = Outcome.of(attributes);
        boolean skips = attributes.annotation().getEnum("onFailure", OnFailure.class) == OnFailure.SKIP;
        if (skips && !outcome.canBeSkipped()) {
            throw attributes.wrong(
                    " cannot skip it, because there is no %s that means 'nothing': let it throw, or return another type"
                            .formatted(outcome.type()),
                    null);
        }
        return new SynchronizedMethod(
                attributes.name(),
                attributes.key(),
                options(attributes),
                timeout(attributes),
                skips,
                attributes.annotation().getEnum("onLost", OnLost.class),
                outcome);
    }

    private static RedlockOptions options(Attributes attributes) {
        Duration autoReleaseTime = attributes.duration("autoReleaseTime", attributes.text("autoReleaseTime"));
        try {
            RedlockOptions options = RedlockOptions.defaults()
                    .withLabel(attributes.key().toString())
                    .withAutoReleaseTime(autoReleaseTime)
                    .withNumExtensions(attributes.annotation().getInt("numExtensions"));
            return attributes.annotation().getBoolean("renew") ? options.withRenewal() : options;
        } catch (IllegalArgumentException e) {
            throw attributes.wrong(": " + e.getMessage(), e);
        }
    }

    private static @Nullable Duration timeout(Attributes attributes) {
        boolean blocking = attributes.annotation().getBoolean("blocking");
        String text = attributes.text("timeout");
        if (text.isEmpty()) {
            return blocking ? null : Duration.ZERO;
        }
        if (!blocking) {
            throw attributes.wrong(
                    " has a timeout, but does not wait: leave out blocking = false, or the timeout", null);
        }
        Duration timeout = attributes.duration("timeout", text);
        if (timeout.isNegative()) {
            throw attributes.wrong(
                    ": timeout must not be negative, was %s; leave it out to wait for ever".formatted(timeout), null);
        }
        return timeout;
    }

    /** The lock for a call with {@code arguments}. */
    Redlock lock(PotteryFactory pottery, @Nullable Object[] arguments) {
        String filled;
        try {
            filled = key.fill(arguments);
        } catch (PotteryException e) {
            throw new PotteryException(
                    "%s did not run, because its key has no value: %s".formatted(name, e.getMessage()), e);
        }
        return pottery.redlock(filled, options);
    }

    Optional<Lease> acquire(Redlock lock) throws InterruptedException {
        return timeout == null ? Optional.of(lock.acquire()) : lock.tryAcquire(timeout);
    }
}
