package io.pottery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.aot.hint.predicate.RuntimeHintsPredicates.reflection;
import static org.springframework.aot.hint.predicate.RuntimeHintsPredicates.resource;

import io.pottery.sketch.BloomFilterOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.beans.factory.aot.AotServices;
import org.springframework.cache.interceptor.SimpleKey;

/** What every native image has of Pottery, by the file in which Spring looks for it. */
class PotteryRuntimeHintsTest {

    private final RuntimeHints hints = hints();

    private static RuntimeHints hints() {
        RuntimeHints hints = new RuntimeHints();
        for (RuntimeHintsRegistrar registrar : AotServices.factories().load(RuntimeHintsRegistrar.class)) {
            registrar.registerHints(hints, PotteryFactory.class.getClassLoader());
        }
        return hints;
    }

    @ParameterizedTest
    @MethodSource("io.pottery.LuaScriptsTest#scripts")
    void everyScriptIsIn(Path script) {
        String resource = LuaScriptsTest.SCRIPTS.relativize(script).toString();
        assertThat(resource().forResource(resource)).accepts(hints);
    }

    @Test
    void nothingElseOfPotteryIsIn() {
        assertThat(resource().forResource("io/pottery/PotteryFactory.class").negate())
                .accepts(hints);
    }

    @Test
    void whatIsInASimpleKeyCanBeRead() {
        assertThat(reflection().onFieldAccess(SimpleKey.class, "params")).accepts(hints);
    }

    @Test
    void theParametersOfFiltersCanBeWrittenAndRead() {
        assertThat(reflection().onMethodInvocation(BloomFilterOptions.class, "numElements"))
                .accepts(hints);
        assertThat(reflection().onMethodInvocation(BloomFilterOptions.class, "falsePositives"))
                .accepts(hints);
        assertThat(reflection()
                        .onType(BloomFilterOptions.class)
                        .withMemberCategory(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS))
                .accepts(hints);
    }
}
