package io.pottery.internal.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.pottery.testredis.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What a master says that cannot be connected to. */
class LettuceMasterTest {

    private static final RuntimeException CLOSED = new RedisConnectionException("Connection closed prematurely");
    private static final RuntimeException CLOSED_EARLIER =
            new RedisConnectionException("a:1", new IllegalStateException("RedisHandshakeHandler not registered"));
    private static final RuntimeException REFUSED = new RedisConnectionException(
            "a:1", new RedisCommandExecutionException("WRONGPASS invalid username-password pair"));

    @Test
    void aReasonThatWasLostIsAskedForAgain() {
        assertThat(connected(CLOSED, CLOSED_EARLIER, REFUSED))
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withMessageContaining("Redis refused the user name or password: check masters[0].username");
    }

    @Test
    void aServerThatAlwaysClosesIsNotAskedForEver() {
        assertThat(connected(CLOSED, CLOSED, CLOSED, REFUSED))
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withMessageContaining("Connection closed prematurely");
    }

    @Test
    void aReasonIsNotAskedForTwice() {
        assertThat(connected(REFUSED, CLOSED))
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withMessageContaining("Redis refused the user name or password");
    }

    @Test
    void aSecondGreetingThatSucceedsIsEnough() {
        RedisClient client = RedisClient.create();
        try (RedisServer server = RedisServer.start()) {
            LettuceClient real = new UriClient(client, RedisURI.create(server.host(), server.port()), "masters[0]");
            Iterator<CompletableFuture<LettuceClient.Link>> greetings = List.of(
                            CompletableFuture.<LettuceClient.Link>failedFuture(CLOSED),
                            real.connect().toCompletableFuture())
                    .iterator();
            LettuceMaster master = master(greetings::next);
            assertThat(master.connected())
                    .succeedsWithin(Duration.ofSeconds(10))
                    .isEqualTo(true);
            assertThat(master.connected()).isCompletedWithValue(true);
            assertThat(master.ping()).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(true);
        } finally {
            client.shutdown();
        }
    }

    @Test
    void aServerThatTakesItsTimeToCloseIsNotAskedAgain() {
        AtomicInteger asked = new AtomicInteger();
        LettuceMaster master = master(() -> {
            asked.incrementAndGet();
            return CompletableFuture.supplyAsync(
                    () -> {
                        throw CLOSED;
                    },
                    CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS));
        });
        assertThat(master.connected()).failsWithin(Duration.ofSeconds(10));
        assertThat(asked).hasValue(1);
    }

    @Test
    void aMasterThatHasBeenClosedIsNotAskedAgain() {
        CompletableFuture<LettuceClient.Link> first = new CompletableFuture<>();
        List<CompletableFuture<LettuceClient.Link>> asked = new ArrayList<>();
        LettuceMaster master = master(() -> {
            asked.add(first);
            return first;
        });
        CompletableFuture<Boolean> connected = master.connected();
        master.close();
        first.completeExceptionally(CLOSED);
        assertThat(connected).isCompletedExceptionally();
        assertThat(asked).hasSize(1);
    }

    private static CompletableFuture<Boolean> connected(RuntimeException... failures) {
        Iterator<RuntimeException> each = List.of(failures).iterator();
        return master(() -> CompletableFuture.failedFuture(each.next())).connected();
    }

    private static LettuceMaster master(Supplier<CompletableFuture<LettuceClient.Link>> connects) {
        return new LettuceMaster("masters[0]", new Client(connects), null, Duration.ofSeconds(1));
    }

    /** Connects as it is told. */
    private record Client(Supplier<CompletableFuture<Link>> connects) implements LettuceClient {

        @Override
        public String properties() {
            return "masters[0]";
        }

        @Override
        public CompletionStage<Link> connect() {
            return connects.get();
        }

        @Override
        public CompletionStage<? extends StatefulRedisPubSubConnection<String, String>> connectPubSub() {
            return new CompletableFuture<>();
        }
    }
}
