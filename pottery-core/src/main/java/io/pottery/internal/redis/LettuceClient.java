package io.pottery.internal.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
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
         * Has it closed when it is lost, lest what was under way be sent again over the next one. Not for those of a
         * cluster: they are bundles, whose connections Lettuce restores one by one.
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

        /** Closes it behind: that of a cluster waits for all of its connections. */
        void close() {
            boolean closedByClient = connection instanceof RedisChannelHandler<?, ?> handler && handler.isClosed();
            if (!closed.compareAndSet(false, true) || closedByClient) {
                return;
            }
            if (connection instanceof StatefulRedisClusterConnection<?, ?>) {
                Background.run("pottery-close", connection::close);
            } else {
                connection.closeAsync();
            }
        }
    }
}
