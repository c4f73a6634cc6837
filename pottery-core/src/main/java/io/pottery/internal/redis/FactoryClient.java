package io.pottery.internal.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisClient;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * The application's Redis as a master, over connections of its own from the application's client. That client connects
 * by its own address only while a thread waits, so one is started that ends when it is done.
 */
record FactoryClient(LettuceConnectionFactory factory) implements LettuceClient {

    @Override
    public String properties() {
        return "spring.data.redis";
    }

    @Override
    public CompletionStage<Link> connect() {
        return connect(client -> {
            if (client instanceof RedisClusterClient cluster) {
                var connection = cluster.connect(StringCodec.UTF8);
                return new Link(connection, connection.async());
            }
            var connection = ((RedisClient) client).connect(StringCodec.UTF8);
            return new Link(connection, connection.async()).closedWhenLost();
        });
    }

    @Override
    public CompletionStage<? extends StatefulRedisPubSubConnection<String, String>> connectPubSub() {
        return connect(client -> client instanceof RedisClusterClient cluster
                ? cluster.connectPubSub(StringCodec.UTF8)
                : ((RedisClient) client).connectPubSub(StringCodec.UTF8));
    }

    private <T> CompletionStage<T> connect(Function<AbstractRedisClient, T> connector) {
        CompletableFuture<T> connected = new CompletableFuture<>();
        Runnable work = () -> {
            try {
                connected.complete(connector.apply(factory.getRequiredNativeClient()));
            } catch (RuntimeException | Error e) {
                connected.completeExceptionally(e);
            }
        };
        try {
            Background.run("pottery-connect", work);
        } catch (OutOfMemoryError e) { // no thread is left
            connected.completeExceptionally(e);
        }
        return connected;
    }

    @Override
    public String toString() {
        return String.valueOf(Failures.address(factory));
    }
}
