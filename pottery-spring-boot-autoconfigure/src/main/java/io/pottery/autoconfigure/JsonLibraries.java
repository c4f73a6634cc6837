package io.pottery.autoconfigure;

import io.pottery.autoconfigure.PotteryProperties.Mapper;
import io.pottery.codec.JsonCodecs;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** The Jacksons on the class path; null for one that is not. */
record JsonLibraries(
        @Nullable JsonLibrary jackson3, @Nullable JsonLibrary jackson2) {

    private static final String PROPERTY = "pottery.json.mapper";

    JsonCodecs choose(Mapper mapper) {
        return switch (mapper) {
            case AUTO -> any();
            case JACKSON3 -> only(mapper, jackson3, "Jackson 3", "tools.jackson.core:jackson-databind");
            case JACKSON2 -> only(mapper, jackson2, "Jackson 2", "org.springframework.boot:spring-boot-jackson2");
        };
    }

    /** With the mapper of the application, or else with that of Pottery; with Jackson 3 before Jackson 2. */
    private JsonCodecs any() {
        JsonCodecs codecs = applications(jackson3);
        if (codecs == null) {
            codecs = applications(jackson2);
        }
        if (codecs != null) {
            return codecs;
        }
        JsonLibrary library = jackson3 == null ? jackson2 : jackson3;
        if (library == null) {
            throw new MissingJsonLibraryException();
        }
        return library.own();
    }

    private static JsonCodecs only(Mapper mapper, @Nullable JsonLibrary library, String name, String artifact) {
        if (library == null) {
            throw new InvalidConfigurationPropertyValueException(
                    PROPERTY, mapper, "%s is not on the class path; add %s to use it.".formatted(name, artifact));
        }
        JsonCodecs codecs = applications(library);
        return codecs == null ? library.own() : codecs;
    }

    private static @Nullable JsonCodecs applications(@Nullable JsonLibrary library) {
        try {
            return library == null ? null : library.applications();
        } catch (NoUniqueBeanDefinitionException e) {
            throw new UnusableMapperException(e);
        } catch (IllegalArgumentException e) { // it cannot be derived from
            throw new UnusableMapperException(e);
        }
    }
}
