/**
 * Results that were computed once, in Redis for everybody: caches, cached functions and the annotations for methods.
 */
@NullMarked
package io.pottery.cache;

import org.jspecify.annotations.NullMarked;
