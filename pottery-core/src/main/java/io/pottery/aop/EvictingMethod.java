package io.pottery.aop;

import io.pottery.PotteryFactory;
import io.pottery.cache.Arguments;
import io.pottery.cache.CacheOptions;
import io.pottery.cache.RedisCache;
import io.pottery.cache.RedisCacheEvict;
import io.pottery.cache.RedisCacheable;
import io.pottery.error.AnnotatedMethodException;
import io.pottery.error.PotteryException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import reactor.core.publisher.Mono;

/**
 * A method that removes entries of caches, understood.
 *
 * @param name the class and method, as messages call it
 */
record EvictingMethod(String name, List<Eviction> evictions, Outcome outcome) {

    /** {@link RedisCacheEvict}, and what it means for a method. */
    static final AdvisedAnnotation<EvictingMethod> ANNOTATION =
            new AdvisedAnnotation<>(RedisCacheEvict.class, false, "eviction", "pottery.cache(...)", EvictingMethod::of);

    /**
     * Understands what stands at a method.
     *
     * @throws AnnotatedMethodException if the method cannot do what it says
     */
    private static EvictingMethod of(List<Attributes> all) {
        Attributes any = all.get(0);
        Outcome outcome = Outcome.of(any);
        if (Stream.of(any.method(), any.declared())
                .anyMatch(at -> MergedAnnotations.from(at, SearchStrategy.TYPE_HIERARCHY)
                        .isPresent(RedisCacheable.class))) {
            throw any.wrong(
                    " stands beside @RedisCacheable, which would return what is out of date: take one away. To compute an entry anew, use the bean RedisCaches: caches.of(bean, \"%s\").bypass(...)"
                            .formatted(any.method().getName()),
                    null);
        }
        return new EvictingMethod(
                any.name(), all.stream().map(each -> Eviction.of(each, outcome)).toList(), outcome);
    }

    /**
     * What to remove.
     *
     * @param condition whether to; null for always
     */
    record Eviction(
            String method,
            CacheEntry entry,
            boolean allEntries,
            boolean beforeInvocation,
            @Nullable ParameterExpression condition,
            boolean failOpen) {

        private static final Log LOG = LogFactory.getLog(Eviction.class);

        /** Failures are thrown, and how long the cache is kept is left alone. */
        private static final CacheOptions OPTIONS = new CacheOptions(
                null, null, 0, null, false, CacheOptions.defaults().lease(), null, false, 0, null);

        private static Eviction of(Attributes attributes, Outcome outcome) {
            boolean beforeInvocation = attributes.annotation().getBoolean("beforeInvocation");
            boolean many = outcome.adapter() != null && outcome.adapter().isMultiValue();
            CacheEntry entry = CacheEntry.of(attributes);
            boolean allEntries = attributes.annotation().getBoolean("allEntries");
            if (allEntries && !entry.arguments().isEmpty()) {
                throw attributes.wrong(" has arguments, but removes all entries: leave out one of both", null);
            }
            return new Eviction(
                    attributes.name(),
                    entry,
                    allEntries,
                    beforeInvocation,
                    attributes.condition(
                            "condition", beforeInvocation || many ? attributes.names() : attributes.namesAndResult()),
                    attributes.annotation().getBoolean("failOpen"));
        }

        /** Whether it depends on what the method has returned. */
        private boolean needsResult() {
            return condition != null && condition.has(ExpressionRules.RESULT);
        }

        /** What to remove for a call with {@code arguments}; null if nothing. */
        private @Nullable Removal of(PotteryFactory pottery, @Nullable Object[] arguments) {
            if (!needsResult() && !holds(arguments, "did not run")) {
                return null;
            }
            RedisCache<Arguments, String> cache = pottery.cache(
                    entry.cache(arguments),
                    Arguments.class,
                    pottery.json(String.class),
                    OPTIONS.withLabel(entry.key().toString()));
            Runnable work = allEntries ? cache::clear : entry.eviction(cache, arguments);
            return new Removal(this, cache.key(), work, arguments);
        }

        private boolean holds(@Nullable Object[] arguments, String what) {
            try {
                return condition == null || condition.isTrue(arguments);
            } catch (PotteryException e) {
                throw new PotteryException(
                        "%s %s, because of its condition: %s".formatted(method, what, e.getMessage()), e);
            }
        }

        /** Whether {@code failure} is one of Redis, or because the application shuts down, and is only logged. */
        private boolean forgives(Throwable failure, String cache) {
            boolean forgives =
                    failOpen && (failure instanceof PotteryException || failure instanceof IllegalStateException);
            if (forgives) {
                LOG.warn("%s did not remove what it makes out of date from '%s': %s"
                        .formatted(method, cache, failure.getMessage()));
            }
            return forgives;
        }
    }

    /** What to remove for calls with {@code arguments}, before they run or after. */
    List<Removal> removals(PotteryFactory pottery, @Nullable Object[] arguments) {
        return evictions.stream()
                .map(eviction -> eviction.of(pottery, arguments))
                .filter(Objects::nonNull)
                .toList();
    }

    /**
     * What a call removes.
     *
     * @param cache what messages call the cache
     * @param work removes it
     */
    record Removal(
            Eviction eviction,
            String cache,
            Runnable work,
            @Nullable Object[] arguments) {

        boolean beforeInvocation() {
            return eviction.beforeInvocation();
        }

        /** Removes it, if that is to be done for {@code result}. */
        void run(@Nullable Object result) {
            if (!isFor(result)) {
                return;
            }
            try {
                work.run();
            } catch (RuntimeException e) {
                if (!eviction.forgives(e, cache)) {
                    throw e;
                }
            }
        }

        /** Removes it, if that is to be done for {@code result}, while nobody waits. */
        Mono<Void> later(@Nullable Object result) {
            return Mono.defer(() -> {
                if (!isFor(result)) {
                    return Mono.empty();
                }
                return Mono.fromFuture(CompletableFuture.runAsync(work, ReactiveCall.THREADS), true)
                        .onErrorResume(failure -> eviction.forgives(failure, cache), failure -> Mono.empty());
            });
        }

        private boolean isFor(@Nullable Object result) {
            if (!eviction.needsResult()) {
                return true; // or this would not be here
            }
            @Nullable Object[] all = Arrays.copyOf(arguments, arguments.length + 1);
            all[arguments.length] = OptionalType.unwrapped(result);
            return eviction.holds(all, "has run, and has removed nothing");
        }
    }
}
