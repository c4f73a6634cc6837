package io.pottery.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.pottery.PotteryFactory;
import io.pottery.error.PotteryException;
import io.pottery.testing.TestRedis;
import io.pottery.testredis.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** On a Redis without free memory, puts are refused as a whole, and what is there can be taken; and other refusals. */
class FullQueueTest {

    @Test
    void goesOnHandingOutWhenDeadConsumersLeaveWhatIsDead() throws Exception {
        try (RedisServer server =
                RedisServer.with("maxmemory-policy", "noeviction").start()) {
            LettuceConnectionFactory connections = TestRedis.connect(server);
            try {
                PotteryFactory pottery = PotteryFactory.create(connections);
                RedisSimpleQueue<Integer> queue = pottery.queue(
                        "queue",
                        pottery.json(Integer.class),
                        QueueOptions.defaults()
                                .withVisibilityTimeout(Duration.ofMillis(100))
                                .withDeadLetters("dead", 1));
                queue.addAll(List.of(1, 2));
                server.execute("XREADGROUP", "GROUP", "pottery", "gone", "COUNT", "1", "STREAMS", "queue", ">");
                server.execute("CONFIG", "SET", "maxmemory", "1");
                assertThat(queue.take()).isEqualTo(2);
                RedisSimpleQueue<Integer> deadLetters = pottery.queue("dead", Integer.class);
                await().until(() -> Integer.valueOf(1).equals(queue.poll())
                        || !deadLetters.isEmpty()); // if its server has let a script begin to write before
            } finally {
                connections.destroy();
            }
        }
    }

    @Test
    void waitsWhileItMayNotWriteForWantOfReplicas() throws Exception {
        try (RedisServer server = RedisServer.start()) {
            LettuceConnectionFactory connections = TestRedis.connect(server);
            try {
                RedisSimpleQueue<Integer> queue =
                        PotteryFactory.create(connections).queue("queue", Integer.class);
                queue.add(1);
                Delivery<Integer> delivery = queue.receive();
                CompletableFuture<Integer> taken = new CompletableFuture<>();
                Thread taker = new Thread(() -> {
                    try {
                        taken.complete(queue.take());
                    } catch (InterruptedException | RuntimeException e) {
                        taken.completeExceptionally(e);
                    }
                });
                taker.start();
                await().until(() -> taker.getState() == Thread.State.WAITING);
                server.execute("CONFIG", "SET", "min-replicas-to-write", "1");
                CompletableFuture<Boolean> acknowledged = CompletableFuture.supplyAsync(delivery::ack);
                assertThatExceptionOfType(PotteryException.class)
                        .isThrownBy(() -> queue.add(2))
                        .withMessageContaining("min-replicas-to-write");
                server.execute("CONFIG", "SET", "min-replicas-to-write", "0");
                queue.add(3);
                assertThat(taken.get(20, TimeUnit.SECONDS)).isEqualTo(3);
                assertThat(acknowledged.get(20, TimeUnit.SECONDS)).isTrue();
                assertThat(queue.poll()).isNull();
            } finally {
                connections.destroy();
            }
        }
    }

    @Test
    void refusesPutsAndGoesOnHandingOut() throws Exception {
        try (RedisServer server =
                RedisServer.with("maxmemory-policy", "noeviction").start()) {
            LettuceConnectionFactory connections = TestRedis.connect(server);
            try {
                PotteryFactory pottery = PotteryFactory.create(connections);
                RedisSimpleQueue<Integer> queue = pottery.queue(
                        "queue",
                        pottery.json(Integer.class),
                        QueueOptions.defaults().withDeadLetters("dead", 1));
                queue.addAll(List.of(1, 2, 3));
                server.execute("CONFIG", "SET", "maxmemory", "1");
                for (ThrowingCallable call : List.<ThrowingCallable>of(
                        () -> queue.put(4),
                        () -> queue.offer(4, 1, TimeUnit.SECONDS),
                        () -> queue.addAll(List.of(4)))) {
                    assertThatExceptionOfType(PotteryException.class)
                            .isThrownBy(call)
                            .withMessageContainingAll("'queue'", "maxmemory");
                }
                assertThat(queue.toList()).containsExactly(1, 2, 3);
                assertThat(queue.take()).isEqualTo(1);
                Delivery<Integer> last = queue.receive(Duration.ofSeconds(1)).orElseThrow();
                assertThat(last.nack()).isTrue();
                assertThat(pottery.queue("dead", Integer.class).poll()).isEqualTo(2);
                server.execute("CONFIG", "SET", "maxmemory", "0");
                queue.put(4);
                assertThat(queue.toList()).containsExactly(3, 4);
            } finally {
                connections.destroy();
            }
        }
    }
}
