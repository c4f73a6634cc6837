package io.pottery.testredis;

import java.nio.file.Path;

/**
 * A server binary on this machine.
 *
 * @param origin whose file it is, and so whether it may be deleted
 */
record ServerBinary(Path path, Origin origin, String where) implements ServerSource {

    enum Origin {
        INSTALLED,
        EXTRACTED
    }

    @Override
    public ServerProcess prepare(RedisOptions options, int port) {
        return new LocalServer(this, options, port);
    }
}
