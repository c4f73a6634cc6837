package io.pottery.cache;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Has the results of a method of a Spring bean cached in Redis: a call with arguments that were there before, in this
 * process or another, is answered without it.
 *
 * <pre>{@code
 * @RedisCacheable(key = "reports", arguments = {"#year", "#region.code"}, ttl = "1h")
 * public Report report(int year, Region region) { ... }
 * }</pre>
 *
 * <p>It may stand at a method, also of an interface, and at an annotation of one's own, whose attributes are passed on
 * with {@code @AliasFor}. What cannot be kept stops the application at start: at private, static and final methods,
 * Kotlin's suspend functions, results that cannot be cached, and keys, expressions and times that are none.
 *
 * <p>The cache is asked when the bean is called from outside; a call from one method of an object to another of the
 * same object passes by, as with every annotation of Spring. There, and wherever an annotation is too little, use
 * {@code pottery.cache(...)}. It is asked before a lock of {@code @Synchronized} is taken and before a transaction
 * begins, inside of {@code @Async}; {@code pottery.cache.advisor-order} moves it.
 *
 * <p>What the method may return:
 *
 * <ul>
 *   <li>A value that Pottery can write as JSON and read again, by the declared type: not {@code Object}, nor what is
 *       used up when it is read, as a {@code Stream}. An {@code Optional} that is empty counts as null.
 *   <li>{@code CompletionStage} and {@code CompletableFuture} of such a value. Cancelling what the caller got leaves
 *       the work running, and its result is cached.
 *   <li>{@code Mono}, {@code Flux} and other reactive types that Spring knows: each subscription asks the cache. What
 *       has many elements is collected, cached as a list, and played back from that; a {@code Mono} that is empty
 *       counts as null. The context of whoever subscribed reaches the method's publisher. A subscriber that cancels
 *       leaves that running, and its result is cached.
 * </ul>
 *
 * <p>Methods of the last two kinds are called on threads of Reactor's {@code boundedElastic} scheduler, unless they are
 * {@code @Async}. Callers of one method that miss the same entry at the same time in one process share one call, its
 * result and what it throws; a computation that never ends keeps them waiting in that process, so give what the method
 * calls a timeout of its own. A caller that holds a lease of {@code @Synchronized} does not wait, neither here nor for
 * another process: it computes for itself, because the other one may be waiting for its lock. What the method throws
 * reaches the caller as it is, and is never cached.
 *
 * <p>The bean {@code io.pottery.aop.RedisCaches} tells how often a method's results were found, clears its cache and
 * passes by.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
public @interface RedisCacheable {

    /**
     * The name of the cache, as {@code pottery.cache(name, ...)} takes it: text with <code>#{...}</code> and <code>
     * ${...}</code> parts, as in {@link io.pottery.lock.Synchronized#key()}. Methods that share a name share their
     * entries.
     */
    String key();

    /**
     * What tells entries apart: expressions in SpEL over the parameters, as <code>#{...}</code> of the key has them,
     * each with a value of its own; none for all parameters.
     */
    String[] arguments() default {};

    /**
     * How long the whole cache is kept after its last access, {@code "500ms"}, {@code "5m"} or {@code "PT5M"}; a
     * placeholder, too; {@code "none"} for ever. Empty, the default, is 60 seconds, or for ever if there is a
     * {@link #ttl()}.
     */
    String timeout() default "";

    /** How long an entry is kept after it was stored, whoever reads it; empty, the default, as long as the cache. */
    String ttl() default "";

    /** By which share, at random and at most, each {@link #ttl()} is shortened, so that not all end at once. */
    double jitter() default 0.1;

    /** How long null is kept; empty, the default: it is not cached. */
    String nullTtl() default "";

    /**
     * Whether only one process at a time computes an entry, and the others wait for it, for {@link #lease()} at most.
     * Within a process, that is always so.
     */
    boolean sync() default false;

    /** How long the others wait for a process that computes an entry, if {@link #sync()}. */
    String lease() default "10s";

    /** How much of its {@link #ttl()} an entry has left when a call has it computed anew behind; empty for never. */
    String refreshAhead() default "";

    /**
     * How many entries each process keeps in its own memory; 0, the default, for none. Not for a key with <code>#{...}
     * </code>.
     */
    int near() default 0;

    /** Whether the method runs when Redis fails; else the failure is thrown. */
    boolean failOpen() default true;

    /**
     * An expression over the parameters that is true or false; if false, the method runs without the cache, on the
     * caller's thread.
     */
    String condition() default "";

    /**
     * An expression over the parameters and {@code #result}, the value without the {@code Optional}, stage or publisher
     * around it; if true, that is not stored.
     */
    String unless() default "";
}
