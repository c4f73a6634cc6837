package io.pottery.aop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.pottery.PotteryFactory;
import io.pottery.cache.RedisCacheEvict;
import io.pottery.cache.RedisCacheable;
import io.pottery.error.AnnotatedMethodException;
import java.io.InputStream;
import java.io.Reader;
import java.io.Serializable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kotlin.Metadata;
import kotlin.coroutines.Continuation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Publisher;
import org.springframework.aop.framework.Advised;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What cannot be cached or evicted as an annotation says stops the application, with a sentence that names both. */
@SuppressWarnings("unused")
class RedisCacheableStartTest {

    static class PrivateMethod {

        @RedisCacheable(key = "x")
        private String work() {
            return "";
        }
    }

    static class PrivateMethodOfSuperclass extends PrivateMethod {}

    static class StaticMethod {

        @RedisCacheable(key = "x")
        public static String work() {
            return "";
        }
    }

    interface Work {

        @RedisCacheable(key = "x")
        String work();
    }

    static class FinalImplementation implements Work {

        @Override
        public final String work() {
            return "";
        }
    }

    @RedisCacheable(key = "x")
    @Retention(RetentionPolicy.RUNTIME)
    @interface Remembered {}

    @Remembered
    static class AllOfAType {

        public String work() {
            return "";
        }
    }

    static class Nothing {

        @RedisCacheable(key = "x")
        public void work() {}
    }

    static class NoValueLater {

        @RedisCacheable(key = "x")
        public Mono<Void> work() {
            return Mono.empty();
        }
    }

    static class AnyObject {

        @RedisCacheable(key = "x")
        public Object work() {
            return "";
        }
    }

    static class OfVariable<T> {

        @RedisCacheable(key = "x")
        public @Nullable T work() {
            return null;
        }
    }

    static class OfListOfVariable {

        @RedisCacheable(key = "x")
        public <T> List<T> work() {
            return List.of();
        }
    }

    static class OfItself {

        @RedisCacheable(key = "x")
        public <T extends Comparable<T>> @Nullable T work() {
            return null;
        }
    }

    static class OfBoundedVariable {

        @RedisCacheable(key = "x")
        public <N extends Exception> List<N> work() {
            return List.of();
        }
    }

    static class OfBoundedVariableOfClass<T extends Exception> {

        @RedisCacheable(key = "x")
        public Optional<T> work() {
            return Optional.empty();
        }
    }

    static class OfVariableOfSubclass<U extends Exception> extends OfBoundedVariableOfClass<U> {}

    static class ListOfObjects {

        @RedisCacheable(key = "x")
        public Map<String, List<Object>> work() {
            return Map.of();
        }
    }

    static class AnySerializable {

        @RedisCacheable(key = "x")
        public Mono<Serializable> work() {
            return Mono.empty();
        }
    }

    static class AnyNumbers {

        @RedisCacheable(key = "x")
        public Number[] work() {
            return new Number[0];
        }
    }

    static class AnyComparable {

        @RedisCacheable(key = "x")
        public List<? extends Comparable<String>> work() {
            return List.of();
        }
    }

    static class TwiceOptional {

        @RedisCacheable(key = "x")
        public CompletableFuture<Optional<OptionalInt>> work() {
            return CompletableFuture.completedFuture(Optional.empty());
        }
    }

    static class PrimitiveNull {

        @RedisCacheable(key = "x", nullTtl = "1m")
        public int work() {
            return 1;
        }
    }

    static class NullOfMany {

        @RedisCacheable(key = "x", nullTtl = "1m")
        public Flux<String> work() {
            return Flux.empty();
        }
    }

    static class Twice {

