package io.pottery.testredis;

/** Where servers come from: a binary on this machine, or an image. */
sealed interface ServerSource permits ServerBinary, DockerImage {

    /** Prepares a server without starting it. */
    ServerProcess prepare(RedisOptions options, int port);

    /** The binary or image, and how it was found. */
    String where();
}
