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
import org.jspecify.annotations.Nullable;

/**
 * Walks a Redis hash page by page, holding no connection in between. Each page is a round trip.
 *
 * <p>The server shows everything that is there throughout, but shows some of it again if its table shrinks meanwhile.
 * With its cursor counting from the highest bit down, those are elements of the pages just before, which are remembered
 * and dropped.
 */
final class ScanIterator<E extends @Nullable Object> implements Iterator<E> {

    private static final int PAGES_REMEMBERED = 4;

    private record Item(byte[] field, byte[] value) {}

    private final RedisKey key;
    private final BiFunction<byte[], byte[], E> read;
    private final Consumer<byte[]> remove;
    private final Queue<Item> page = new ArrayDeque<>();
    private final Set<ByteBuffer> seen = new HashSet<>();
    private final Deque<List<ByteBuffer>> pages = new ArrayDeque<>();
    private @Nullable ScanPage last;
    private @Nullable Item returned;

    ScanIterator(RedisKey key, BiFunction<byte[], byte[], E> read, Consumer<byte[]> remove) {
        this.key = key;
        this.read = read;
        this.remove = remove;
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
        Item item = page.remove();
        returned = item;
        return read.apply(item.field(), item.value());
    }

    @Override
    public void remove() {
        if (returned == null) {
            throw new IllegalStateException("next() was not called since the last remove()");
        }
        remove.accept(returned.field());
        returned = null;
    }

    private void fetchPage() {
        ScanPage fetched = key.scan("HSCAN", last == null ? ScanPage.START : last.cursor());
        boolean isOnlyPage = last == null && fetched.isLast();
        List<ByteBuffer> fields = new ArrayList<>();
        for (int i = 0; i < fetched.items().size(); i += 2) {
            byte[] field = fetched.items().get(i);
            if (isOnlyPage || isNew(field, fields)) {
                page.add(new Item(field, fetched.items().get(i + 1)));
            }
        }
        pages.addLast(fields);
        if (pages.size() > PAGES_REMEMBERED) {
            pages.removeFirst().forEach(seen::remove);
        }
        last = fetched;
    }

    private boolean isNew(byte[] field, List<ByteBuffer> fields) {
        ByteBuffer key = ByteBuffer.wrap(field);
        return seen.add(key) && fields.add(key);
    }
}
