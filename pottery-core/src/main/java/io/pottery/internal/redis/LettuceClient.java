package io.pottery.internal.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
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

        /**
         * Has it closed when the connection is lost, lest what was under way be sent again over the next one. A
         * cluster's is a bundle of connections, which Lettuce restores one by one, and does not tell of.
         */
        Link closedWhenLost() {
            connection.addListener(new RedisConnectionStateListener() {
                @Override
                public void onRedisDisconnected(RedisChannelHandler<?, ?> lost) {
                    close();
                }
            });
            return this;
        }

        void close() {
            boolean closedByClient = connection instanceof RedisChannelHandler<?, ?> handler && handler.isClosed();
            if (closed.compareAndSet(false, true) && !closedByClient) {
                connection.closeAsync();
            }
        }
    }
}
