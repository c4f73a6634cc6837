package io.pottery.autoconfigure;

import io.pottery.codec.JsonCodecs;
import org.jspecify.annotations.Nullable;

/** One Jackson on the class path. */
interface JsonLibrary {

    /** Codecs that know what the application's mapper was taught; null if the application has none. */
    @Nullable
    JsonCodecs applications();

    /** Codecs that Pottery alone configures. */
    JsonCodecs own();
}
