package io.pottery.queue;

import io.pottery.error.PotteryException;
import io.pottery.internal.redis.Chunks;
import io.pottery.internal.redis.Completion;
import io.pottery.internal.redis.Lua;
import io.pottery.internal.redis.MasterException;
import io.pottery.internal.redis.RedisKey;
import io.pottery.internal.redis.RedisMaster;
import io.pottery.internal.redis.Timer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.DataType;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * The stream of one queue. What changes who has an element is asked of the server without waiting, and never twice;
 * what looks at those that wait goes the way of every container. Each call is one script.
 */
final class StoredQueue {

    /** What becomes of an offer for which there is no room. */
    enum IfFull {
        ALL,
        SOME,
        WAIT;

        private final String text = name().toLowerCase(Locale.ROOT);
    }

    /** What becomes of an element that was handed out. */
    enum Fate {
        ACK(0),
        NACK(-2),
        UNSEEN(-2);

        /** What the server answers if it has been told before. */
        final long trace;

        private final String text = name().toLowerCase(Locale.ROOT);

        Fate(long trace) {
            this.trace = trace;
        }
    }

    /**
     * What was handed out.
     *
     * @param more whether there may be more, although fewer were handed out than asked for
     * @param expiry after which a consumer that has something is dead, if it is silent; empty if none has, or it was
     *     not looked for
     */
    record Taken(List<Handed> handed, boolean more, Optional<Duration> expiry) {}

    /** Elements that wait, and where the next ones begin; empty if there are none. */
    record Page(List<byte[]> ids, List<byte[]> items, byte[] next) {}

    static final String GROUP = "pottery";

    /** From which on one step hands out no more. */
    static final int MAX_BYTES = 512 << 10;

    private static final byte[] FIRST = {};
    private static final int RENEWED_AT_ONCE = 1_000;

    private static final String OPEN = "queue_open.lua";
    private static final RedisScript<List<Object>> OFFER = script("queue_offer.lua");
    private static final RedisScript<List<Object>> TAKE = script("queue_take.lua");
    private static final RedisScript<List<Object>> SETTLE = script("queue_settle.lua");
    private static final RedisScript<List<Object>> RENEW = script("queue_renew.lua");
    private static final RedisScript<List<Object>> ABANDON = script("queue_abandon.lua");
    private static final RedisScript<List<Object>> SIZE = script("queue_size.lua");
    private static final RedisScript<List<Object>> PAGE = script("queue_page.lua");
    private static final RedisScript<List<Object>> FIND = script("queue_find.lua");
    private static final RedisScript<List<Object>> REMOVE = script("queue_remove.lua");

    private static final RedisScript<List<Object>> CLEAR = script("queue_clear.lua");

    private final RedisKey key;
    private final RedisKey full;
    private final @Nullable RedisKey deadLetters;
    private final QueueOptions options;
    private final RedisMaster master;
    private final Timer timer;
    private final Duration patience;
    private final List<String> keys;

    /**
     * Sends nothing.
     *
     * @param deadLetters the queue that takes what was delivered too often, if there is one
     * @param patience how long to wait for a reply
     */
    StoredQueue(
            RedisKey key,
            @Nullable RedisKey deadLetters,
            QueueOptions options,
            RedisMaster master,
            Timer timer,
            Duration patience) {
        this.key = key;
        this.full = key.beside(DataType.STRING, "full");
        this.deadLetters = deadLetters;
        this.options = options;
        this.master = master;
        this.timer = timer;
        this.patience = patience;
        this.keys = Stream.concat(Stream.of(key), others().stream())
                .map(RedisKey::name)
                .toList();
    }

    RedisKey key() {
        return key;
    }

    /** The keys that go into a script behind the queue's own. */
    List<RedisKey> others() {
        return deadLetters == null ? List.of(full) : List.of(full, deadLetters);
    }

    /** Puts as many of {@code items} as there is room for; completes with how many. */
    CompletableFuture<Integer> offer(List<String> items, IfFull ifFull) {
        return ifOpen(life -> {
            List<String> args = new ArrayList<>();
            args.add(options.isBounded() ? String.valueOf(options.capacity()) : "");
            args.add(ifFull.text);
            args.add(life);
            args.addAll(items);
            return ask(OFFER, args).thenApply(reply -> ((Long) reply.get(0)).intValue());
        });
    }

