package io.pottery.internal.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.concurrent.CompletionStage;

/** A master that is configured by its own URI. */
record UriClient(RedisClient client, RedisURI uri, String properties) implements LettuceClient {

    @Override
    public CompletionStage<Link> connect() {
        return client.connectAsync(StringCodec.UTF8, uri)
                .thenApply(connection -> new Link(connection, connection.async()));
    }

    @Override
    public CompletionStage<? extends StatefulRedisPubSubConnection<String, String>> connectPubSub() {
        return client.connectPubSubAsync(StringCodec.UTF8, uri);
    }

    @Override
    public String toString() {
        return uri.getHost() + ":" + uri.getPort();
    }
}
