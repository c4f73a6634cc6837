package io.pottery.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is a property, and what it is called, does not hang on the Jackson, nor on whether it is an application's. */
@WithBothJacksons
class PropertiesTest {

    static final class Names {
        public String getURL() {
            return "u";
        }

        public int getxCoord() {
            return 1;
        }

        public int getaB() {
            return 2;
        }

        public int get_y() {
            return 3;
        }

        public int get1() {
            return 4;
        }
    }

    /** As Lombok names getters. */
    static final class Lomboks {
        private String eMail = "e";
        private String uName = "u";
        private String aBC = "a";

        public String getEMail() {
            return eMail;
        }

        public void setEMail(String eMail) {
            this.eMail = eMail;
        }

        public String getUName() {
            return uName;
        }

        public void setUName(String uName) {
            this.uName = uName;
        }

        public String getABC() {
            return aBC;
        }

        public void setABC(String aBC) {
            this.aBC = aBC;
        }
    }

    static final class GetterOnly {
        private final List<String> content = new ArrayList<>(List.of("a"));

        public List<String> getNames() {
            return content;
        }
    }

    static class Finals {
        public final int open;

        Finals() {
            this(0);
        }

        private Finals(int open) {
            this.open = open;
        }
    }

    static final class Immutable {
        private final String name;
        private final int count;

        public Immutable(String name, int count) {
            this.name = name;
            this.count = count;
        }

        public String getName() {
            return name;
        }

        public int getCount() {
            return count;
        }
    }

    static final class Single {
        private final String name;

        public Single(String name) {
            this.name = name;
        }

        public String getName() {
            return name;
        }
    }

    private final JsonCodecs codecs;

    PropertiesTest(Jackson jackson) {
        codecs = jackson.codecs();
    }

    private <T> String written(Class<T> type, T value) {
        return Golden.text(codecs.of(type).encode(value));
    }

    private <T> T read(Class<T> type, String json) {
        return codecs.of(type).decode(Golden.utf8(json));
    }

    @Test
    void everyGetterIsOneWhateverItsFirstCharacter() {
        assertThat(written(Names.class, new Names()))
                .isEqualTo("{\"1\": 4, \"URL\": \"u\", \"_y\": 3, \"aB\": 2, \"xCoord\": 1}");
    }

    @Test
    void aPropertyIsCalledAsItsFieldIfOnlyCapitalsDiffer() {
        String json = "{\"aBC\": \"a\", \"eMail\": \"b\", \"uName\": \"u\"}";
        Lomboks read = read(Lomboks.class, json);
        assertThat(read.getEMail()).isEqualTo("b");
        assertThat(written(Lomboks.class, read)).isEqualTo(json);
    }

    @Test
    void aListWithoutSetterIsFilled() {
        assertThat(read(GetterOnly.class, "{\"names\": [\"b\"]}").getNames()).containsExactly("a", "b");
    }

    @Test
    void aFinalFieldIsSet() {
        assertThat(read(Finals.class, "{\"open\": 7}").open).isEqualTo(7);
    }

    @Test
    void constructorsAreKnownByTheNamesOfTheirParameters() {
        Immutable read = read(Immutable.class, written(Immutable.class, new Immutable("a", 1)));
        assertThat(read.getName()).isEqualTo("a");
        assertThat(read.getCount()).isEqualTo(1);
        assertThat(read(Single.class, written(Single.class, new Single("a"))).getName())
                .isEqualTo("a");
    }
}
