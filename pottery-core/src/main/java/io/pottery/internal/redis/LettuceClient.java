package io.pottery.internal.redis;

import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/** How to connect to one master with Lettuce. Its {@code toString} is the address that messages show. */
interface LettuceClient {

    /** The part of the configuration that says how to connect, as messages name it. */
    String properties();

    CompletionStage<Link> connect();

    CompletionStage<? extends StatefulRedisPubSubConnection<String, String>> connectPubSub();

    /** A connection, and the commands that go over it. */
    record Link(
            StatefulConnection<String, String> connection,
            RedisClusterAsyncCommands<String, String> commands,
            AtomicBoolean closed) {

        Link(StatefulConnection<String, String> connection, RedisClusterAsyncCommands<String, String> commands) {
            this(connection, commands, new AtomicBoolean());
        }

        boolean isOpen() {
            return connection.isOpen();
        }

        void close() {
            if (closed.compareAndSet(false, true)) {
                connection.closeAsync();
            }
        }
    }
}
