package io.pottery.cache;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Has a method of a Spring bean remove from a cache what it makes out of date.
 *
 * <pre>{@code
 * @RedisCacheEvict(key = "reports", arguments = {"#report.year", "#report.region.code"})
 * public void save(Report report) { ... }
 * }</pre>
 *
 * <p>It may stand where {@link RedisCacheable} may, but not at a method with that; several may stand at one method. The
 * method may return anything by which one can tell when its work has ended. Entries are removed when it has returned,
 * or its stage or publisher has completed, and before the caller or subscriber gets to know; not if it has failed or
 * was cancelled. A transaction of its own has been committed by then, and a lock of {@code @Synchronized} released;
 * {@code pottery.cache.advisor-order} moves that. If a method that returns a value has been called within a transaction
 * of the thread, they are removed when that has ended, however: the method may have committed on its own. Reactive
 * transactions further out are not seen. Which entry is meant is told before the method runs.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Repeatable(RedisCacheEvict.Several.class)
public @interface RedisCacheEvict {

    /** The name of the cache, as in {@link RedisCacheable#key()}. */
    String key();

    /**
     * What tells the entry apart: the same values, of the same types, as those of {@link RedisCacheable#arguments()};
     * none for all parameters.
     */
    String[] arguments() default {};

    /** Whether all entries are removed. */
    boolean allEntries() default false;

    /** Whether to remove before the method runs, whatever becomes of it and of a transaction further out. */
    boolean beforeInvocation() default false;

    /**
     * An expression over the parameters that is true or false; if false, nothing is removed. It may have
     * {@code #result}, the value without the {@code Optional}, stage or publisher around it, unless
     * {@link #beforeInvocation()} or a {@code Flux} leaves it without.
     */
    String condition() default "";

    /** Whether a failure of Redis is a warning in the log; else it is thrown, though the method has run. */
    boolean failOpen() default false;

    /** Several at one method. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
    @interface Several {

        /** All of them. */
        RedisCacheEvict[] value();
    }
}
