package io.pottery.internal.redis;

import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.concurrent.CompletionStage;

/** How to connect to one master with Lettuce. Its {@code toString} is the address that messages show. */
interface LettuceClient {

    /** The part of the configuration that says how to connect, as messages name it. */
    String properties();

    CompletionStage<Link> connect();

    CompletionStage<? extends StatefulRedisPubSubConnection<String, String>> connectPubSub();

    /** Closes {@code connection}, unless it has been lost and will not come back by itself. */
    static void close(StatefulConnection<String, String> connection) {
        if (connection.isOpen() || connection.getOptions().isAutoReconnect()) {
            connection.closeAsync();
        }
    }

    /** A connection, and the commands that go over it. */
    record Link(StatefulConnection<String, String> connection, RedisClusterAsyncCommands<String, String> commands) {

        boolean isOpen() {
            return connection.isOpen();
        }

        void close() {
            LettuceClient.close(connection);
        }
    }
}
