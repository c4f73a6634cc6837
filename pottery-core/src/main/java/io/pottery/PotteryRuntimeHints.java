package io.pottery;

import io.pottery.sketch.BloomFilterOptions;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.cache.interceptor.SimpleKey;

/** What Pottery reads of itself and of Spring in a native image, whoever makes the factory. */
final class PotteryRuntimeHints implements RuntimeHintsRegistrar {

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader loader) {
        hints.resources().registerPattern("io/pottery/**/*.lua");
        hints.reflection().registerType(SimpleKey.class, type -> type.withField("params"));
        new BindingReflectionHintsRegistrar().registerReflectionHints(hints.reflection(), BloomFilterOptions.class);
    }
}
