package io.pottery.linearizability;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * How an object behaves that one thread uses alone: a collection of {@code java.util} in its place.
 *
 * @param <M> the type of that, whose {@code equals} compares what is in it
 * @param initial makes an empty one
 * @param copy makes one of the same state
 * @param isPossible whether a state can have been on the way, as far as is known from what came of it
 */
public record Model<M>(Supplier<M> initial, UnaryOperator<M> copy, Predicate<M> isPossible) {

    private Model(Supplier<M> initial, UnaryOperator<M> copy) {
        this(initial, copy, state -> true);
    }

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

    /** Of a list that is added to at its end, where adding tells the index. */
    public static <E> Model<List<E>> ofList() {
        return new Model<>(ArrayList::new, ArrayList::new);
    }

    /** The same, of which is known what it has come to: there are fewer ways to try. */
    public Model<M> where(Predicate<M> known) {
        return new Model<>(initial, copy, known);
    }
}
