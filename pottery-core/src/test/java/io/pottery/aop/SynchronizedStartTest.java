package io.pottery.aop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.pottery.aop.elsewhere.InAnotherPackage;
import io.pottery.error.AnnotatedMethodException;
import io.pottery.lock.Synchronized;
import io.pottery.lock.Synchronized.OnFailure;
import io.pottery.testing.TestRedis;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import kotlin.Metadata;
import kotlin.coroutines.Continuation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;

/** What cannot be kept stops the application, with a sentence that names class and method. */
@SuppressWarnings("unused")
public class SynchronizedStartTest {

    static class PrivateMethod {

        @Synchronized(key = "x")
        private void work() {}
    }

    static class PrivateMethodOfSuperclass extends PrivateMethod {}

    static class StaticMethod {

        @Synchronized(key = "x")
        public static void work() {}
    }

    static class FinalMethod {

        @Synchronized(key = "x")
        public final void work() {}
    }

    @Synchronized(key = "x")
    static class FinalMethodOfClass {

        public final void work() {}
    }

    interface Work {

        @Synchronized(key = "x")
        void work();
    }

    static class FinalImplementation implements Work {

        @Override
        public final void work() {}
    }

    static class FinalInSuperclass {

        public final void work() {}
    }

    static class FinalInherited extends FinalInSuperclass implements Work {}

    static class PlainFuture {

        @Synchronized(key = "x")
        public Future<String> work() {
            return CompletableFuture.completedFuture("");
        }
    }

    /** A stage that nobody else can make. */
    static class OwnStage<T> extends CompletableFuture<T> {}

    static class StageOfItsOwn {

        @Synchronized(key = "x")
        public OwnStage<String> work() {
            return new OwnStage<>();
        }
    }

    static class GenericWork<T> {

        @Synchronized(key = "x")
        public @Nullable T work() {
            return null;
        }
    }

    static class FutureOfGenericWork extends GenericWork<Future<String>> {}

    @Metadata
    static class KotlinClass {

        @Synchronized(key = "x")
        public @Nullable Object work(Continuation<? super String> continuation) {
            return null;
        }
    }

    static class SkippedInt {

        @Synchronized(key = "x", onFailure = OnFailure.SKIP)
        public int work() {
            return 1;
        }
    }

    static class UnknownName {

        @Synchronized(key = "order:#{#nope}")
        public void work(long order) {}
    }

    static class SyntaxError {

        @Synchronized(key = "order:#{#order.}")
        public void work(long order) {}
    }

    static class EmptyKey {

        @Synchronized(key = "")
        public void work() {}
    }

    static class UnknownPlaceholder {

        @Synchronized(key = "${nope}")
        public void work() {}
    }

    static class UnknownPlaceholderOfTime {

        @Synchronized(key = "x", autoReleaseTime = "${nope}")
        public void work() {}
    }

    static class NoUnit {

        @Synchronized(key = "x", autoReleaseTime = "5")
        public void work() {}
    }

    static class NoDuration {

        @Synchronized(key = "x", timeout = "soon")
        public void work() {}
    }

    static class TooShort {

        @Synchronized(key = "x", autoReleaseTime = "1ms")
        public void work() {}
    }

    static class NegativeTimeout {

        @Synchronized(key = "x", timeout = "-1s")
        public void work() {}
    }

    static class NegativeExtensions {

        @Synchronized(key = "x", numExtensions = -1)
        public void work() {}
    }

    static class TimeoutWithoutWaiting {

        @Synchronized(key = "x", blocking = false, timeout = "1s")
        public void work() {}
    }

    static class NameOfAnotherMethod {

        @Synchronized(key = "#{#order}")
        public void work(long id) {}
    }

    @Lazy
    static class LazyMistake extends FinalMethod {}

