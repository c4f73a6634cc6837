package io.pottery.codec;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;

/** What applications do to their mappers, with either Jackson. */
interface Mapper {

    /** An amount that only a module of the application knows how to write: {@code "2.20 EUR"}. */
    record Money(BigDecimal amount, Currency currency) {

        static Money parse(String text) {
            String[] parts = text.split(" ");
            return new Money(new BigDecimal(parts[0]), Currency.getInstance(parts[1]));
        }

        String text() {
            return amount.setScale(2, RoundingMode.UNNECESSARY) + " " + currency;
        }
    }

    /** A scalar that a module of the application writes as a number. */
    record Cents(long number) {}

    /** A class of which only the fields hold anything. */
    final class Fields {
        private int hiddenCount = 1;

        int count() {
            return hiddenCount;
        }
    }

    /** Somebody else's class, of which one property is not to be stored. */
    class Foreign {
        public String name = "a";
        public String secret = "b";
    }

    final class MoreForeign extends Foreign {
        public int more = 1;
    }

    abstract class ForeignMixIn {
        @JsonIgnore
        public String secret;
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
    interface NamesItsClass {}

    /** Codecs with a mapper that was told by a mix-in to name the class of {@link Foreign}. */
    JsonCodecs namingClasses();

    /** Codecs with a mapper that knows all of these, names in snake case, and leaves nulls out. */
    JsonCodecs friendly();

    /** Codecs with a mapper of which a module wraps all that writes the properties of objects. */
    JsonCodecs wrapping();

    /** Codecs with a mapper on which everything is set that changes bytes, or what is read. */
    JsonCodecs hostile();

    /** Whether the mapper that {@link #hostile()} was made of still does what it did. */
    String hostileAlone(Object value) throws Exception;

    /** An object of the tree model with one member. */
    Object tree(String key, double value);

    /** The class of the tree model. */
    Class<?> model();

    /** What a mapper that was told nothing writes without Pottery. */
    String plain(Object value) throws Exception;

    JsonInclude.Value NOTHING_NULL = JsonInclude.Value.ALL_NON_NULL;
    JsonInclude.Value NO_NULLS_IN_MAPS =
            JsonInclude.Value.construct(JsonInclude.Include.ALWAYS, JsonInclude.Include.NON_NULL);
    JsonSetter.Value NO_NULLS_INSIDE = JsonSetter.Value.forContentNulls(Nulls.SKIP);
    JsonAutoDetect.Visibility ANY = JsonAutoDetect.Visibility.ANY;
}
