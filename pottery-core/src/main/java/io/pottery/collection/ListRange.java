package io.pottery.collection;

import static java.util.Objects.requireNonNull;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The live view of a part of a {@link RedisList}. Its bounds are indexes, which its own insertions and removals adjust;
 * as in any {@link List#subList}, those of others do not.
 */
final class ListRange<E> extends AbstractList<E> {

    private final RedisList<E> list;
    private final @Nullable ListRange<E> parent;
    private final int from;
    private int size;

    ListRange(RedisList<E> list, @Nullable ListRange<E> parent, int from, int size) {
        this.list = list;
        this.parent = parent;
        this.from = from;
        this.size = size;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public E get(int index) {
        return list.get(from + list.checkIndex(index, size));
    }

    @Override
    public E set(int index, E element) {
        return list.set(from + list.checkIndex(index, size), element);
    }

    @Override
    public void add(int index, E element) {
        list.add(from + checkPosition(index), element);
        resized(1);
    }

    @Override
    public boolean addAll(Collection<? extends E> added) {
        return addAll(size, added);
    }

    @Override
    public boolean addAll(int index, Collection<? extends E> added) {
        int inserted = list.insertAll(from + checkPosition(index), added);
        resized(inserted);
        return inserted > 0;
    }

    @Override
    public E remove(int index) {
        E removed = list.remove(from + list.checkIndex(index, size));
        resized(-1);
        return removed;
    }

    @Override
    public boolean remove(@Nullable Object candidate) {
        byte[] element = list.elements().tryEncode(candidate);
        return element != null && rewrite("subList().remove", elements -> withoutFirst(elements, element));
    }

    @Override
    protected void removeRange(int first, int last) {
        list.removeRange(from + first, from + last);
        resized(first - last);
    }

    @Override
    public void clear() {
        removeRange(0, size);
    }

    @Override
    public boolean contains(@Nullable Object candidate) {
        return indexOf(candidate) >= 0;
    }

    @Override
    public int indexOf(@Nullable Object candidate) {
        return indexesOf("subList().indexOf", candidate).findFirst().orElse(-1);
    }

    @Override
    public int lastIndexOf(@Nullable Object candidate) {
        return indexesOf("subList().lastIndexOf", candidate)
                .reduce((first, second) -> second)
                .orElse(-1);
    }

    @Override
    public boolean containsAll(Collection<?> candidates) {
        return list.containsAll("subList().containsAll", Slice.of(from, from + size), candidates);
    }

    private IntStream indexesOf(String call, @Nullable Object candidate) {
        return list.positions(call, candidate, 0)
                .filter(index -> index >= from && index < from + size)
                .map(index -> index - from);
    }

    @Override
    public boolean removeAll(Collection<?> removed) {
        return filter("subList().removeAll", false, removed);
    }

    @Override
    public boolean retainAll(Collection<?> retained) {
        return filter("subList().retainAll", true, retained);
    }

    private boolean filter(String call, boolean retain, Collection<?> named) {
        Predicate<byte[]> isNamed = list.isAmong(list.tryEncodeAll(named));
        return rewrite(
                call,
                elements -> elements.stream()
                        .filter(element -> isNamed.test(element) == retain)
                        .toList());
    }

    @Override
    public boolean removeIf(Predicate<? super E> filter) {
        requireNonNull(filter);
        return rewrite("subList().removeIf", list.without(filter));
    }

    @Override
    public void replaceAll(UnaryOperator<E> operator) {
        requireNonNull(operator);
        rewrite("subList().replaceAll", list.replaced(operator));
    }

    @Override
    public void sort(@Nullable Comparator<? super E> order) {
        rewrite("subList().sort", list.sorted(order));
    }

    private boolean rewrite(String call, UnaryOperator<List<byte[]>> rewriter) {
        list.inefficient(call);
        StoredList.Rewritten rewritten = list.stored().rewrite(Slice.of(from, from + size), rewriter);
        resized(rewritten.after() - rewritten.before());
        return rewritten.after() < rewritten.before();
    }

    @Override
    public Object[] toArray() {
        return list.slice(Slice.of(from, from + size)).toArray();
    }

    @Override
    public <T> T[] toArray(T[] array) {
        return list.slice(Slice.of(from, from + size)).toArray(array);
    }

    @Override
    public Iterator<E> iterator() {
        return listIterator();
    }

    @Override
    public ListIterator<E> listIterator(int index) {
        return list.listIterator(from, () -> size, this::resized, checkPosition(index));
    }

    /** Without a size, which others may change before the elements are read. */
    @Override
    public Spliterator<E> spliterator() {
        return Spliterators.spliteratorUnknownSize(iterator(), Spliterator.ORDERED | Spliterator.CONCURRENT);
    }

    @Override
    public List<E> subList(int first, int last) {
        list.checkRange(first, last, size);
        return new ListRange<>(list, this, from + first, last - first);
    }

    private static List<byte[]> withoutFirst(List<byte[]> elements, byte[] element) {
        for (int i = 0; i < elements.size(); i++) {
            if (Arrays.equals(elements.get(i), element)) {
                List<byte[]> others = new ArrayList<>(elements);
                others.remove(i);
                return others;
            }
        }
        return elements;
    }

    /** Checks an index before which elements may be inserted: that of one, or the size. */
    private int checkPosition(int index) {
        return index == size ? index : list.checkIndex(index, size);
    }

    private void resized(int by) {
        size += by;
        if (parent != null) {
            parent.resized(by);
        }
    }
}
