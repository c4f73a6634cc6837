package io.pottery.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import io.pottery.error.UnencodableValueException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.core.ParameterizedTypeReference;

/** What is written depends on what a value is declared as, wherever it stands, and nothing is lost in silence. */
@WithBothJacksons
class DeclaredTypesTest {

    static class Base {
        public int a = 1;
    }

    static final class Sub extends Base {
        public int secret = 2;
    }

    static final class Same extends Base {
        @Override
        public String toString() {
            return "no further property";
        }
    }

    static final class Open extends Base {
        @JsonAnyGetter
        public Map<String, Integer> others() {
            return Map.of("secret", 2);
        }
    }

    record One(Base value) {}

    record Many(List<Base> value) {}

    record Wild(Collection<? extends Base> value) {}

    record Values(Map<String, List<Base>> value) {}

    record Maybe(Optional<Base> value) {}

    record Array(Base[] value) {}

    record Box<T>(T value) {}

    record Boxed(Box<Base> value) {}

    record Unwrapped(@JsonUnwrapped Base value) {}

    record Anything(Object value) {}

    record Sendable(Serializable value) {}

    interface Named {
        String name();
    }

    interface Priced {
        int getPrice();
    }

    record Car(@JsonProperty("price") int getPrice, String name) implements Priced, Named {}

    record OnlyPriced(@JsonProperty("price") int getPrice) implements Priced {}

    record Offer(Priced priced) {}

    record Anyone(Named named) {}

    enum Fruit implements Named, Serializable {
        APPLE {
            @Override
            public String getJuice() {
                return "cider";
            }
        };

        public abstract String getJuice();
    }

    record Basket(Fruit fruit, Set<Fruit> fruits, Map<Fruit, Integer> counts) {}

    record Text(@JsonValue String text) implements Named {
        @Override
        public String name() {
            return text;
        }
    }

    record Scalars(Number number, CharSequence text, Comparable<?> comparable, List<Number> numbers) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    @JsonSubTypes(@JsonSubTypes.Type(value = Circle.class, name = "circle"))
    interface Shape {}

    record Circle(double radius) implements Shape {}

    record Drawing(Shape shape, List<Shape> shapes, Map<String, Shape> named, Optional<Shape> last) {}

    record Told(
            @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
            @JsonSubTypes({
                @JsonSubTypes.Type(value = Base.class, name = "base"),
                @JsonSubTypes.Type(value = Sub.class, name = "sub")
            })
            Base value) {}

    record Sparse(
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Base value) {}

    static class Tree {
        public List<Tree> children = new ArrayList<>();
    }

    private final JsonCodecs codecs;
    private final Codec<Object> any;

    DeclaredTypesTest(Jackson jackson) {
        codecs = jackson.codecs();
        any = codecs.of(Object.class);
    }

    private void refused(String path, Object value) {
        refused(path, any, value);
    }

    private <T> void refused(String path, Codec<T> codec, T value) {
        assertThatExceptionOfType(UnencodableValueException.class)
                .isThrownBy(() -> codec.encode(value))
                .withMessage(
                        "Cannot write %s (%s) as JSON: it is declared as %s, which lacks its properties [secret]; "
                                + "declare the class itself, or tell the type with @JsonTypeInfo(use = Id.NAME)",
                        path, Sub.class.getName(), Base.class.getName());
        assertThat(codec.tryEncode(value)).isNull();
    }

    private void written(Object value, String json) {
        assertThat(Golden.text(any.encode(value))).isEqualTo(json);
    }

    @Test
    void aSubclassWithFurtherPropertiesIsRefusedWhereverItStands() {
        Sub sub = new Sub();
        refused("$", codecs.of(Base.class), sub);
        refused("$[1]", codecs.of(new ParameterizedTypeReference<List<Base>>() {}), List.of(new Base(), sub));
        refused("$.*", codecs.of(new ParameterizedTypeReference<Map<String, Base>>() {}), Map.of("k", sub));
        refused("$", codecs.of(new ParameterizedTypeReference<Optional<Base>>() {}), Optional.of(sub));
        refused("$.value", codecs.of(new ParameterizedTypeReference<Box<Base>>() {}), new Box<>(sub));
        refused("$[0]", codecs.of(Base[].class), new Base[] {sub});
        refused("$.value", new One(sub));
        refused("$.value[0]", new Many(List.of(sub)));
        refused("$.value[0]", new Wild(List.of(sub)));
        refused("$.value.*[0]", new Values(Map.of("k", List.of(sub))));
        refused("$.value", new Maybe(Optional.of(sub)));
        refused("$.value[0]", new Array(new Base[] {sub}));
        refused("$.value.value", new Boxed(new Box<>(sub)));
        refused("$.value", new Unwrapped(sub));
        refused("$.value", new Sparse(sub));
    }

