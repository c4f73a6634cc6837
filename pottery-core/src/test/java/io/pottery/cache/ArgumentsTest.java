package io.pottery.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ArgumentsTest {

    @Test
    void areEqualIfTheyAreEqualOneByOne() {
        assertThat(Arguments.of(1, null, List.of("a")))
                .isEqualTo(Arguments.of(1, null, Arrays.asList("a")))
                .hasSameHashCodeAs(Arguments.of(1, null, Arrays.asList("a")))
                .isNotEqualTo(Arguments.of(1L, null, List.of("a")))
                .isNotEqualTo(Arguments.of(1, null))
                .isNotEqualTo(Arguments.of(null, 1, List.of("a")))
                .isNotEqualTo(List.of(1, List.of("a")));
        assertThat(Arguments.of(Set.of(1, 2))).isEqualTo(Arguments.of(new TreeSet<>(Set.of(1, 2))));
        assertThat(Arguments.of()).isEqualTo(Arguments.of()).isNotEqualTo(Arguments.of((Object) null));
    }

    @Test
    void stayAsTheyWere() {
        Object[] array = {1, null};
        Arguments arguments = Arguments.of(array);
        array[0] = 2;

        assertThat(arguments.toList()).containsExactly(1, null);
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> arguments.toList().set(0, 2));
    }

    @Test
    void noArrayIsAnErrorAndANullIsAnArgument() {
        assertThatNullPointerException()
                .isThrownBy(() -> Arguments.of((Object[]) null))
                .withMessageContaining("of((Object) null)");
        assertThat(Arguments.of((Object) null).toList()).hasSize(1).containsOnlyNulls();
    }

    @Test
    void doNotShowWhatTheyAre() {
        assertThat(Arguments.of()).hasToString("0 arguments");
        assertThat(Arguments.of("secret")).hasToString("1 argument");
        assertThat(Arguments.of("secret", 2)).hasToString("2 arguments");
    }
}
