package io.pottery.aop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pottery.error.PotteryException;
import java.lang.reflect.Method;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.util.ReflectionUtils;

class KeyTemplateTest {

    /** What a method is told. */
    record Order(long id, @Nullable String customer) {

        public String name() {
            return "order " + id;
        }
    }

    /** Constants that look alike. */
    enum Kind {
        SMALL,
        LARGE;

        @Override
        public String toString() {
            return "a kind";
        }
    }

    /** A bean as they used to be. */
    public static final class Account {

        public String getIban() {
            return "DE02";
        }

        public boolean isOpen() {
            return true;
        }
    }

    @SuppressWarnings("unused") // called by nobody
    private static final class Subject {

        void method(Order order, Object other) {}

        void none() {}

        void confusing(String p1, String p2, String root) {}
    }

    /** Whose text is null. */
    static final class Textless {

        @Override
        public @Nullable String toString() {
            return null;
        }
    }

    /** Whose text cannot be had. */
    static final class Mute {

        @Override
        public String toString() {
            throw new UnsupportedOperationException("mute");
        }
    }

    private static final Method METHOD = Stream.of(Subject.class.getDeclaredMethods())
            .filter(method -> method.getName().equals("method"))
            .findFirst()
            .orElseThrow();

    private final StandardEnvironment environment = new StandardEnvironment();
    private final Placeholders placeholders = new Placeholders(new DefaultListableBeanFactory(), environment);

