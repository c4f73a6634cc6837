package io.pottery.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pottery.PotteryFactory;
import io.pottery.testing.TestRedis;
import io.pottery.testing.Threads;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many producers and consumers, in two factories that stand for processes. */
class RedisSimpleQueueConcurrencyTest {

    private static final int PRODUCERS = 4;
    private static final int CONSUMERS = 4;
    private static final int EACH = 1_000;

    private final String key = TestRedis.freshKey();
    private final List<PotteryFactory> processes =
            List.of(TestRedis.pottery(), PotteryFactory.create(TestRedis.connections()));

    @Test
    void everyElementIsTakenOnceAndInTheOrderOfItsProducer() {
        Queue<List<Integer>> taken = exchange(Integer.MAX_VALUE);
        Map<Integer, Integer> last = new HashMap<>();
        List<Integer> all = new ArrayList<>();
        for (List<Integer> byOne : taken) {
            last.clear();
            for (int element : byOne) {
                int producer = element / EACH;
                assertThat(element).isGreaterThan(last.getOrDefault(producer, -1));
                last.put(producer, element);
            }
            all.addAll(byOne);
        }
        assertThat(all).containsExactlyInAnyOrderElementsOf(all());
    }

    @Test
    void thereAreNeverMoreThanTheCapacity() {
        AtomicBoolean over = new AtomicBoolean();
        AtomicBoolean ended = new AtomicBoolean();
        AtomicInteger looked = new AtomicInteger();
        RedisSimpleQueue<Integer> watched = queue(0, 7);
        Thread watcher = new Thread(() -> {
            while (!ended.get()) {
                over.compareAndSet(false, watched.size() > 7);
                looked.incrementAndGet();
            }
        });
        watcher.start();
        Queue<List<Integer>> taken = exchange(7);
        ended.set(true);
        assertThat(over).isFalse();
        assertThat(looked).hasPositiveValue();
        assertThat(taken.stream().flatMap(List::stream).toList()).containsExactlyInAnyOrderElementsOf(all());
    }

    @Test
    void interruptsLoseNothing() throws Exception {
        Collection<Integer> taken = new ConcurrentLinkedQueue<>();
        List<Thread> takers = new ArrayList<>();
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger interrupted = new AtomicInteger();
        for (int i = 0; i < 8; i++) {
            RedisSimpleQueue<Integer> queue = queue(i, Integer.MAX_VALUE);
            boolean polls = i % 2 == 0;
            Thread taker = new Thread(() -> {
                while (!over.get()) {
                    try {
                        Integer element = polls ? queue.poll(1, TimeUnit.MILLISECONDS) : queue.take();
                        if (element != null) {
                            taken.add(element);
                        }
                    } catch (InterruptedException e) {
                        interrupted.incrementAndGet();
                    }
                }
            });
            taker.start();
            takers.add(taker);
        }
        RedisSimpleQueue<Integer> queue = queue(0, Integer.MAX_VALUE);
        Random random = new Random(7);
        for (int i = 0; i < 3_000; i++) {
            queue.put(i);
            takers.get(random.nextInt(takers.size())).interrupt();
        }
        await().until(() -> taken.size() >= 3_000);
        over.set(true);
        while (takers.stream().anyMatch(Thread::isAlive)) {
            takers.forEach(Thread::interrupt);
            Thread.onSpinWait();
        }
        assertThat(interrupted).hasValueGreaterThan(100);
        List<Integer> sorted = new ArrayList<>(taken);
        Collections.sort(sorted);
        assertThat(sorted).isEqualTo(IntStream.range(0, 3_000).boxed().toList());
        await().until(() -> TestRedis.server().execute("XLEN", key).equals(0L));
    }

    @Test
    void whatWasPutIsThereForThePollBehindIt() throws Exception {
        RedisSimpleQueue<Integer> queue = queue(0, Integer.MAX_VALUE);
        AtomicBoolean over = new AtomicBoolean();
        RedisSimpleQueue<Integer> other = TestRedis.pottery().queue(TestRedis.freshKey(), Integer.class);
        for (int i = 0; i < 25; i++) {
            Thread taker = new Thread(() -> {
                try {
                    queue.take();
                    over.set(true);
                } catch (InterruptedException e) {
                    // as it should be
                }
            });
            taker.start();
            await().until(() -> taker.getState() == Thread.State.WAITING);
            taker.interrupt();
            taker.join();
            assertThat(queue.poll(i % 4, TimeUnit.MILLISECONDS)).isNull();
            queue.put(i);
            assertThat(queue.poll()).isEqualTo(i);
            assertThat(other.poll()).isNull();
        }
        assertThat(over).isFalse();
    }

    @Test
    void interruptedPutsArePutOnceOrNotAtAll() throws Exception {
        Collection<Integer> put = new ConcurrentLinkedQueue<>();
        Collection<Integer> notPut = new ConcurrentLinkedQueue<>();
        AtomicInteger next = new AtomicInteger();
        List<Thread> putters = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            RedisSimpleQueue<Integer> queue = queue(i, 3);
            Thread putter = new Thread(() -> {
                for (int n = next.getAndIncrement(); n < 600; n = next.getAndIncrement()) {
                    try {
                        queue.put(n);
                        put.add(n);
                    } catch (InterruptedException e) {
                        notPut.add(n);
                    }
                }
            });
            putters.add(putter);
            putter.start();
        }
        RedisSimpleQueue<Integer> queue = queue(0, Integer.MAX_VALUE);
        List<Integer> taken = new ArrayList<>();
        while (putters.stream().anyMatch(Thread::isAlive)) {
            putters.get(ThreadLocalRandom.current().nextInt(4)).interrupt();
            Integer element = queue.poll(1, TimeUnit.MILLISECONDS);
            if (element != null) {
                taken.add(element);
            }
        }
        queue.drainTo(taken);
        assertThat(taken).containsExactlyInAnyOrderElementsOf(put).doesNotContainAnyElementsOf(notPut);
        assertThat(notPut).isNotEmpty();
        assertThat(put.size() + notPut.size()).isEqualTo(600);
    }

    private Queue<List<Integer>> exchange(int capacity) {
        Queue<List<Integer>> taken = new ConcurrentLinkedQueue<>();
        AtomicInteger left = new AtomicInteger(PRODUCERS * EACH);
        Threads.run(PRODUCERS + CONSUMERS, thread -> {
            RedisSimpleQueue<Integer> queue = queue(thread, capacity);
            if (thread < PRODUCERS) {
                for (int i = 0; i < EACH; i++) {
                    queue.put(thread * EACH + i);
                }
            } else {
                List<Integer> mine = new ArrayList<>();
                while (left.getAndDecrement() > 0) {
                    mine.add(queue.take());
                }
                taken.add(mine);
            }
        });
        return taken;
    }

    private RedisSimpleQueue<Integer> queue(int thread, int capacity) {
        PotteryFactory process = processes.get(thread % processes.size());
        return process.queue(
                key, process.json(Integer.class), QueueOptions.defaults().withCapacity(capacity));
    }

    private static List<Integer> all() {
        return IntStream.range(0, PRODUCERS * EACH).boxed().toList();
    }
}
