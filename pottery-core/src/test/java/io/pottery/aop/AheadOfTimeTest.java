package io.pottery.aop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.springframework.aot.hint.predicate.RuntimeHintsPredicates.reflection;

import io.pottery.cache.RedisCacheEvict;
import io.pottery.cache.RedisCacheable;
import io.pottery.error.AnnotatedMethodException;
import io.pottery.lock.Synchronized;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.annotation.AliasFor;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.test.tools.CompileWithForkedClassLoader;
import org.springframework.core.test.tools.Compiled;
import org.springframework.core.test.tools.TestCompiler;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Applications that Spring has processed ahead of time, and what it was told to keep in a native image. */
class AheadOfTimeTest {

    record Customer(String name) {}

    record Order(Customer customer) {}

    record Item(String name) {}

    record Receipt(List<Item> items) {}

    record Page<T>(List<T> content) {}

    record Unrelated(String name) {}

    @Retention(RetentionPolicy.RUNTIME)
    @Synchronized(key = "")
    @interface OneAtATime {

        @AliasFor(annotation = Synchronized.class, attribute = "key")
        String value();
    }

    public static class Shop {

        @OneAtATime("#{#order.customer.name}")
        public String pay(Order order) {
            return CurrentLease.get().toString();
        }

        public void leave(Unrelated unrelated) {}
    }

    @Synchronized(key = "#{#items[0].name}")
    public static class ShopOfItems {

        public void pay(Item[] items) {}
    }

    /** What it is about is in the hands of subclasses. */
    public abstract static class Repository<T> {

        @Synchronized(key = "x")
        public void save(T entity) {}

        @RedisCacheable(key = "y")
        public Page<T> all() {
            return new Page<>(List.of());
        }
    }

    public static class Orders extends Repository<Order> {}

    interface Payments {

        @RedisCacheEvict(key = "x", condition = "#result.items.isEmpty()")
        @RedisCacheEvict(key = "y", allEntries = true)
        Receipt pay(int amount);
    }

    public static class CashPayments implements Payments {

        @Override
        public Receipt pay(int amount) {
            return new Receipt(List.of());
        }
    }

    public static class Reports {

        @RedisCacheable(key = "#{#name}", unless = "#result.toString().isEmpty()")
        public Optional<Receipt> receipt(String name) {
            return Optional.of(new Receipt(List.of(new Item("tea"))));
        }
    }

    public static class LaterReports {

        @RedisCacheable(key = "a")
        public CompletableFuture<Order> stage() {
            return new CompletableFuture<>();
        }

        @RedisCacheable(key = "b")
        public Mono<Customer> mono() {
            return Mono.empty();
        }

        @RedisCacheable(key = "c")
        public Flux<Item> flux() {
            return Flux.empty();
        }
    }

    /** A type that names itself. */
    public static class Sorted {

        @Synchronized(key = "x")
        public <T extends Comparable<T>> void sort(List<T> values) {}
    }

    public static class FinalMethod {

        @Synchronized(key = "x")
        public final void work() {}
    }

    public static class KeyOfTheSurroundings {

        @Synchronized(key = "${name.of.the.lock}")
        public String work() {
            return CurrentLease.get().toString();
        }
    }

    @Test
    void whatKeysReadIsKept() {
        RuntimeHints hints = hints(Shop.class);
        assertIsBound(hints, Order.class, "customer");
        assertIsBound(hints, Customer.class, "name");
        assertThat(reflection().onType(Unrelated.class).negate()).accepts(hints);
    }

    @Test
    void whatKeysReadInMethodsOfAnAnnotatedTypeIsKept() {
        assertIsBound(hints(ShopOfItems.class), Item.class, "name");
    }

    @Test
    void typesAreThoseOfTheBean() {
        RuntimeHints hints = hints(Orders.class);
        assertIsBound(hints, Order.class, "customer");
        assertIsBound(hints, Customer.class, "name");
        assertIsBound(hints, Page.class, "content");
    }

    @Test
    void whatAnInterfaceSaysCounts() {
        assertIsBound(hints(CashPayments.class), Receipt.class, "items");
    }

    @Test
    void whatIsCachedIsKept() {
        RuntimeHints hints = hints(Reports.class);
        assertIsBound(hints, Receipt.class, "items");
        assertIsBound(hints, Item.class, "name");
    }

