package io.pottery.collection;

import static java.util.Objects.requireNonNull;

import java.util.AbstractCollection;
import java.util.AbstractSet;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map.Entry;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A live view of a {@link CachedOrderedDict}. What removes many elements is one step, not one for each. */
final class CachedView<K, V, T> extends AbstractCollection<T> {

    private final CachedOrderedDict<K, V> dict;
    private final Function<Entry<K, V>, T> element;

    /** {@code element} is what is shown of an entry. */
    CachedView(CachedOrderedDict<K, V> dict, Function<Entry<K, V>, T> element) {
        this.dict = dict;
        this.element = element;
    }

    /** The same view where no element comes twice. */
    Set<T> asSet(Predicate<@Nullable Object> contains) {
        return new AsSet(contains);
    }

    @Override
    public int size() {
        return dict.size();
    }

    @Override
    public Iterator<T> iterator() {
        Iterator<Entry<K, V>> entries = dict.iterator();
        return new Iterator<>() {

            private @Nullable Entry<K, V> returned;

            @Override
            public boolean hasNext() {
                return entries.hasNext();
            }

            @Override
            public T next() {
                returned = entries.next();
                return element.apply(returned);
            }

            @Override
            public void remove() {
                if (returned == null) {
                    throw new IllegalStateException("next() was not called since the last remove()");
                }
                dict.remove(returned.getKey());
                returned = null;
            }
        };
    }

    @Override
    public boolean removeIf(Predicate<? super T> filter) {
        requireNonNull(filter);
        return dict.removeIf(entry -> filter.test(element.apply(entry)));
    }

    @Override
    public boolean removeAll(Collection<?> doomed) {
        requireNonNull(doomed);
        return removeIf(doomed::contains);
    }

    @Override
    public boolean retainAll(Collection<?> stay) {
        requireNonNull(stay);
        return removeIf(each -> !stay.contains(each));
    }

    @Override
    public void clear() {
        dict.clear();
    }

    private final class AsSet extends AbstractSet<T> {

        private final Predicate<@Nullable Object> contains;

        AsSet(Predicate<@Nullable Object> contains) {
            this.contains = contains;
        }

        @Override
        public int size() {
            return CachedView.this.size();
        }

        @Override
        public boolean contains(@Nullable Object candidate) {
            return contains.test(candidate);
        }

        @Override
        public Iterator<T> iterator() {
            return CachedView.this.iterator();
        }

        @Override
        public boolean removeIf(Predicate<? super T> filter) {
            return CachedView.this.removeIf(filter);
        }

        @Override
        public boolean removeAll(Collection<?> doomed) {
            return CachedView.this.removeAll(doomed);
        }

        @Override
        public boolean retainAll(Collection<?> stay) {
            return CachedView.this.retainAll(stay);
        }

        @Override
        public void clear() {
            CachedView.this.clear();
        }
    }
}