    KeyTemplateTest() {
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "test",
                        Map.of(
                                "region",
                                "eu",
                                "nested",
                                "${region}",
                                "blank",
                                " ",
                                "tricky",
                                "#{1 + 1}",
                                "word",
                                "x")));
    }

    @ParameterizedTest
    @CsvSource({
        "report, report",
        "order:#{#order.id}, order:7",
        "#{#order.id}, 7",
        "#{#p0.id}-#{#a1}, 7-other",
        "#{#order.name()}, order 7",
        "#{#order.customer.toUpperCase()}, ADA",
        "#{#order.id > 5 ? 'much' : 'little'}, much",
        "${region}:#{#order.id}, eu:7",
        "${nested}:${absent:de}, eu:de",
        "${absent:${region}}:x, eu:x",
        "#{#order.id > 5 ? '${region}' : 'us'}, eu",
        "#{#order.id * 2}, 14",
        "a}b{c, a}b{c",
        "${tricky}, #{1 + 1}",
        "#{#order.customer.charAt(0)}{tag}, a{tag}",
    })
    void partsAreFilledIn(String template, String key) {
        assertThat(filled(template, new Order(7, "ada"), "other")).isEqualTo(key);
    }

    @Test
    void valuesWithTextOfTheirOwnAreKeys() {
        UUID id = UUID.randomUUID();
        assertThat(filled("#{#other}", 1L)).isEqualTo("1");
        assertThat(filled("#{#other}", id)).isEqualTo(id.toString());
        assertThat(filled("#{#other}", DayOfWeek.MONDAY)).isEqualTo("MONDAY");
        assertThat(filled("#{#other}", Kind.LARGE)).isEqualTo("LARGE");
        assertThat(filled("#{#other}", LocalDate.of(2027, 1, 7))).isEqualTo("2027-01-07");
        assertThat(filled("#{#other}", new Order(1, null))).isEqualTo("Order[id=1, customer=null]");
        assertThat(filled("#{#other}", Optional.of("x"))).isEqualTo("x");
        assertThat(filled("#{#other}", OptionalInt.of(5))).isEqualTo("5");
        assertThat(filled("#{#other}", OptionalDouble.of(0.5))).isEqualTo("0.5");
        assertThat(filled("#{#other}", "null")).isEqualTo("null");
        assertThat(filled("#{#other.iban}:#{#other.open}", new Account())).isEqualTo("DE02:true");
        assertThat(filled("#{#other['k']}", Map.of("k", 5))).isEqualTo("5");
        assertThat(filled("#{#other[k]}", Map.of("k", 5))).isEqualTo("5");
        assertThat(filled("#{#other[1].id}", List.of(new Order(1, null), new Order(2, null))))
                .isEqualTo("2");
        assertThat(filled("#{#other.?[id > 1][0].id}", List.of(new Order(1, null), new Order(2, null))))
                .isEqualTo("2");
        assertThat(filled("#{#other.![#this * 2][1]}", List.of(1, 2))).isEqualTo("4");
        assertThat(filled("#{#other.size()}", Set.of(1, 2))).isEqualTo("2");
    }

    static Stream<@Nullable Object> withoutText() {
        return Stream.of(
                null,
                "",
                "  ",
                Optional.empty(),
                OptionalLong.empty(),
                Optional.of(Optional.empty()),
                new AtomicReference<>(),
                new Textless(),
                new CompletableFuture<>(),
                new Object(),
                new Account(),
                new int[] {1},
                List.of(1),
                Set.of(1, 2),
                Map.of("a", 1));
    }

    @ParameterizedTest
    @MethodSource("withoutText")
    void aPartWithoutTextOfItsOwnIsAnError(@Nullable Object other) {
        KeyTemplate template = parsed("order:#{#order.id}:#{#other}");
        assertThatExceptionOfType(PotteryException.class)
                .isThrownBy(() -> template.fill(new @Nullable Object[] {new Order(7, null), other}))
                .withMessageContaining("#{#other} is ");
    }

    @Test
    void aPartThatCannotBeReadIsAnErrorThatNamesIt() {
        assertThatExceptionOfType(PotteryException.class)
                .isThrownBy(() -> filled("order:#{#order.id}", (Object) null, ""))
                .withMessageContaining("#{#order.id} cannot be told")
                .withMessageContaining("null");
        assertThatExceptionOfType(PotteryException.class)
                .isThrownBy(() -> filled("order:#{#other.nope}", "text"))
                .withMessageContaining("#{#other.nope} cannot be told")
                .withMessageContaining("'nope'");
        assertThatExceptionOfType(PotteryException.class)
                .isThrownBy(() -> filled("order:#{#order.customer}", new Order(7, null), ""))
                .withMessageContaining("#{#order.customer} is null");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "order:#{#nope}                     | #nope in #{#nope} is unknown: there is #order, #other, #p0, #a0, #p1, #a1",
                "order:#{#p2}                       | #p2 in #{#p2} is unknown",
                "order:#{#order.id * #nope}         | #nope",
                "#{'order:' + #order.id}            | may not use +: in text",
                "#{#order.id + 1}                   | may not use +: in text",
                "#{'%s'.formatted(#order.id)}       | may not put text together",
                "order:#{'${blank}'}                | ${blank} is empty",
                "order:#{#root}                     | #root",
                "order:#{#this}                     | #this",
                "order:#{order.id}                  | write #order if it is a parameter",
                "order:#{name()}                    | 'name()' in #{name()} is a property of nothing",
                "order:#{#order.name(id)}           | 'id' in",
                "order:#{T(java.lang.System).exit(1)} | may not have types and constructors",
                "order:#{new java.util.Date()}      | may not have types and constructors",
                "order:#{@bean.id}                  | may not have beans",
                "order:#{#order = null}             | may not have assignments",
                "order:#{#p0++}                     | may not have assignments",
                "order:#{#order.nope = 1}           | may not have assignments",
                "order:#{#f(1)}                     | may not have functions",
                "order:#{#order.}                   | EL",
                "order:#{#order.id                  | No ending suffix",
                "order:#{}                          | No expression defined",
                "order:${nope}                      | 'nope'",
                "order:#{'${nope}'}                 | 'nope'",
                "order:${region                     | no closing brace",
                "order:${blank}                     | ${blank} is empty",
                "order:${nope:}                     | ${nope:} is empty",
            })
    void whatIsWrongWithTheTextIsToldAtOnce(String template, String reason) {
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> parsed(template))
                .withMessageContaining(reason);
    }

    @Test
    void anEmptyKeyIsNone() {
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> parsed(""));
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> parsed("  "));
    }

    @Test
    void aNameThatIsThePositionOfAnotherIsRefused() {
        Method confusing =
                ReflectionUtils.findMethod(Subject.class, "confusing", String.class, String.class, String.class);
        ParameterNames names = ParameterNames.of(confusing, confusing);
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> KeyTemplate.parse("#{#p1}", names, placeholders))
                .withMessageContaining("both the name of a parameter and the position of another");
        assertThat(KeyTemplate.parse("#{#p0}#{#a2}", names, placeholders).fill(new Object[] {"x", "y", "z"}))
                .isEqualTo("xz");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> KeyTemplate.parse("#{#root}", names, placeholders))
                .withMessageContaining("#root in #{#root} is unknown");
    }

    @Test
    void whatAnExpressionThrowsIsTold() {
        assertThatExceptionOfType(PotteryException.class)
                .isThrownBy(() -> filled("#{#other}", new Mute()))
                .withMessageContaining("#{#other} cannot be told: mute");
        assertThatExceptionOfType(PotteryException.class)
                .isThrownBy(() -> filled("#{#other.get(1)}", List.of()))
                .withMessageContaining("#{#other.get(1)} cannot be told");
    }

    @Test
    void withoutParametersThereIsNothingToName() {
        Method none = ReflectionUtils.findMethod(Subject.class, "none");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> KeyTemplate.parse("#{#x}", ParameterNames.of(none, none), placeholders))
                .withMessageContaining("there is no parameter");
    }

    @Test
    void namesThatTheClassDoesNotHaveAreMissedByTheirCause() {
        ParameterNames positions = new ParameterNames(new LinkedHashMap<>(Map.of("p0", 0)), Set.of(), false);
        assertThat(KeyTemplate.parse("#{#p0}", positions, placeholders).fill(new Object[] {"x"}))
                .isEqualTo("x");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> KeyTemplate.parse("#{#order}", positions, placeholders))
                .withMessageContaining("compile it with -parameters, or write #p0");
    }

    @Test
    void noTypeCanBeReachedThroughAMethod() {
        assertThatExceptionOfType(PotteryException.class)
                .isThrownBy(() -> filled("#{#other.getClass().forName('java.lang.Runtime')}", "text"));
        assertThatExceptionOfType(PotteryException.class).isThrownBy(() -> filled("#{#other.class.name}", "text"));
    }

    private String filled(String template, Object other) {
        return filled(template, new Order(7, "ada"), other);
    }

    private String filled(String template, @Nullable Object order, Object other) {
        return parsed(template).fill(new @Nullable Object[] {order, other});
    }

    private KeyTemplate parsed(String template) {
        return KeyTemplate.parse(template, ParameterNames.of(METHOD, METHOD), placeholders);
    }
}
