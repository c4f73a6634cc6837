package io.pottery.testredis;

/**
 * The image whose containers stand in where this machine has no server binary. This class is free of Testcontainers,
 * which may be absent.
 *
 * @param reason why it had to be Docker
 */
record DockerImage(String reason) implements ServerSource {

    static final String NAME = "redis:7.2-alpine";

    @Override
    public ServerProcess prepare(RedisOptions options, int port) {
        if (options.isSentinel() || options.needsBusPort()) {
            throw new IllegalStateException(
                    "Clusters and sentinels need servers that reach each other on 127.0.0.1, which"
                            + " containers cannot (Docker was taken because %s); install redis-server"
                                    .formatted(reason));
        }
        return new DockerServer(options, port);
    }

    @Override
    public String where() {
        return "Docker image %s, because %s".formatted(NAME, reason);
    }
}
