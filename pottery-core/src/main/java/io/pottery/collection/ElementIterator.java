package io.pottery.collection;

import io.pottery.internal.redis.KeyCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.ListIterator;
import java.util.NoSuchElementException;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Walks a Redis list by index, page by page, holding no connection in between. Each page is a round trip.
 *
 * <p>If others insert or remove elements before the cursor, elements are skipped or shown again. What is removed or set
 * is always the element that was shown. If it has moved, it is looked for; in a part of a list it is left alone, as it
 * may lie outside now.
 */
final class ElementIterator<E> implements ListIterator<E> {

    private static final int PAGE_SIZE = 1_000;

    private final StoredList stored;
    private final KeyCodec<E> elements;
    private final int offset;
    private final IntSupplier limit;
    private final IntConsumer resized;
    private int cursor;
    private List<byte[]> page = new ArrayList<>();
    private int pageStart; // the cursor is never before its page, nor behind the end of that
    private boolean atEnd; // whether nothing was behind the page when it was read
    private int returnedIndex;
    private byte @Nullable [] returned;

    /**
     * Walks the elements from {@code offset} on.
     *
     * @param limit how many elements there are to walk at the most
     * @param resized is told by how much an insertion or removal has changed that
     * @param cursor the index of the element that comes first
     */
    ElementIterator(
            StoredList stored, KeyCodec<E> elements, int offset, IntSupplier limit, IntConsumer resized, int cursor) {
        this.stored = stored;
        this.elements = elements;
        this.offset = offset;
        this.limit = limit;
        this.resized = resized;
        this.cursor = cursor;
        this.pageStart = cursor;
    }

    @Override
    public boolean hasNext() {
        if (cursor >= limit.getAsInt()) {
            return false;
        }
        if (!isOnPage(cursor) && !atEnd) {
            int size = Math.min(limit.getAsInt() - cursor, PAGE_SIZE);
            fetch(cursor, size);
            atEnd = page.size() < size;
        }
        return isOnPage(cursor);
    }

    @Override
    public E next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return show(cursor++);
    }

    @Override
    public boolean hasPrevious() {
        while (cursor > 0 && !isOnPage(cursor - 1)) {
            int size = Math.min(cursor, PAGE_SIZE);
            fetch(cursor - size, size);
            atEnd = false;
            cursor = pageStart + page.size(); // less than before if the list has become shorter
        }
        return cursor > 0;
    }

    @Override
    public E previous() {
        if (!hasPrevious()) {
            throw new NoSuchElementException();
        }
        return show(--cursor);
    }

    @Override
    public int nextIndex() {
        return cursor;
    }

    @Override
    public int previousIndex() {
        return cursor - 1;
    }

    @Override
    public void remove() {
        byte[] removed = shown();
        if (stored.remove(offset + returnedIndex, removed, moved())) {
            resized.accept(-1);
        }
        if (isOnPage(returnedIndex)) {
            page.remove(returnedIndex - pageStart);
        } else if (returnedIndex < pageStart) {
            pageStart--;
        }
        if (returnedIndex < cursor) {
            cursor--;
        }
        returned = null;
    }

    @Override
    public void set(E element) {
        byte[] replaced = shown();
        byte[] replacement = elements.encode(element);
        if (!stored.set(offset + returnedIndex, replacement, replaced, moved())) {
            throw new IllegalStateException(
                    "The element of %s that was shown last has been removed or changed by others, so nothing was set"
                            .formatted(stored.key()));
        }
        if (isOnPage(returnedIndex)) {
            page.set(returnedIndex - pageStart, replacement);
        }
        returned = replacement;
    }

    @Override
    public void add(E element) {
        byte[] added = elements.encode(element);
        long index = (long) offset + cursor;
        for (long length = stored.insert(index, added); length < index; length = stored.insert(index, added)) {
            index = length; // others have made the list shorter
            cursor = (int) Math.max(index - offset, 0);
            page.clear();
            pageStart = cursor;
            atEnd = true;
        }
        resized.accept(1);
        page.add(cursor - pageStart, added);
        cursor++;
        returned = null;
    }

    @SuppressWarnings("NullAway") // a null that others wrote is shown
    private E show(int index) {
        returnedIndex = index;
        returned = page.get(index - pageStart);
        return elements.decode(returned);
    }

    private byte[] shown() {
        if (returned == null) {
            throw new IllegalStateException("next() or previous() must be called before, once for each call");
        }
        return returned;
    }

    private StoredList.Moved moved() {
        return limit.getAsInt() == Integer.MAX_VALUE ? StoredList.Moved.FOLLOW : StoredList.Moved.LEAVE;
    }

    private boolean isOnPage(int index) {
        return index >= pageStart && index < pageStart + page.size();
    }

    private void fetch(int from, int size) {
        page = new ArrayList<>(stored.range(offset + from, offset + from + size - 1L));
        pageStart = from;
    }
}
