package io.pottery.codec;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

/** Jackson 3 has no mappers for other formats among its JsonMappers, and none that cannot be derived. */
class UnusableMappersTest {

    private static final class NoCopy extends ObjectMapper {}

    private static final class Yaml extends JsonFactory {
        @Override
        public String getFormatName() {
            return "YAML";
        }
    }

    @Test
    void aMapperThatCannotBeCopiedIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Jackson2Codecs(new NoCopy()))
                .withMessageContainingAll(NoCopy.class.getName(), "override copy()");
    }

    @Test
    void aMapperOfAnotherFormatIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Jackson2Codecs(new ObjectMapper(new Yaml())))
                .withMessageContainingAll("writes YAML", "pass one for JSON");
    }
}
