package io.pottery.collection;

import io.pottery.internal.redis.RedisKey;
import io.pottery.internal.redis.ScanPage;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Walks a Redis hash or set page by page, holding no connection in between. Each page is a round trip.
 *
 * <p>The server shows everything that is there throughout, but shows some of it again if its table shrinks meanwhile.
 * With its cursor counting from the highest bit down, those are elements of the pages just before, which are remembered
 * and dropped.
 */
final class ScanIterator<E extends @Nullable Object> implements Iterator<E> {

    private static final int PAGES_REMEMBERED = 4;

    private final RedisKey key;
    private final String command;
    private final int stride;
    private final Function<List<byte[]>, E> read;
    private final Consumer<byte[]> remove;
    private final Queue<List<byte[]>> page = new ArrayDeque<>();
    private final Set<ByteBuffer> seen = new HashSet<>();
    private final Deque<List<ByteBuffer>> pages = new ArrayDeque<>();
    private @Nullable ScanPage last;
    private @Nullable List<byte[]> returned;

    private ScanIterator(
            RedisKey key, String command, int stride, Function<List<byte[]>, E> read, Consumer<byte[]> remove) {
        this.key = key;
        this.command = command;
        this.stride = stride;
        this.read = read;
        this.remove = remove;
    }

    /** Walks the fields and values of a hash; {@code remove} is given the field. */
    static <E extends @Nullable Object> ScanIterator<E> ofHash(
            RedisKey key, BiFunction<byte[], byte[], E> read, Consumer<byte[]> remove) {
        return new ScanIterator<>(key, "HSCAN", 2, item -> read.apply(item.get(0), item.get(1)), remove);
    }

    /** Walks the elements of a set. */
    static <E extends @Nullable Object> ScanIterator<E> ofSet(
            RedisKey key, Function<byte[], E> read, Consumer<byte[]> remove) {
        return new ScanIterator<>(key, "SSCAN", 1, item -> read.apply(item.get(0)), remove);
    }

    @Override
    public boolean hasNext() {
        while (page.isEmpty() && (last == null || !last.isLast())) {
            fetchPage();
        }
        return !page.isEmpty();
    }

    @Override
    public E next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        List<byte[]> item = page.remove();
        returned = item;
        return read.apply(item);
    }

    @Override
    public void remove() {
        if (returned == null) {
            throw new IllegalStateException("next() was not called since the last remove()");
        }
        remove.accept(returned.get(0));
        returned = null;
    }

    private void fetchPage() {
        ScanPage fetched = key.scan(command, last == null ? ScanPage.START : last.cursor());
        boolean isOnlyPage = last == null && fetched.isLast();
        List<ByteBuffer> shown = new ArrayList<>();
        for (int i = 0; i < fetched.items().size(); i += stride) {
            List<byte[]> item = fetched.items().subList(i, i + stride);
            if (isOnlyPage || isNew(item.get(0), shown)) {
                page.add(item);
            }
        }
        pages.addLast(shown);
        if (pages.size() > PAGES_REMEMBERED) {
            pages.removeFirst().forEach(seen::remove);
        }
        last = fetched;
    }

    private boolean isNew(byte[] fieldOrElement, List<ByteBuffer> shown) {
        ByteBuffer key = ByteBuffer.wrap(fieldOrElement);
        return seen.add(key) && shown.add(key);
    }
}
