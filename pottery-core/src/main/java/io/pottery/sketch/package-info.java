/**
 * Sketches: a few bytes that tell whether something was seen before, or how many different things were.
 *
 * <p>Elements are told apart by their JSON, so {@code 1} is not {@code 1.0}, and are not kept: nothing can be read
 * back, and nothing but everything can be removed. Sketches are safe for use by many threads and processes: each call
 * is one atomic step on the server and one round trip, unless it says otherwise. Null is no element, but asking for it
 * answers false.
 */
@NullMarked
package io.pottery.sketch;

import org.jspecify.annotations.NullMarked;
