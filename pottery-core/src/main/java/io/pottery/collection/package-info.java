/**
 * Collections of {@code java.util} whose elements live in Redis.
 *
 * <p>They are safe for use by many threads and processes: each call is one atomic step on the server, unless it says
 * otherwise. Iterators are weakly consistent: they show everything that was there throughout, and may or may not show
 * what was added or removed meanwhile; they never throw {@link java.util.ConcurrentModificationException}. Null is no
 * element, but asking for it answers false, null or -1. Two values are the same if their JSON is the same to the byte,
 * so {@code 1} is not {@code 1.0}. What Redis refuses comes out as an {@link io.pottery.error.PotteryException}.
 */
@NullMarked
package io.pottery.collection;

import org.jspecify.annotations.NullMarked;
