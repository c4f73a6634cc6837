/** A hall whose seats are sold under a lock. */
@NullMarked
package io.pottery.sample.hall;

import org.jspecify.annotations.NullMarked;