        @Remembered
        @RedisCacheable(key = "y")
        public String work() {
            return "";
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
    record Named(String name) {}

    static class TypeByName {

        @RedisCacheable(key = "x")
        public Named work() {
            return new Named("");
        }
    }

    static class TypeByNameAtChangingKey {

        @RedisCacheable(key = "x:#{#region}")
        public Named work(String region) {
            return new Named("");
        }
    }

    static class KeyWithControlCharacter {

        @RedisCacheable(key = "x\ny")
        public String work() {
            return "";
        }
    }

    @Lazy
    static class LaterWithControlCharacter extends KeyWithControlCharacter {}

    static class OptionalWildcard {

        @RedisCacheable(key = "x")
        public Optional<?> work() {
            return Optional.empty();
        }
    }

    static class StageOfWildcards {

        @RedisCacheable(key = "x")
        public CompletionStage<List<?>> work() {
            return CompletableFuture.completedFuture(List.of());
        }
    }

    @SuppressWarnings("rawtypes")
    static class RawList {

        @RedisCacheable(key = "x")
        public List work() {
            return List.of();
        }
    }

    @SuppressWarnings("rawtypes")
    static class RawFlux {

        @RedisCacheable(key = "x")
        public Flux work() {
            return Flux.empty();
        }
    }

    static class Streamed {

        @RedisCacheable(key = "x")
        public Stream<String> work() {
            return Stream.of();
        }
    }

    static class StreamedLater {

        @RedisCacheable(key = "x")
        public Mono<IntStream> work() {
            return Mono.empty();
        }
    }

    static class Bytes {

        @RedisCacheable(key = "x")
        public InputStream work() {
            return InputStream.nullInputStream();
        }
    }

    static class Text {

        @RedisCacheable(key = "x")
        public Optional<Reader> work() {
            return Optional.empty();
        }
    }

    static class Iterating {

        @RedisCacheable(key = "x")
        public Iterator<String> work() {
            return List.<String>of().iterator();
        }
    }

    static class PublisherInside {

        @RedisCacheable(key = "x")
        public CompletableFuture<Flux<String>> work() {
            return CompletableFuture.completedFuture(Flux.empty());
        }
    }

    static class PlainFuture {

        @RedisCacheable(key = "x")
        public Future<String> work() {
            return CompletableFuture.completedFuture("");
        }
    }

    /** A publisher that nobody else can make. */
    interface OwnPublisher extends Publisher<String> {}

    static class PublisherOfItsOwn {

        @RedisCacheable(key = "x")
        public OwnPublisher work() {
            return subscriber -> {};
        }
    }

    @Metadata
    static class KotlinClass {

        @RedisCacheable(key = "x")
        public @Nullable Object work(Continuation<? super String> continuation) {
            return null;
        }
    }

    static class UnknownName {

        @RedisCacheable(key = "order:#{#nope}")
        public String work(long order) {
            return "";
        }
    }

    static class UnknownArgument {

        @RedisCacheable(
                key = "x",
                arguments = {"#order", "#nope"})
        public String work(long order) {
            return "";
        }
    }

    static class TextTogether {

        @RedisCacheable(key = "x", arguments = "#order + #region")
        public String work(String order, String region) {
            return "";
        }
    }

    static class SyntaxErrorInArgument {

        @RedisCacheable(key = "x", arguments = "#order.")
        public String work(long order) {
            return "";
        }
    }

    static class EmptyArgument {

        @RedisCacheable(key = "x", arguments = "")
        public String work(long order) {
            return "";
        }
    }

    static class ResultInCondition {

        @RedisCacheable(key = "x", condition = "#result != null")
        public String work(long order) {
            return "";
        }
    }

    static class UnknownInUnless {

        @RedisCacheable(key = "x", unless = "#result.empty and #nope")
        public String work(long order) {
            return "";
        }
    }

    static class ParameterCalledResult {

        @RedisCacheable(key = "x", unless = "#result == null")
        public String work(String result) {
            return "";
        }
    }

    static class TypeInCondition {

        @RedisCacheable(key = "x", condition = "T(java.lang.Math).random() > 0.5")
        public String work() {
            return "";
        }
    }

    static class NoUnit {

        @RedisCacheable(key = "x", ttl = "5")
        public String work() {
            return "";
        }
    }

    static class NoDuration {

        @RedisCacheable(key = "x", timeout = "soon")
        public String work() {
            return "";
        }
    }

    static class NoTtl {

        @RedisCacheable(key = "x", ttl = "0s")
        public String work() {
            return "";
        }
    }

    static class NegativeNullTtl {

        @RedisCacheable(key = "x", nullTtl = "-1s")
        public String work() {
            return "";
        }
    }

    static class NoLease {

        @RedisCacheable(key = "x", sync = true, lease = "0s")
        public String work() {
            return "";
        }
    }

    static class TooMuchJitter {

        @RedisCacheable(key = "x", ttl = "1m", jitter = 1.5)
        public String work() {
            return "";
        }
    }

    static class AheadOfNothing {

        @RedisCacheable(key = "x", refreshAhead = "1s")
        public String work() {
            return "";
        }
    }

    static class NegativeNear {

        @RedisCacheable(key = "x", near = -1)
        public String work() {
            return "";
        }
    }

    static class NearAtChangingKey {

        @RedisCacheable(key = "orders:#{#region}", near = 100)
        public String work(String region) {
            return "";
        }
    }

    static class UnknownPlaceholder {

        @RedisCacheable(key = "x", ttl = "${nope}")
        public String work() {
            return "";
        }
    }

    static class Sealed {

        @RedisCacheable(key = "x", ttl = "${ttl}")
        public String work() {
            return "";
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class SealedVault {

        @Bean
        static BeanFactoryPostProcessor vault() {
            return beans -> beans.addEmbeddedValueResolver(text -> {
                throw new IllegalStateException("the vault is sealed");
            });
        }
    }

    static class Both {

        @RedisCacheable(key = "x")
        @RedisCacheEvict(key = "y")
        public String work() {
            return "";
        }
    }

    interface Forgotten {

        @RedisCacheEvict(key = "x")
        String work();
    }

    static class BothByInterface implements Forgotten {

        @Override
        @RedisCacheable(key = "x")
        public String work() {
            return "";
        }
    }

    static class FinalEviction {

        @RedisCacheEvict(key = "x")
        public final void work() {}
    }

    static class EvictionAfterFuture {

        @RedisCacheEvict(key = "x")
        public Future<String> work() {
            return CompletableFuture.completedFuture("");
        }
    }

    static class SecondIsWrong {

        @RedisCacheEvict(key = "x")
        @RedisCacheEvict(key = "y", arguments = "#nope")
        public void work(long order) {}
    }

    static class AllAndOne {

        @RedisCacheEvict(key = "x", arguments = "#order", allEntries = true)
        public void work(long order) {}
    }

    static class ResultBefore {

        @RedisCacheEvict(key = "x", beforeInvocation = true, condition = "#result != null")
        public String work(long order) {
            return "";
        }
    }

    static class ResultOfMany {

        @RedisCacheEvict(key = "x", condition = "#result != null")
        public Flux<String> work(long order) {
            return Flux.empty();
        }
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of(
                        PrivateMethod.class, "would run without the cache of @RedisCacheable, because it is private"),
                Arguments.of(PrivateMethodOfSuperclass.class, "or use pottery.cache(...) inside"),
                Arguments.of(StaticMethod.class, "it is static"),
                Arguments.of(FinalImplementation.class, "it is final"),
                Arguments.of(AllOfAType.class, "@RedisCacheable is for methods"),
                Arguments.of(Nothing.class, "@RedisCacheable at NAME has nothing to cache: it returns void"),
                Arguments.of(
                        NoValueLater.class,
                        "has nothing to cache: it returns reactor.core.publisher.Mono<java.lang.Void>"),
                Arguments.of(
                        AnyObject.class,
                        "@RedisCacheable at NAME cannot cache what it returns, java.lang.Object: nobody can tell what to read then"),
                Arguments.of(OfVariable.class, "nobody can tell what to read then"),
                Arguments.of(OfListOfVariable.class, "java.util.List<?>: nobody can tell"),
                Arguments.of(OfItself.class, "nobody can tell what to read then"),
                Arguments.of(OfBoundedVariable.class, "nobody can tell what to read then"),
                Arguments.of(OfBoundedVariableOfClass.class, "nobody can tell what to read then"),
                Arguments.of(OfVariableOfSubclass.class, "nobody can tell what to read then"),
                Arguments.of(ListOfObjects.class, "nobody can tell what to read then"),
                Arguments.of(AnySerializable.class, "nobody can tell what to read then"),
                Arguments.of(AnyNumbers.class, "nobody can tell what to read then"),
                Arguments.of(AnyComparable.class, "nobody can tell what to read then"),
                Arguments.of(TwiceOptional.class, "nobody can tell then which of both is empty"),
                Arguments.of(
                        PrimitiveNull.class,
                        "@RedisCacheable at NAME has a nullTtl, but int is never null: leave it out"),
                Arguments.of(
                        NullOfMany.class,
                        "has a nullTtl, but reactor.core.publisher.Flux<java.lang.String> is never null"),
                Arguments.of(
                        Twice.class,
                        "@RedisCacheable at NAME stands there 2 times, with what other annotations bring: leave one"),
                Arguments.of(TypeByName.class, "@RedisCacheable at NAME cannot have its cache: "),
                Arguments.of(TypeByNameAtChangingKey.class, "@RedisCacheable at NAME cannot have its cache: "),
                Arguments.of(KeyWithControlCharacter.class, "@RedisCacheable at NAME cannot have its cache: "),
                Arguments.of(LaterWithControlCharacter.class, "@RedisCacheable at NAME cannot have its cache: "),
                Arguments.of(OptionalWildcard.class, "java.util.Optional<?>: nobody can tell"),
                Arguments.of(StageOfWildcards.class, "nobody can tell what to read then"),
                Arguments.of(RawList.class, "nobody can tell what to read then"),
                Arguments.of(RawFlux.class, "nobody can tell what to read then"),
                Arguments.of(Streamed.class, "cannot cache a java.util.stream.Stream, which is used up"),
                Arguments.of(StreamedLater.class, "cannot cache a java.util.stream.IntStream, which is used up"),
                Arguments.of(Bytes.class, "cannot cache a java.io.InputStream"),
                Arguments.of(Text.class, "cannot cache a java.io.Reader"),
                Arguments.of(Iterating.class, "cannot cache a java.util.Iterator"),
                Arguments.of(PublisherInside.class, "cannot cache a reactor.core.publisher.Flux"),
                Arguments.of(
                        PlainFuture.class,
                        "by which nobody can tell when its work has ended: return a CompletableFuture"),
                Arguments.of(
                        PublisherOfItsOwn.class,
                        "by which nobody can tell when its work has ended: return a Publisher"),
                Arguments.of(KotlinClass.class, "is a suspend function"),
                Arguments.of(
                        UnknownName.class,
                        "@RedisCacheable at NAME has no valid key 'order:#{#nope}': #nope in #{#nope} is unknown: there is #order"),
                Arguments.of(
                        UnknownArgument.class,
                        "has no valid argument '#nope': #nope in '#nope' is unknown: there is #order"),
                Arguments.of(
                        TextTogether.class,
                        "'#order + #region' may not use +: in text that is put together, null and the like go unnoticed, so name each as an argument"),
                Arguments.of(SyntaxErrorInArgument.class, "has no valid argument '#order.'"),
                Arguments.of(EmptyArgument.class, "has no valid argument ''"),
                Arguments.of(
                        ResultInCondition.class,
                        "has no valid condition '#result != null': #result in '#result != null' is unknown"),
                Arguments.of(UnknownInUnless.class, "has no valid unless '#result.empty and #nope': #nope in"),
                Arguments.of(
                        ParameterCalledResult.class,
                        "#result in '#result == null' is both the name of a parameter and what the method returns: rename"),
                Arguments.of(TypeInCondition.class, "may not have types and constructors"),
                Arguments.of(
                        NoUnit.class,
                        "@RedisCacheable at NAME: ttl must be a duration such as \"500ms\" or \"5s\", was \"5\": it has no unit"),
                Arguments.of(NoDuration.class, "timeout must be a duration"),
                Arguments.of(NoTtl.class, "@RedisCacheable at NAME: ttl must be from 1 ms"),
                Arguments.of(NegativeNullTtl.class, "nullTtl must be from 1 ms"),
                Arguments.of(NoLease.class, "lease must be from 1 ms"),
                Arguments.of(TooMuchJitter.class, "jitter must be"),
                Arguments.of(AheadOfNothing.class, "refreshAhead needs a ttl"),
                Arguments.of(NegativeNear.class, "near must be"),
                Arguments.of(NearAtChangingKey.class, "has near entries and a key that differs from call to call"),
                Arguments.of(UnknownPlaceholder.class, "ttl: Could not resolve placeholder 'nope'"),
                Arguments.of(Both.class, "@RedisCacheEvict at NAME stands beside @RedisCacheable"),
                Arguments.of(BothByInterface.class, "caches.of(bean, \"work\").bypass(...)"),
                Arguments.of(
                        FinalEviction.class, "would run without the eviction of @RedisCacheEvict, because it is final"),
                Arguments.of(EvictionAfterFuture.class, "by which nobody can tell when its work has ended"),
                Arguments.of(SecondIsWrong.class, "@RedisCacheEvict at NAME has no valid argument '#nope'"),
                Arguments.of(AllAndOne.class, "@RedisCacheEvict at NAME has arguments, but removes all entries"),
                Arguments.of(ResultBefore.class, "#result in '#result != null' is unknown"),
                Arguments.of(ResultOfMany.class, "#result in '#result != null' is unknown"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeStopsTheApplication(Class<?> bean, String reason) {
        assertThat(failure(bean))
                .isInstanceOf(AnnotatedMethodException.class)
                .hasMessageContaining(getClass().getName())
                .hasMessageContaining(reason.replace("NAME", bean.getName() + ".work"));
    }

    /** Needs a bean before the advice can be there. */
    static class Eager implements BeanPostProcessor, PriorityOrdered, BeanFactoryAware {

        @Override
        public void setBeanFactory(BeanFactory beans) {
            beans.getBean(Early.class);
        }

        @Override
        public int getOrder() {
            return HIGHEST_PRECEDENCE;
        }
    }

    static class Early {

        @RedisCacheEvict(key = "x")
        public void work() {}
    }

    @Test
    void aBeanThatIsMadeTooEarlyToBeProxiedStopsTheApplication() {
        assertThat(failure(Early.class, Eager.class))
                .isInstanceOf(AnnotatedMethodException.class)
                .hasMessageContaining("Early.work would run without the eviction of @RedisCacheEvict")
                .hasMessageContaining("is not proxied: it was made too early");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAsync(order = Ordered.HIGHEST_PRECEDENCE)
    static class AsyncInside {}

    static class AsyncWork {

        @Async
        @RedisCacheEvict(key = "x")
        public void work() {}
    }

    @Test
    void anEvictionThatWouldLieOutsideOfAsyncStopsTheApplication() {
        assertThat(catchThrowable(() -> new AnnotationConfigApplicationContext(
                                AsyncInside.class, Contexts.Application.class, AsyncWork.class)
                        .close()))
                .isInstanceOf(AnnotatedMethodException.class)
                .hasMessageContaining("AsyncWork.work")
                .hasMessageContaining("has @Async inside of it");
    }

    @Test
    void whateverAResolverThrowsStopsTheApplication() {
        assertThat(failure(SealedVault.class, Sealed.class))
                .isInstanceOf(AnnotatedMethodException.class)
                .hasMessage("@RedisCacheable at %s.work: ttl: the vault is sealed".formatted(Sealed.class.getName()));
    }

    @Test
    void anAdvisorOrderThatIsNoNumberIsToldByItsName() {
        assertThat(catchThrowable(() -> Contexts.with(Map.of("pottery.cache.advisor-order", "first"))))
                .hasRootCauseInstanceOf(NumberFormatException.class)
                .hasMessageContaining("pottery.cache.advisor-order must be a whole number, was 'first'");
    }

    /** What a repository has in common with others. */
    abstract static class Repository<T> {

        @RedisCacheable(key = "one:${name}", arguments = "#id", condition = "#id + 1 > 0", unless = "#result == null")
        public @Nullable T one(long id) {
            return null;
        }

        @RedisCacheable(key = "all")
        public List<T> all() {
            return List.of();
        }

        @RedisCacheable(key = "stage", timeout = "none", ttl = "1h", refreshAhead = "5m", nullTtl = "${seconds}s")
        public CompletionStage<Optional<Map<String, T>>> stage() {
            return CompletableFuture.completedFuture(Optional.empty());
        }

        @RedisCacheable(key = "mono", sync = true, near = 10, failOpen = false)
        public Mono<T> mono() {
            return Mono.empty();
        }

        @RedisCacheable(key = "flux:#{#region.toUpperCase()}", timeout = "5m")
        public Flux<? extends T> flux(String region) {
            return Flux.empty();
        }

        @RedisCacheable(key = "future")
        public CompletableFuture<Optional<T[]>> future() {
            return CompletableFuture.completedFuture(Optional.empty());
        }

        @RedisCacheable(key = "number", nullTtl = "1m")
        public Mono<OptionalLong> number() {
            return Mono.empty();
        }

        @RedisCacheable(key = "count")
        protected int count() {
            return 0;
        }

        @RedisCacheEvict(key = "one:${name}", arguments = "#id", condition = "#result != null")
        @RedisCacheEvict(
                key = "all",
                allEntries = true,
                beforeInvocation = true,
                condition = "#id > 0",
                failOpen = true)
        public Optional<String> delete(long id) {
            return Optional.empty();
        }
    }

    static class Names extends Repository<String> {}

    @Test
    void whatCanBeCachedIs() {
        try (AnnotationConfigApplicationContext context =
                Contexts.with(Map.of("name", "n", "seconds", "10"), Names.class)) {
            assertThat(((Advised) context.getBean(Names.class)).getAdvisors())
                    .filteredOn(AnnotationAdvisor.class::isInstance)
                    .hasSize(2);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnablePottery
    static class LazyFactory {

        @Bean
        @Lazy
        PotteryFactory pottery() {
            throw new IllegalStateException("not now");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnablePottery
    static class NoFactory {}

    @Test
    void cachesAreNotMadeInAdvanceIfTheFactoryIsNotThere() {
        new AnnotationConfigApplicationContext(LazyFactory.class, KeyWithControlCharacter.class).close();
        new AnnotationConfigApplicationContext(NoFactory.class, KeyWithControlCharacter.class).close();
    }

    @Test
    void theTypeToReadIsTheOneThatTheBeanGivesIt() {
        AnnotatedMethods<CacheableMethod> methods = new AnnotatedMethods<>(
                CacheableMethod.ANNOTATION,
                new Placeholders(
                        new DefaultListableBeanFactory(),
                        new MockEnvironment().withProperty("name", "n").withProperty("seconds", "10")));
        assertThat(methods.of(Names.class).values())
                .extracting(
                        method -> method.entry().key().fill(new Object[] {"eu"}),
                        method -> method.result().type().getTypeName(),
                        method -> method.result().optional(),
                        method -> method.result().many())
                .containsExactlyInAnyOrder(
                        tuple("one:n", "java.lang.String", null, false),
                        tuple("all", "java.util.List<java.lang.String>", null, false),
                        tuple("stage", "java.util.Map<java.lang.String, java.lang.String>", OptionalType.OBJECT, false),
                        tuple("future", "java.lang.String[]", OptionalType.OBJECT, false),
                        tuple("mono", "java.lang.String", null, false),
                        tuple("flux:EU", "java.util.List<java.lang.String>", null, true),
                        tuple("number", "java.lang.Long", OptionalType.LONG, false),
                        tuple("count", "int", null, false));
    }

    private static @Nullable Throwable failure(Class<?>... beans) {
        Throwable failure = catchThrowable(() -> Contexts.with(beans).close());
        while (failure instanceof BeanCreationException creation) {
            failure = creation.getCause();
        }
        return failure;
    }
}
