package io.pottery.lock;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Has a method of a Spring bean run under a {@link Redlock}: one thread in the whole system at a time.
 *
 * <pre>{@code
 * @Synchronized(key = "order:#{#order.id}", autoReleaseTime = "5s", timeout = "2s")
 * public Receipt pay(Order order) { ... }
 * }</pre>
 *
 * <p>It may stand at a method, or at a class or interface for all methods that those declare and callers of the bean
 * can reach; at a method of an interface, too; and at an annotation of one's own, whose attributes are passed on with
 * {@code @AliasFor}. A method's own annotation goes before that of its class. What cannot be kept stops the application
 * at start: at private, static and final methods, Kotlin's suspend functions, and keys and times that are none.
 *
 * <p>The lock is taken when the bean is called from outside; a call from one method of an object to another of the same
 * object passes by, as with every annotation of Spring. There, and wherever an annotation is too little, use
 * {@code pottery.redlock(...)}. It is taken before a transaction begins and released after that has ended, inside of
 * {@code @Async} and {@code @Retryable}.
 *
 * <p>What the method may return:
 *
 * <ul>
 *   <li>A value or nothing: the caller waits, and the lock is held until the method returns. It is reentrant by thread:
 *       whoever calls another method with the same key from inside joins the lease that is held, with what that was
 *       taken with.
 *   <li>{@code Mono}, {@code Flux} and other reactive types that Spring knows: for each subscription, the method is
 *       called once the lock is held, which is until the publisher completes, fails or is cancelled. It is reentrant by
 *       the context of Reactor: subscriptions inside join the lease, also several at the same time.
 *   <li>{@code CompletionStage} and {@code CompletableFuture}: the method is called once the lock is held, which is
 *       until its stage completes. It is not reentrant: whoever waits for such a stage while holding the same lock
 *       waits in vain. Canceling the future that the caller got leaves the line, or cancels the method's own, and the
 *       lock is free when that is done: work that takes no notice, as that of {@code supplyAsync}, goes on without it.
 *       A method that is {@code @Async} too runs as one that returns a value, on its thread.
 * </ul>
 *
 * <p>Methods of the last two kinds are called on threads of Reactor's {@code boundedElastic} scheduler. The kinds do
 * not join each other's leases: a method that blocks until a publisher under the same lock has ended waits in vain.
 *
 * <p>{@code io.pottery.aop.CurrentLease} gives the lease inside of the method. What the method throws reaches the
 * caller as it is. It takes two round trips, and a wait if another one holds the lock.
 *
 * <p>A caller that is interrupted while it waits gets an {@code InterruptedException} if the method declares it, and
 * else a {@link io.pottery.error.PotteryException} with its interrupt flag set.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Synchronized {

    /**
     * The name of the lock, as {@code pottery.redlock(name)} takes it: text with <code>#{...}</code> and <code>${...}
     * </code> parts.
     *
     * <p><code>#{...}</code> is an expression in SpEL over the parameters, {@code #order} by name or {@code #p0} by
     * position; it may read properties and call methods of theirs, and has nothing else: no types, constructors or
     * beans, and no assignments. Text is put together outside of it, <code>"#{#region}:#{#id}"</code>, because a
     * {@code +} would make "null" of null. <code>${...}</code> is a placeholder, resolved once. A part that is null or
     * blank, or has no text of its own, as an array or a list, is an error of the call, and no lock is taken.
     */
    String key();

    /**
     * How long the lock is held if it is neither released nor renewed, {@code "500ms"}, {@code "5s"} or {@code "PT5S"};
     * a placeholder, too. From 10 ms to 1 day.
     */
    String autoReleaseTime() default "10s";

    /** Whether to wait if another one holds the lock. */
    boolean blocking() default true;

    /**
     * How long to wait, {@code "2s"} say, or a placeholder; empty, the default, for ever. Zero tries once, now, as
     * {@code blocking = false} does.
     */
    String timeout() default "";

    /** Whether the lease is renewed for as long as the method runs, at each third of its auto-release time. */
    boolean renew() default false;

    /** How often the method may call {@link Lease#extend()}. */
    int numExtensions() default 3;

    /**
     * What to do if another one holds the lock, after all waiting. Masters that fail are another matter, and thrown in
     * any case, as {@link io.pottery.error.QuorumIsImpossibleException}: look for that first, because it is a kind of
     * {@code QuorumNotAchievedException}.
     */
    OnFailure onFailure() default OnFailure.THROW;

    /** What to do if the lease ended before the method did, so that others may have run it meanwhile. */
    OnLost onLost() default OnLost.THROW;

    /** What to do if another one holds the lock. */
    enum OnFailure {

        /** Throw {@link io.pottery.error.QuorumNotAchievedException}. */
        THROW,

        /**
         * Do not run the method, and return null, or what is empty: an {@code Optional}, {@code Mono} or {@code Flux}.
         * Not for methods that return a primitive value.
         */
        SKIP
    }

    /** What to do if the lease ended before the method did. */
    enum OnLost {

        /**
         * Throw {@link io.pottery.error.LeaseLostException} when the method returns. If it throws, that stays first,
         * and the other is suppressed in it.
         */
        THROW,

        /** Log a warning when the method returns. */
        LOG,

        /**
         * Interrupt the thread of the method as soon as the lease is lost, or cancel its future or publisher; and throw
         * as {@link #THROW} does.
         */
        INTERRUPT
    }
}
