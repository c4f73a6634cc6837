package io.pottery.codec;

import io.pottery.error.PotteryException;
import java.lang.reflect.Type;
import java.util.function.Supplier;
import org.springframework.util.ClassUtils;
import org.springframework.util.function.SingletonSupplier;

/** Codecs that look for a JSON library when they need one. */
final class ClassPathCodecs extends MappedCodecs {

    static final boolean HAS_JACKSON_3 = isPresent("tools.jackson.databind.json.JsonMapper");
    static final boolean HAS_JACKSON_2 = isPresent("com.fasterxml.jackson.databind.ObjectMapper");

    private final Supplier<MappedCodecs> jacksons = SingletonSupplier.of(ClassPathCodecs::find);

    @Override
    JsonMapping mappingOf(Type type) {
        if (!HAS_JACKSON_3 && !HAS_JACKSON_2) {
            throw new PotteryException(
                    "%s is not a string, a number or a boolean, and to map it to JSON a library is missing: add tools.jackson.core:jackson-databind (Spring Boot's is spring-boot-starter-json), or give the factory codecs of your own"
                            .formatted(type.getTypeName()));
        }
        return jacksons.get().mappingOf(type);
    }

    private static MappedCodecs find() {
        return HAS_JACKSON_3 ? new Jackson3Codecs() : new Jackson2Codecs();
    }

    private static boolean isPresent(String type) {
        return ClassUtils.isPresent(type, ClassPathCodecs.class.getClassLoader());
    }
}
