package io.pottery.autoconfigure;

import io.pottery.autoconfigure.PotteryProperties.Mapper;
import io.pottery.codec.JsonCodecs;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.ClassUtils;

/** The Jacksons on the class path, and the mappers that the application has of them. */
final class JsonLibraries {

    static final String PROPERTY = "pottery.json.mapper";

    private final ConfigurableListableBeanFactory beans;
    private final boolean has3;
    private final boolean has2;

    JsonLibraries(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
        this.has3 = ClassUtils.isPresent("tools.jackson.databind.json.JsonMapper", beans.getBeanClassLoader());
        this.has2 = ClassUtils.isPresent("com.fasterxml.jackson.databind.ObjectMapper", beans.getBeanClassLoader());
    }

    JsonCodecs choose(Mapper mapper) {
        return switch (mapper) {
            case AUTO -> any();
            case JACKSON3 -> jackson3();
            case JACKSON2 -> jackson2();
        };
    }

    /** With the mapper of the application, or else with that of Pottery; with Jackson 3 before Jackson 2. */
    private JsonCodecs any() {
        JsonCodecs codecs = has3 ? applications(() -> Jackson3Mapper.applications(beans)) : null;
        if (codecs == null && has2) {
            codecs = applications(() -> Jackson2Mapper.applications(beans));
        }
        if (codecs != null) {
            return codecs;
        }
        if (has3) {
            return Jackson3Mapper.own();
        }
        if (has2) {
            return Jackson2Mapper.own();
        }
        throw new MissingJsonLibraryException();
    }

    private JsonCodecs jackson3() {
        if (!has3) {
            throw missing(Mapper.JACKSON3, "Jackson 3", "tools.jackson.core:jackson-databind");
        }
        JsonCodecs applications = applications(() -> Jackson3Mapper.applications(beans));
        return applications == null ? Jackson3Mapper.own() : applications;
    }

    private JsonCodecs jackson2() {
        if (!has2) {
            throw missing(Mapper.JACKSON2, "Jackson 2", "com.fasterxml.jackson.core:jackson-databind");
        }
        JsonCodecs applications = applications(() -> Jackson2Mapper.applications(beans));
        return applications == null ? Jackson2Mapper.own() : applications;
    }

    private static InvalidConfigurationPropertyValueException missing(Mapper mapper, String library, String artifact) {
        return new InvalidConfigurationPropertyValueException(
                PROPERTY, mapper, "%s is not on the class path; add %s to use it.".formatted(library, artifact));
    }

    private static @Nullable JsonCodecs applications(Supplier<@Nullable JsonCodecs> lookup) {
        try {
            return lookup.get();
        } catch (NoUniqueBeanDefinitionException e) {
            throw new SeveralMappersException(e);
        }
    }
}
