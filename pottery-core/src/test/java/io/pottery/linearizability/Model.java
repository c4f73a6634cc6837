package io.pottery.linearizability;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedList;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * How an object behaves that one thread uses alone: a collection of {@code java.util} in its place.
 *
 * @param <M> the type of that, whose {@code equals} compares what is in it
 * @param initial makes an empty one
 * @param copy makes one of the same state
 */
public record Model<M>(Supplier<M> initial, UnaryOperator<M> copy) {

    public static <K, V> Model<Map<K, V>> ofMap() {
        return new Model<>(HashMap::new, HashMap::new);
    }

    public static <E> Model<Set<E>> ofSet() {
        return new Model<>(HashSet::new, HashSet::new);
    }

    /** Of a queue with two ends; a {@link LinkedList}, because an {@link ArrayDeque} equals only itself. */
    public static <E> Model<Deque<E>> ofDeque() {
        return new Model<>(LinkedList::new, LinkedList::new);
    }
}
