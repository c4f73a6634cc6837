package io.pottery.testredis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of 127.0.0.1 that nobody listens on.
 *
 * <p>They are drawn from below the range that operating systems give to outgoing connections. A port out of that range
 * can be taken while its server is down: by any connection, even by a client that reconnects to it and so meets itself.
 */
final class FreePorts {

    private static final int LOWEST = 10_240;
    private static final int HIGHEST = 22_240;
    private static final int DISTANCE_OF_BUS_PORT = 10_000;
    private static final int ATTEMPTS = 1_000;

    private FreePorts() {}

    /** A free port, whose cluster bus port is free too if {@code withBusPort}. */
    static int next(boolean withBusPort) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (isFree(port) && (!withBusPort || isFree(port + DISTANCE_OF_BUS_PORT))) {
                return port;
            }
        }
        throw new IllegalStateException("No free port for Redis on 127.0.0.1 between %d and %d; end what listens there"
                .formatted(LOWEST, HIGHEST));
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(RedisServer.HOST))) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
