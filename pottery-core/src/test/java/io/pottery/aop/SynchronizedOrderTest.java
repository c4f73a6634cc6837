package io.pottery.aop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.pottery.PotteryFactory;
import io.pottery.error.LeaseLostException;
import io.pottery.error.PotteryException;
import io.pottery.lock.AsyncLease;
import io.pottery.lock.Lease;
import io.pottery.lock.Redlock;
import io.pottery.lock.Synchronized;
import io.pottery.lock.Synchronized.OnFailure;
import io.pottery.lock.Synchronized.OnLost;
import io.pottery.testing.TestRedis;
import io.pottery.testing.Threads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.aopalliance.intercept.MethodInterceptor;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.aop.Advisor;
import org.springframework.aop.interceptor.ExposeInvocationInterceptor;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.core.Ordered;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.resilience.annotation.EnableResilientMethods;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import reactor.core.publisher.Mono;

/** The lock among the other annotations of a method. */
class SynchronizedOrderTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final String name = TestRedis.freshKey();
    private final Redlock lock = TestRedis.pottery().redlock(name);

    /** Tells how many transactions have begun. */
    static final class Transactions extends DataSourceTransactionManager {

        private static final long serialVersionUID = 1L;

        final transient AtomicInteger begun = new AtomicInteger();

        Transactions(DataSource database) {
            super(database);
        }

        @Override
        protected void doBegin(Object transaction, TransactionDefinition definition) {
            begun.incrementAndGet();
            super.doBegin(transaction, definition);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Database {

        @Bean(destroyMethod = "dispose")
        JdbcConnectionPool database() {
            return JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID(), "", "");
        }

        @Bean
        Transactions transactions(DataSource database) {
            return new Transactions(database);
        }

        @Bean
        Bank bank(DataSource database) {
            return new Bank(new JdbcTemplate(database));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement
    static class TransactionsByDefault {}

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement(order = Ordered.LOWEST_PRECEDENCE - 200)
    static class TransactionsOutside {}

    static class Bank {

        private final JdbcTemplate sql;

        Bank(JdbcTemplate sql) {
            this.sql = sql;
            sql.execute("create table account (balance int)");
            sql.update("insert into account values (0)");
        }

        /** Loses updates unless one call has committed before the next one reads. */
        @Synchronized(key = "#{#lock}")
        @Transactional
        public void deposit(String lock) {
            Integer balance = sql.queryForObject("select balance from account", Integer.class);
            sql.update("update account set balance = ?", balance + 1);
        }

        @Synchronized(key = "#{#lock}")
        @Transactional
        public void thenCommit(String lock, Runnable whenCommitted) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCompletion(int status) {
                    whenCommitted.run();
                }
            });
        }

        @Synchronized(key = "#{#lock}")
        @Transactional
        public void fail(String lock) {
            sql.update("update account set balance = 1000");
            throw new IllegalStateException("no money");
        }

        int balance() {
            return sql.queryForObject("select balance from account", Integer.class);
        }
    }

    @Test
    void aTransactionHasCommittedBeforeTheNextOneBegins() {
        try (AnnotationConfigApplicationContext context = Contexts.with(Database.class, TransactionsByDefault.class)) {
            Bank bank = context.getBean(Bank.class);
            Threads.run(8, thread -> {
                for (int i = 0; i < 50; i++) {
                    bank.deposit(name);
                }
            });
            assertThat(bank.balance()).isEqualTo(400);
        }
    }

    @Test
    void theLockIsHeldUntilTheTransactionHasEnded() {
        assertThat(isHeldAtTheEnd(Map.of(), TransactionsByDefault.class)).isTrue();
        try (AnnotationConfigApplicationContext declaredFirst = new AnnotationConfigApplicationContext(
                TransactionsByDefault.class, Database.class, Contexts.Application.class)) {
            assertThat(isHeldAtTheEnd(declaredFirst)).isTrue();
        }
    }

    @Test
    void theOrderOfTheAdviceIsAProperty() {
        assertThat(isHeldAtTheEnd(Map.of(), TransactionsOutside.class)).isFalse();
        String outside = Integer.toString(Ordered.LOWEST_PRECEDENCE - 300);
        assertThat(isHeldAtTheEnd(Map.of("pottery.lock.advisor-order", outside), TransactionsOutside.class))
                .isTrue();
    }

    private boolean isHeldAtTheEnd(Map<String, Object> properties, Class<?> transactions) {
        try (AnnotationConfigApplicationContext context = Contexts.with(properties, Database.class, transactions)) {
            return isHeldAtTheEnd(context);
        }
    }

    private boolean isHeldAtTheEnd(AnnotationConfigApplicationContext context) {
        AtomicBoolean held = new AtomicBoolean();
        context.getBean(Bank.class).thenCommit(name, () -> held.set(lock.isLocked()));
        assertThat(lock.isLocked()).isFalse();
        return held.get();
    }

    @Test
    void noTransactionIsOpenWhileACallWaits() throws Exception {
        try (AnnotationConfigApplicationContext context = Contexts.with(Database.class, TransactionsByDefault.class)) {
            Bank bank = context.getBean(Bank.class);
            AtomicInteger begun = context.getBean(Transactions.class).begun;
            CompletableFuture<Void> waiting;
            try (Lease held = lock.acquire()) {
                waiting = CompletableFuture.runAsync(() -> bank.deposit(name));
                TestRedis.awaitListeners(TestRedis.server(), lock.key(), 1);
                assertThat(begun).hasValue(0);
            }
            assertThat(waiting).succeedsWithin(SOON);
            assertThat(begun).hasValue(1);
        }
    }

    @Test
    void aTransactionThatIsRolledBackGivesTheLockBack() {
        try (AnnotationConfigApplicationContext context = Contexts.with(Database.class, TransactionsByDefault.class)) {
            Bank bank = context.getBean(Bank.class);
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> bank.fail(name))
                    .withMessage("no money");
            assertThat(bank.balance()).isZero();
            assertThat(lock.isLocked()).isFalse();
        }
    }

    /** Two threads, for what is asynchronous and for Pottery's futures, as with applicationTaskExecutor. */
    @Configuration(proxyBeanMethods = false)
    @EnablePottery
    @EnableAsync
    static class TwoThreads {

        @Bean
        ThreadPoolTaskExecutor taskExecutor() {
            ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
            executor.setCorePoolSize(2);
            executor.setThreadNamePrefix("worker-");
            return executor;
        }

        @Bean
        PotteryFactory pottery(Executor taskExecutor) {
            return PotteryFactory.builder(TestRedis.connections())
                    .executor(taskExecutor)
                    .build();
        }
    }

    static class Office {

        @Async
        @Synchronized(key = "#{#lock}")
        public void work(String lock, BlockingQueue<String> threads) {
            assertThat(CurrentLease.get().isValid()).isTrue();
            threads.add(Thread.currentThread().getName());
        }

        @Async
        @Synchronized(key = "#{#lock}")
        public CompletableFuture<String> answer(String lock) {
            String thread = Thread.currentThread().getName();
            return CompletableFuture.supplyAsync(
                    () -> thread, CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS));
        }

        @Async
        @Synchronized(key = "#{#lock}", blocking = false, onFailure = OnFailure.SKIP)
        public CompletableFuture<Optional<String>> skipped(String lock) {
            return CompletableFuture.completedFuture(Optional.of("ran"));
        }

        @Synchronized(key = "#{#lock}", renew = true)
        public CompletableFuture<String> stage(String lock) {
            return CompletableFuture.completedFuture("ran");
        }

        @Async
        @Synchronized(key = "#{#lock}")
        public CompletableFuture<String> failedWithFlag(String lock, Exception failure) {
            Thread.currentThread().interrupt();
            return CompletableFuture.failedFuture(failure);
        }

        @Async
        @Synchronized(key = "#{#lock}", autoReleaseTime = "100ms", onLost = OnLost.INTERRUPT)
        public CompletableFuture<String> interrupted(String lock) {
            return new CompletableFuture<>();
        }

        @Async
        @Synchronized(key = "#{#lock}")
        public CompletableFuture<String> returned(String lock, CompletableFuture<CompletableFuture<String>> to) {
            CompletableFuture<String> never = new CompletableFuture<>();
            to.complete(never);
            return never;
        }

        @Async
        @Synchronized(key = "#{#lock}", autoReleaseTime = "100ms")
        public CompletableFuture<String> lost(String lock, Consumer<CompletableFuture<String>> end) {
            CompletableFuture<String> lost = new CompletableFuture<>();
            CurrentLease.get().onLost(() -> end.accept(lost));
            return lost;
        }
    }

    @Test
    void theThreadOfAnAsynchronousMethodTakesTheLock() throws Exception {
        try (AnnotationConfigApplicationContext context =
                new AnnotationConfigApplicationContext(TwoThreads.class, Office.class)) {
            Office office = context.getBean(Office.class);
            BlockingQueue<String> threads = new LinkedBlockingQueue<>();
            try (Lease held = lock.acquire()) {
                office.work(name, threads); // does not wait here
                TestRedis.awaitListeners(TestRedis.server(), lock.key(), 1);
                assertThat(threads).isEmpty();
            }
            assertThat(threads.poll(SOON.toMillis(), TimeUnit.MILLISECONDS)).startsWith("worker-");
        }
    }

    @Test
    void asynchronousMethodsNeedNoMoreThreadsThanTheyHave() throws Exception {
        try (AnnotationConfigApplicationContext context =
                new AnnotationConfigApplicationContext(TwoThreads.class, Office.class)) {
            Office office = context.getBean(Office.class);
            List<CompletableFuture<String>> answers =
                    IntStream.range(0, 20).mapToObj(i -> office.answer(name)).toList();
            assertThat(answers)
                    .allSatisfy(answer ->
                            assertThat(answer).succeedsWithin(SOON).asString().startsWith("worker-"));
            assertThat(lock.isLocked()).isFalse();
            try (Lease held = lock.acquire()) {
                assertThat(office.skipped(name)).succeedsWithin(SOON).isEqualTo(Optional.empty());
            }
            assertThat(office.skipped(name)).succeedsWithin(SOON).isEqualTo(Optional.of("ran"));
            assertThat(office.lost(name, work -> work.complete("ran")))
                    .failsWithin(SOON)
                    .withThrowableThat()
                    .withCauseInstanceOf(LeaseLostException.class);
            IllegalStateException failure = new IllegalStateException("of the work");
            assertThat(office.lost(name, work -> work.completeExceptionally(failure)))
                    .failsWithin(SOON)
                    .withThrowableThat()
                    .havingCause()
                    .isSameAs(failure);
            assertThat(failure.getSuppressed())
                    .hasOnlyElementsOfType(LeaseLostException.class)
                    .hasSize(1);
        }
    }

    @Test
    void aStageGetsItsLockThoughAllThreadsWaitForIt() throws Exception {
        try (AnnotationConfigApplicationContext context =
                new AnnotationConfigApplicationContext(TwoThreads.class, Office.class)) {
            Office office = context.getBean(Office.class);
            BlockingQueue<String> threads = new LinkedBlockingQueue<>();
            CompletableFuture<String> stage;
            try (Lease held = lock.acquire()) {
                stage = office.stage(name);
                TestRedis.awaitListeners(TestRedis.server(), lock.key(), 1);
                office.work(name, threads);
                office.work(name, threads);
                ThreadPoolTaskExecutor executor = context.getBean(ThreadPoolTaskExecutor.class);
                await().until(() -> executor.getActiveCount() == 2);
            }
            assertThat(stage).succeedsWithin(SOON);
            assertThat(threads.poll(SOON.toMillis(), TimeUnit.MILLISECONDS)).isNotNull();
            assertThat(threads.poll(SOON.toMillis(), TimeUnit.MILLISECONDS)).isNotNull();
        }
    }

    @Test
    void theResultOfAnAsynchronousMethodIsItsOwn() {
        try (AnnotationConfigApplicationContext context =
                new AnnotationConfigApplicationContext(TwoThreads.class, Office.class)) {
            Office office = context.getBean(Office.class);
            IllegalStateException failure = new IllegalStateException("of the work");
            assertThat(office.failedWithFlag(name, failure))
                    .failsWithin(SOON)
                    .withThrowableThat()
                    .havingCause()
                    .isSameAs(failure);
            assertThat(office.interrupted(name))
                    .failsWithin(SOON)
                    .withThrowableThat()
                    .withCauseInstanceOf(LeaseLostException.class);
        }
    }

    @Test
    void anInterruptCancelsWhatAnAsynchronousMethodHasReturned() throws Exception {
        try (AnnotationConfigApplicationContext context = Contexts.with(Office.class)) { // whose caller is the worker
            Office office = context.getBean(Office.class);
            CompletableFuture<CompletableFuture<String>> returned = new CompletableFuture<>();
            AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
            Thread worker = new Thread(() -> failure.set(catchThrowable(() -> office.returned(name, returned))));
            worker.start();
            CompletableFuture<String> work = returned.get(SOON.toSeconds(), TimeUnit.SECONDS);
            worker.interrupt();
            worker.join(SOON.toMillis());
            assertThat(failure.get())
                    .isInstanceOf(PotteryException.class)
                    .hasMessageContaining("Office.returned was cancelled: interrupted");
            assertThat(work).isCancelled();
            assertThat(lock.isLocked()).isFalse();
        }
    }

    /** Advice inside of the lock that counts calls. */
    @Configuration(proxyBeanMethods = false)
    static class Counted {

        final AtomicInteger calls = new AtomicInteger();

        /** What aspects need. */
        @Bean
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        Advisor expose() {
            DefaultPointcutAdvisor expose = new DefaultPointcutAdvisor(
                    new AnnotationMatchingPointcut(null, Synchronized.class), ExposeInvocationInterceptor.INSTANCE);
            expose.setOrder(Ordered.HIGHEST_PRECEDENCE);
            return expose;
        }

        @Bean
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        Advisor counter() {
            return new DefaultPointcutAdvisor(
                    new AnnotationMatchingPointcut(null, Synchronized.class), (MethodInterceptor) call -> {
                        assertThat(ExposeInvocationInterceptor.currentInvocation())
                                .isSameAs(call);
                        calls.incrementAndGet();
                        return call.proceed();
                    });
        }
    }

    static class Reactive {

        @Synchronized(key = "#{#lock}")
        public Mono<Boolean> run(String lock) {
            return CurrentLease.reactive().map(AsyncLease::isValid);
        }
    }

    @Test
    void eachSubscriptionGoesThroughAllAdviceInside() {
        try (AnnotationConfigApplicationContext context = Contexts.with(Counted.class, Reactive.class)) {
            AtomicInteger calls = context.getBean(Counted.class).calls;
            Mono<Boolean> mono = context.getBean(Reactive.class).run(name);
            assertThat(calls).hasValue(0);
            for (int subscriptions = 1; subscriptions <= 3; subscriptions++) {
                assertThat(mono.block(SOON)).isTrue();
                assertThat(calls).hasValue(subscriptions);
            }
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableResilientMethods
    static class Retries {}

    static class Shaky {

        private final List<Long> tokens = new ArrayList<>();

        @Retryable(maxRetries = 2, delay = 1)
        @Synchronized(key = "#{#lock}")
        public List<Long> run(String lock) {
            tokens.add(CurrentLease.get().fencingToken());
            if (tokens.size() < 3) {
                throw new IllegalStateException("try again");
            }
            return tokens;
        }
    }

    @Test
    void eachRetryTakesTheLockAnew() {
        try (AnnotationConfigApplicationContext context = Contexts.with(Retries.class, Shaky.class)) {
            assertThat(context.getBean(Shaky.class).run(name)).hasSize(3).doesNotHaveDuplicates();
        }
    }
}