    @Scope("prototype")
    static class PrototypeMistake extends FinalMethod {}

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of(PrivateMethod.class, "it is private"),
                Arguments.of(PrivateMethodOfSuperclass.class, "it is private"),
                Arguments.of(StaticMethod.class, "it is static"),
                Arguments.of(FinalMethod.class, "it is final"),
                Arguments.of(FinalMethodOfClass.class, "it is final"),
                Arguments.of(FinalImplementation.class, "it is final"),
                Arguments.of(FinalInherited.class, "it is final"),
                Arguments.of(PlainFuture.class, "returns a java.util.concurrent.Future"),
                Arguments.of(StageOfItsOwn.class, "return a CompletableFuture"),
                Arguments.of(FutureOfGenericWork.class, "returns a java.util.concurrent.Future"),
                Arguments.of(KotlinClass.class, "is a suspend function"),
                Arguments.of(SkippedInt.class, "no int that means 'nothing'"),
                Arguments.of(UnknownName.class, "key 'order:#{#nope}': #nope in #{#nope} is unknown"),
                Arguments.of(SyntaxError.class, "key 'order:#{#order.}'"),
                Arguments.of(EmptyKey.class, "it is empty"),
                Arguments.of(UnknownPlaceholder.class, "'nope'"),
                Arguments.of(UnknownPlaceholderOfTime.class, "'nope'"),
                Arguments.of(NoUnit.class, "autoReleaseTime must be a duration such as \"500ms\" or \"5s\", was \"5\""),
                Arguments.of(NoDuration.class, "timeout must be a duration"),
                Arguments.of(TooShort.class, "autoReleaseTime must be between 10 ms"),
                Arguments.of(NegativeTimeout.class, "timeout must not be negative"),
                Arguments.of(NegativeExtensions.class, "numExtensions must be at least 0"),
                Arguments.of(TimeoutWithoutWaiting.class, "blocking = false"),
                Arguments.of(NameOfAnotherMethod.class, "#order in #{#order} is unknown: there is #id"),
                Arguments.of(LazyMistake.class, "it is final"),
                Arguments.of(PrototypeMistake.class, "it is final"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeStopsTheApplication(Class<?> bean, String reason) {
        assertThat(failure(bean))
                .isInstanceOf(AnnotatedMethodException.class)
                .hasMessageContaining(".work")
                .hasMessageContaining(getClass().getName())
                .hasMessageContaining(reason);
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

        @Synchronized(key = "x")
        public void work() {}
    }

    @Test
    void aBeanThatIsMadeTooEarlyToBeProxiedStopsTheApplication() {
        assertThat(failure(Early.class, Eager.class))
                .isInstanceOf(AnnotatedMethodException.class)
                .hasMessageContaining("Early.work would run without the lock")
                .hasMessageContaining("is not proxied: it was made too early");
    }

    /** Whose subclass in another package cannot override its method, so that no proxy of that can. */
    public static class PackagePrivate {

        @Synchronized(key = "x")
        void work() {}
    }

    @Test
    void aMethodThatTheProxyCannotOverrideStopsTheApplication() {
        assertThat(failure(InAnotherPackage.class))
                .isInstanceOf(AnnotatedMethodException.class)
                .hasMessageContaining("PackagePrivate.work would run without the lock")
                .hasMessageContaining("make it protected");
    }

    /** As tests do. */
    static class Replacement implements BeanFactoryPostProcessor {

        static final Early MOCK = new Early();

        @Override
        public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
            beans.registerSingleton("synchronizedStartTest.Early", MOCK);
        }
    }

    @Test
    void whatIsPutInThePlaceOfABeanIsLeftAlone() {
        try (AnnotationConfigApplicationContext context = Contexts.with(Replacement.class, Early.class)) {
            assertThat(context.getBean(Early.class)).isSameAs(Replacement.MOCK);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAsync(order = Ordered.HIGHEST_PRECEDENCE)
    static class AsyncInside {}

    static class AsyncWork {

        @Async
        @Synchronized(key = "x")
        public void work() {}
    }

    @Test
    void aLockThatWouldLieOutsideOfAsyncStopsTheApplication() {
        assertThat(catchThrowable(() -> new AnnotationConfigApplicationContext(
                                AsyncInside.class, Contexts.Application.class, AsyncWork.class)
                        .close()))
                .isInstanceOf(AnnotatedMethodException.class)
                .hasMessageContaining("AsyncWork.work")
                .hasMessageContaining("has @Async inside of it");
    }

    @Test
    void anAdvisorOrderThatIsNoNumberIsToldByItsName() {
        assertThat(catchThrowable(() -> Contexts.with(Map.of("pottery.lock.advisor-order", "first"))))
                .hasRootCauseInstanceOf(NumberFormatException.class)
                .hasMessageContaining("pottery.lock.advisor-order must be a whole number, was 'first'");
    }

    /** Private and static helpers of a class are called by itself alone. */
    @Synchronized(key = "#{#id}")
    static class Helped {

        public String work(String id) {
            return id + helped(1) + helpedMore(2);
        }

        private int helped(int number) {
            return number;
        }

        static int helpedMore(int number) {
            return number;
        }

        @Override
        public String toString() {
            return "toString has no id";
        }
    }

    @Test
    void aClassMayHaveHelpers() {
        try (AnnotationConfigApplicationContext context = Contexts.with(Helped.class)) {
            assertThat(context.getBean(Helped.class).work(TestRedis.freshKey())).endsWith("12");
            assertThat(context.getBean(Helped.class)).hasToString("toString has no id");
        }
    }

    private static @Nullable Throwable failure(Class<?>... beans) {
        Throwable failure = catchThrowable(() -> Contexts.with(beans).close());
        while (failure instanceof BeanCreationException creation) {
            failure = creation.getCause();
        }
        return failure;
    }
}