    @Test
    void whatIsCachedOfAStageOrPublisherIsKept() {
        RuntimeHints hints = hints(LaterReports.class);
        assertIsBound(hints, Order.class, "customer");
        assertIsBound(hints, Customer.class, "name");
        assertIsBound(hints, Item.class, "name");
        assertThat(Stream.of(CompletableFuture.class, Mono.class, Flux.class))
                .allSatisfy(type -> assertThat(
                                reflection().onType(type).withMemberCategory(MemberCategory.INVOKE_PUBLIC_METHODS))
                        .rejects(hints));
    }

    @Test
    void methodsThatExpressionsCallAreKept() {
        assertThat(reflection().onMethodInvocation(Receipt.class, "toString")).accepts(hints(Reports.class));
        assertThat(reflection().onMethodInvocation(String.class, "isBlank")).accepts(hints(Reports.class));
    }

    @Test
    void aTypeMayNameItself() {
        assertThat(reflection().onType(Comparable.class)).accepts(hints(Sorted.class));
    }

    @Test
    void aMethodThatWouldRunWithoutItsLockStopsTheBuild() {
        assertThatExceptionOfType(AnnotatedMethodException.class)
                .isThrownBy(() -> hints(FinalMethod.class))
                .withMessageContaining("FinalMethod.work would run without the lock of @Synchronized");
    }

    @Test
    @CompileWithForkedClassLoader
    void advisesAsWithoutIt() {
        String name = UUID.randomUUID().toString();
        start(
                Map.of("name.of.the.lock", name),
                context -> {
                    assertThat(context.getBean(Shop.class).pay(new Order(new Customer(name))))
                            .contains("'redlock:%s'".formatted(name));
                    assertThat(context.getBean(KeyOfTheSurroundings.class).work())
                            .contains("'redlock:%s'".formatted(name));
                    Reports reports = context.getBean(Reports.class);
                    assertThat(reports.receipt(name)).isPresent().isEqualTo(reports.receipt(name));
                    CachedMethod receipts = context.getBean(RedisCaches.class).of(reports, "receipt");
                    assertThat(receipts.cache(name).info().hits()).isEqualTo(1);
                },
                Shop.class,
                Reports.class,
                KeyOfTheSurroundings.class);
    }

    @Test
    @CompileWithForkedClassLoader
    void stillStopsAnApplicationWithAMethodThatCannotHaveItsLock() {
        assertThatExceptionOfType(BeanCreationException.class)
                .isThrownBy(() -> start(Map.of(), context -> {}, KeyOfTheSurroundings.class))
                .withCauseInstanceOf(AnnotatedMethodException.class)
                .withMessageContaining("KeyOfTheSurroundings.work has no valid key '${name.of.the.lock}'");
    }

    private static void assertIsBound(RuntimeHints hints, Class<?> type, String accessor) {
        assertThat(reflection().onType(type).withMemberCategory(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS))
                .accepts(hints);
        assertThat(reflection().onMethodInvocation(type, accessor)).accepts(hints);
    }

    private static RuntimeHints hints(Class<?>... beans) {
        return processed(beans).getRuntimeHints();
    }

    private static TestGenerationContext processed(Class<?>... beans) {
        TestGenerationContext generated = new TestGenerationContext();
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            addFirst(context, Map.of("name.of.the.lock", "that of the build"));
            context.register(Contexts.Application.class);
            context.register(beans);
            new ApplicationContextAotGenerator().processAheadOfTime(context, generated);
        }
        generated.writeGeneratedContent();
        return generated;
    }

    private static void addFirst(GenericApplicationContext context, Map<String, Object> properties) {
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", properties));
    }

    /** Starts what was generated for {@code beans}, with other properties than there were then. */
    private static void start(
            Map<String, Object> properties, Consumer<GenericApplicationContext> test, Class<?>... beans) {
        TestCompiler.forSystem().with(processed(beans)).compile(compiled -> {
            try (GenericApplicationContext context = new GenericApplicationContext()) {
                addFirst(context, properties);
                initializer(compiled).initialize(context);
                context.refresh();
                test.accept(context);
            }
        });
    }

    @SuppressWarnings("unchecked") // it is for every context
    private static ApplicationContextInitializer<GenericApplicationContext> initializer(Compiled compiled) {
        return compiled.getInstance(ApplicationContextInitializer.class);
    }
}
