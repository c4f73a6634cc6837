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
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.format.datetime.standard.DurationFormatterUtils;
import org.springframework.util.ClassUtils;

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

    /**
     * Understands {@code annotation} for {@code method} of {@code target}, which implements {@code declared}.
     *
     * @throws AnnotatedMethodException if the method cannot do what it says
     */
    static SynchronizedMethod of(
            Method method,
            Method declared,
            Class<?> target,
            MergedAnnotation<Synchronized> annotation,
            Placeholders placeholders) {
        String name = ClassUtils.getQualifiedMethodName(
                method, Proxy.isProxyClass(target) ? method.getDeclaringClass() : target);
        Outcome outcome = Outcome.of(method, target, name);
        boolean skips = annotation.getEnum("onFailure", OnFailure.class) == OnFailure.SKIP;
        if (skips && !outcome.canBeSkipped()) {
            throw new AnnotatedMethodException(
                    "@Synchronized at %s cannot skip it, because there is no %s that means 'nothing': let it throw, or return another type"
                            .formatted(name, outcome.type()));
        }
        return new SynchronizedMethod(
                name,
                key(
                        ParameterNames.of(annotation.getSource() instanceof Method at ? at : declared, method),
                        name,
                        annotation,
                        placeholders),
                options(name, annotation, placeholders),
                timeout(name, annotation, placeholders),
                skips,
                annotation.getEnum("onLost", OnLost.class),
                outcome);
    }

    private static KeyTemplate key(
            ParameterNames names, String name, MergedAnnotation<Synchronized> annotation, Placeholders placeholders) {
        String key = annotation.getString("key");
        try {
            return KeyTemplate.parse(key, names, placeholders);
        } catch (RuntimeException e) {
            throw new AnnotatedMethodException(
                    "@Synchronized at %s has no valid key '%s': %s".formatted(name, key, e.getMessage()), e);
        }
    }

    private static RedlockOptions options(
            String name, MergedAnnotation<Synchronized> annotation, Placeholders placeholders) {
        Duration autoReleaseTime =
                duration("autoReleaseTime", name, resolved("autoReleaseTime", name, annotation, placeholders));
        try {
            RedlockOptions options = RedlockOptions.defaults()
                    .withAutoReleaseTime(autoReleaseTime)
                    .withNumExtensions(annotation.getInt("numExtensions"));
            return annotation.getBoolean("renew") ? options.withRenewal() : options;
        } catch (IllegalArgumentException e) {
            throw new AnnotatedMethodException("@Synchronized at %s: %s".formatted(name, e.getMessage()), e);
        }
    }

    private static @Nullable Duration timeout(
            String name, MergedAnnotation<Synchronized> annotation, Placeholders placeholders) {
        boolean blocking = annotation.getBoolean("blocking");
        String text = resolved("timeout", name, annotation, placeholders);
        if (text.isEmpty()) {
            return blocking ? null : Duration.ZERO;
        }
        if (!blocking) {
            throw new AnnotatedMethodException(
                    "@Synchronized at %s has a timeout, but does not wait: leave out blocking = false, or the timeout"
                            .formatted(name));
        }
        Duration timeout = duration("timeout", name, text);
        if (timeout.isNegative()) {
            throw new AnnotatedMethodException(
                    "@Synchronized at %s: timeout must not be negative, was %s; leave it out to wait for ever"
                            .formatted(name, timeout));
        }
        return timeout;
    }

    private static String resolved(
            String attribute, String name, MergedAnnotation<Synchronized> annotation, Placeholders placeholders) {
        try {
            return placeholders.resolve(annotation.getString(attribute)).strip();
        } catch (IllegalArgumentException e) {
            throw new AnnotatedMethodException(
                    "@Synchronized at %s: %s: %s".formatted(name, attribute, e.getMessage()), e);
        }
    }

    private static Duration duration(String attribute, String name, String text) {
        try {
            if (text.matches("[+-]?\\d*")) {
                throw new IllegalArgumentException("it has no unit");
            }
            return DurationFormatterUtils.detectAndParse(text);
        } catch (IllegalArgumentException e) {
            throw new AnnotatedMethodException(
                    "@Synchronized at %s: %s must be a duration such as \"500ms\" or \"5s\", was \"%s\": %s"
                            .formatted(name, attribute, text, e.getMessage()),
                    e);
        }
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