    @Test
    void theClassItselfIsWrittenEverywhereAlike() {
        for (Base base : List.of(new Base(), new Same())) {
            assertThat(Golden.text(codecs.of(Base.class).encode(base))).isEqualTo("{\"a\": 1}");
            written(new One(base), "{\"value\": {\"a\": 1}}");
            written(new Many(List.of(base)), "{\"value\": [{\"a\": 1}]}");
            written(new Values(Map.of("k", List.of(base))), "{\"value\": {\"k\": [{\"a\": 1}]}}");
            written(new Maybe(Optional.of(base)), "{\"value\": {\"a\": 1}}");
            written(new Boxed(new Box<>(base)), "{\"value\": {\"value\": {\"a\": 1}}}");
            written(new Unwrapped(base), "{\"a\": 1}");
            written(new Sparse(base), "{\"value\": {\"a\": 1}}");
        }
        Tree tree = new Tree();
        tree.children.add(new Tree());
        written(tree, "{\"children\": [{\"children\": []}]}");
        written(new One(null), "{\"value\": null}");
    }

    @Test
    void whatIsReadAsWhateverItIsIsWrittenWhole() {
        Sub sub = new Sub();
        written(sub, "{\"a\": 1, \"secret\": 2}");
        written(List.of(sub), "[{\"a\": 1, \"secret\": 2}]");
        written(new Anything(sub), "{\"value\": {\"a\": 1, \"secret\": 2}}");
        written(new Anything(List.of(sub)), "{\"value\": [{\"a\": 1, \"secret\": 2}]}");
        written(new Box<>(sub), "{\"value\": {\"a\": 1, \"secret\": 2}}");
        written(new AtomicReference<>(sub), "{\"a\": 1, \"secret\": 2}");
        written(new Sendable("a"), "{\"value\": \"a\"}");
        written(new Sendable(new ArrayList<>(List.of(1))), "{\"value\": [1]}");
    }

    @Test
    void furtherMembersOfAnyNameAreNotLostEither() {
        assertThatExceptionOfType(UnencodableValueException.class).isThrownBy(() -> any.encode(new One(new Open())));
        written(new Open(), "{\"a\": 1, \"secret\": 2}");
    }

    @Test
    void anInterfaceIsWrittenWithItsProperties() {
        written(new Offer(new OnlyPriced(3)), "{\"priced\": {\"price\": 3}}");
        assertThatExceptionOfType(UnencodableValueException.class)
                .isThrownBy(() -> any.encode(new Offer(new Car(3, "a"))))
                .withMessageContaining("which lacks its properties [name]");
        assertThatExceptionOfType(UnencodableValueException.class)
                .isThrownBy(() -> any.encode(new Anyone(new Car(3, "a"))))
                .withMessageContaining("which lacks its properties [name, price]");
    }

    @Test
    void whatIsNoObjectIsWrittenAsItself() {
        written(new Anyone(Fruit.APPLE), "{\"named\": \"APPLE\"}");
        written(new Anyone(new Text("a")), "{\"named\": \"a\"}");
        written(new Sendable(Fruit.APPLE), "{\"value\": \"APPLE\"}");
        written(
                new Scalars(1.5f, new StringBuilder("a"), "b", List.of(1, 0.1f)),
                "{\"comparable\": \"b\", \"number\": 1.5, \"numbers\": [1, 0.1], \"text\": \"a\"}");
    }

    @Test
    void aConstantWithABodyIsAConstant() {
        written(
                new Basket(Fruit.APPLE, Set.of(Fruit.APPLE), Map.of(Fruit.APPLE, 1)),
                "{\"counts\": {\"APPLE\": 1}, \"fruit\": \"APPLE\", \"fruits\": [\"APPLE\"]}");
        assertThat(Golden.text(codecs.of(Fruit.class).encode(Fruit.APPLE))).isEqualTo("\"APPLE\"");
    }

    @Test
    void ifTheJsonTellsTheTypeNothingIsLost() {
        String circle = "{\"@type\": \"circle\", \"radius\": 1.0}";
        Circle one = new Circle(1);
        Drawing drawing = new Drawing(one, List.of(one), Map.of("k", one), Optional.of(one));
        Codec<Drawing> codec = codecs.of(Drawing.class);

        assertThat(Golden.text(codec.encode(drawing)))
                .isEqualTo("{\"last\": %1$s, \"named\": {\"k\": %1$s}, \"shape\": %1$s, \"shapes\": [%1$s]}"
                        .formatted(circle));
        assertThat(codec.decode(codec.encode(drawing))).isEqualTo(drawing);
        assertThat(Golden.text(codecs.of(new ParameterizedTypeReference<List<Shape>>() {})
                        .encode(List.of(one))))
                .isEqualTo("[" + circle + "]");
        written(new Told(new Sub()), "{\"value\": {\"@type\": \"sub\", \"a\": 1, \"secret\": 2}}");
        written(new Told(new Base()), "{\"value\": {\"@type\": \"base\", \"a\": 1}}");
    }
}
