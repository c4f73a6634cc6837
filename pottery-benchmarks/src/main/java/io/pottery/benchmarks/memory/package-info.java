/** What is stored in Redis. */
@NullMarked
package io.pottery.benchmarks.memory;

import org.jspecify.annotations.NullMarked;
