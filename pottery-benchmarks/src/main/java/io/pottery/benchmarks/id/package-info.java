/** Ids. */
@NullMarked
package io.pottery.benchmarks.id;

import org.jspecify.annotations.NullMarked;
