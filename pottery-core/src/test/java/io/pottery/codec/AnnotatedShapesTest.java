package io.pottery.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIdentityInfo;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.annotation.ObjectIdGenerators;
import io.pottery.error.UnencodableValueException;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.Year;
import java.util.ArrayList;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.core.ParameterizedTypeReference;

/** What an annotation makes another kind of JSON is read again, or never written. */
@WithBothJacksons
class AnnotatedShapesTest {

    enum Code {
        ONE(1),
        TWO(2);

        private final int code;

        Code(int code) {
            this.code = code;
        }

        @JsonValue
        public int code() {
            return code;
        }
    }

    @JsonFormat(shape = JsonFormat.Shape.NUMBER)
    enum Numbered {
        A
    }

    enum Level {
        LOW
    }

    record Text(
            @JsonFormat(shape = JsonFormat.Shape.STRING) LocalDate day,
            @JsonFormat(shape = JsonFormat.Shape.STRING) Level level) {}

    record IntText(
            @JsonFormat(shape = JsonFormat.Shape.STRING) int value) {}

    record LongText(
            @JsonFormat(shape = JsonFormat.Shape.STRING) Long value) {}

    record DecimalText(
            @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal value) {}

    record BooleanText(
            @JsonFormat(shape = JsonFormat.Shape.STRING) boolean value) {}

    record IntTexts(
            @JsonFormat(shape = JsonFormat.Shape.STRING) List<Optional<Integer>> value) {}

    record BooleanNumber(
            @JsonFormat(shape = JsonFormat.Shape.NUMBER) boolean value) {}

    record InstantNumber(
            @JsonFormat(shape = JsonFormat.Shape.NUMBER) Instant value) {}

    record DateNumber(
            @JsonFormat(shape = JsonFormat.Shape.NUMBER_INT) Date value) {}

    record DayArray(
            @JsonFormat(shape = JsonFormat.Shape.ARRAY) LocalDate value) {}

    record DurationNumber(
            @JsonFormat(shape = JsonFormat.Shape.NUMBER) Duration value) {}

    record YearNumber(
            @JsonFormat(shape = JsonFormat.Shape.NUMBER) Year value) {}

    record MonthNumber(
            @JsonFormat(shape = JsonFormat.Shape.NUMBER) Month value) {}

    record WeekdayNumber(
            @JsonFormat(shape = JsonFormat.Shape.NUMBER) DayOfWeek value) {}

    record LevelNumber(
            @JsonFormat(shape = JsonFormat.Shape.NUMBER) Level value) {}

    record Single(
            @JsonFormat(with = JsonFormat.Feature.WRITE_SINGLE_ELEM_ARRAYS_UNWRAPPED)
            List<Integer> value) {}

    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    record Row(int b, int a) {}

    @JsonFormat(shape = JsonFormat.Shape.OBJECT)
    static final class Rows extends ArrayList<Integer> {
        public int extra = 5;
    }

    @JsonIdentityInfo(generator = ObjectIdGenerators.PropertyGenerator.class, property = "id")
    record Node(int id, Node next) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
    @JsonSubTypes({@JsonSubTypes.Type(Square.class), @JsonSubTypes.Type(Circle.class)})
    interface Shape {}

    record Square(int side) implements Shape {}

    record Circle(int radius) implements Shape {}

    private final JsonCodecs codecs;

    AnnotatedShapesTest(Jackson jackson) {
        codecs = jackson.codecs();
    }

    @Test
    void anEnumWithNumbersIsReadFromThem() {
        Codec<Set<Code>> codec = codecs.of(new ParameterizedTypeReference<>() {});
        Set<Code> both = EnumSet.allOf(Code.class);
        assertThat(Golden.text(codec.encode(both))).isEqualTo("[1, 2]");
        assertThat(codec.decode(codec.encode(both))).isEqualTo(both);
        assertThat(codecs.of(Code.class).decode(Golden.utf8("2"))).isEqualTo(Code.TWO);
    }

    @Test
    void theShapeThatATypeHasAnywayMayBeSaid() {
        Text text = new Text(LocalDate.EPOCH, Level.LOW);
        Codec<Text> codec = codecs.of(Text.class);
        assertThat(Golden.text(codec.encode(text))).isEqualTo("{\"day\": \"1970-01-01\", \"level\": \"LOW\"}");
        assertThat(codec.decode(codec.encode(text))).isEqualTo(text);
    }

    @Test
    void anotherShapeIsRefused() {
        for (Object value : List.of(
                new IntText(1),
                new LongText(1L),
                new DecimalText(BigDecimal.ONE),
                new BooleanText(true),
                new IntTexts(List.of()),
                new BooleanNumber(true),
                new InstantNumber(Instant.EPOCH),
                new DateNumber(new Date(0)),
                new DayArray(LocalDate.EPOCH),
                new DurationNumber(Duration.ZERO),
                new YearNumber(Year.of(2026)),
                new MonthNumber(Month.MAY),
                new WeekdayNumber(DayOfWeek.MONDAY),
                new LevelNumber(Level.LOW),
                new Single(List.of(1)),
                new Row(1, 2),
                new Rows(),
                Numbered.A)) {
            assertRefused(value, "another kind of JSON");
        }
    }

    @Test
    void aTypeIsDeducedFromTheProperties() {
        Codec<Shape> codec = codecs.of(Shape.class);
        assertThat(Golden.text(codec.encode(new Circle(1)))).isEqualTo("{\"radius\": 1}");
        assertThat(codec.decode(Golden.utf8("{\"radius\": 1}"))).isEqualTo(new Circle(1));
        assertThat(codec.decode(Golden.utf8("{\"side\": 1}"))).isEqualTo(new Square(1));
    }

    @Test
    void objectIdsAreRefused() {
        assertRefused(new Node(1, null), "would write equal values as different bytes");
    }

    private void assertRefused(Object value, String reason) {
        try {
            codecs.of(Object.class).encode(List.of(value));
        } catch (UnencodableValueException e) {
            assertThat(e).as("%s", value.getClass()).hasMessageContaining(reason);
            return;
        }
        throw new AssertionError("written: " + value.getClass());
    }
}