    /**
     * Hands out up to {@code count} elements to {@code consumer}.
     *
     * @param waits whether the consumer waits if there are none
     * @param looks whether to look for what dead consumers have
     * @param returned whether it wants nothing but what was given back
     */
    CompletableFuture<Taken> take(String consumer, int count, boolean waits, boolean looks, boolean returned) {
        List<String> args = List.of(
                consumer,
                String.valueOf(count),
                waits ? "wait" : "",
                looks ? String.valueOf(Held.silence(options).toMillis()) : "",
                limit(),
                returned ? "returned" : "");
        return ifOpen(life ->
                        ask(TAKE, Stream.concat(args.stream(), Stream.of(life)).toList()))
                .thenApply(reply -> {
                    List<Handed> handed = new ArrayList<>();
                    for (int i = 2; i < reply.size(); i += 3) {
                        int deliveries = ((Long) reply.get(i + 1)).intValue();
                        handed.add(new Handed(consumer, (String) reply.get(i), deliveries, (String) reply.get(i + 2)));
                    }
                    long expiry = (Long) reply.get(1);
                    return new Taken(
                            handed,
                            (Long) reply.get(0) == 1,
                            expiry < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(expiry)));
                });
    }

    /**
     * Lets {@code fates} be those of {@code handed}; for each, 1 if that is done, 0 if it is gone, -2 if it was given
     * back, -1 if another one has it.
     */
    CompletableFuture<List<Object>> settle(List<Handed> handed, List<Fate> fates) {
        List<String> args = new ArrayList<>();
        args.add(limit());
        for (int i = 0; i < handed.size(); i++) {
            Handed each = handed.get(i);
            args.addAll(List.of(each.consumer, each.id, String.valueOf(each.deliveries), fates.get(i).text));
        }
        return ask(SETTLE, args);
    }

    /** Tells that {@code consumer} still has {@code ids}. */
    CompletableFuture<?> renew(String consumer, List<String> ids) {
        List<CompletableFuture<?>> renewed = new ArrayList<>();
        for (int i = 0; i < ids.size(); i += RENEWED_AT_ONCE) {
            List<String> some = ids.subList(i, Math.min(ids.size(), i + RENEWED_AT_ONCE));
            renewed.add(
                    ask(RENEW, Stream.concat(Stream.of(consumer), some.stream()).toList()));
        }
        return CompletableFuture.allOf(renewed.toArray(CompletableFuture<?>[]::new));
    }

    /** Gives back what {@code consumer} was handed, except {@code known}. */
    CompletableFuture<List<Object>> abandon(String consumer, List<String> known) {
        return ask(ABANDON, Stream.concat(Stream.of(consumer), known.stream()).toList());
    }

    /** Ends the wait of another client of this process on the server; false if that does not wait. */
    CompletableFuture<Boolean> unblock(long client) {
        return master.unblock(client);
    }

    long size() {
        return (Long) key.reply(SIZE, others()).get(0);
    }

    /** How many elements wait, for who looks at it from outside, and not for long. */
    CompletableFuture<Long> sizeWithin(Duration limit) {
        return ask(SIZE, List.of())
                .thenApply(reply -> (Long) reply.get(0))
                .orTimeout(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Up to {@code count} elements that wait, from the first. */
    Page page(int count) {
        return page(FIRST, count);
    }

    /**
     * Up to {@code count} elements that wait, from where a page said that the next ones begin; some if there are any.
     */
    Page page(byte[] next, int count) {
        Page page;
        do {
            page = pageAt(next, count);
            next = page.next();
        } while (page.items().isEmpty() && next.length > 0);
        return page;
    }

    private Page pageAt(byte[] next, int count) {
        List<Object> reply = key.reply(PAGE, others(), Lua.args(next, count));
        List<byte[]> ids = new ArrayList<>();
        List<byte[]> items = new ArrayList<>();
        for (int i = 1; i < reply.size(); i += 2) {
            ids.add((byte[]) reply.get(i));
            items.add((byte[]) reply.get(i + 1));
        }
        return new Page(ids, items, (byte[]) reply.get(0));
    }

    /** All elements that wait, at one moment. */
    List<byte[]> snapshot() {
        List<byte[]> items = page(Chunks.MAX_WHOLE_ELEMENTS + 1).items();
        key.requireFewEnough(items.size());
        return items;
    }

    boolean contains(byte[] item) {
        return (Long) key.reply(FIND, others(), Lua.args(item, "")).get(0) == 1;
    }

    boolean removeFirst(byte[] item) {
        return (Long) key.reply(FIND, others(), Lua.args(item, "remove")).get(0) == 1;
    }

    /** Removes those of {@code ids} that wait; returns how many did. */
    long remove(List<byte[]> ids) {
        return ids.isEmpty()
                ? 0
                : (Long) key.reply(REMOVE, others(), ids.toArray(byte[][]::new)).get(0);
    }

    void clear() {
        key.reply(CLEAR, others());
    }

    private String limit() {
        return deadLetters == null ? "" : String.valueOf(options.maxDeliveries());
    }

    /** Does {@code call} with the milliseconds that the key may live, unless it was temporary and has been closed. */
    private <T> CompletableFuture<T> ifOpen(Function<String, CompletableFuture<T>> call) {
        try {
            return call.apply(key.temporaryLife()
                    .map(life -> String.valueOf(life.toMillis()))
                    .orElse(""));
        } catch (PotteryException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletableFuture<List<Object>> ask(RedisScript<List<Object>> script, List<String> args) {
        CompletableFuture<List<Object>> reply = new CompletableFuture<>();
        try {
            send(reply, script, args);
        } catch (RuntimeException | OutOfMemoryError e) { // no thread is left, say
            reply.completeExceptionally(e);
        }
        return reply;
    }

    private void send(CompletableFuture<List<Object>> reply, RedisScript<List<Object>> script, List<String> args) {
        Timer.Task alarm = timer.after(
                patience,
                () -> reply.completeExceptionally(MasterException.unknown("no answer within " + patience, null)));
        reply.whenComplete((done, failure) -> alarm.cancel());
        master.connected()
                .thenCompose(open -> reply.isDone() ? reply : master.run(script, keys, args))
                .whenComplete((answer, failure) -> {
                    if (answer != null) {
                        reply.complete(answer);
                    } else {
                        reply.completeExceptionally(Completion.causeOf(failure));
                    }
                });
    }

    static String text(byte[] item) {
        return new String(item, StandardCharsets.UTF_8);
    }

    /** The item as it is stored. */
    static byte[] bytes(String item) {
        return item.getBytes(StandardCharsets.UTF_8);
    }

    private static RedisScript<List<Object>> script(String file) {
        return Lua.listScript(StoredQueue.class, OPEN, file);
    }
}
