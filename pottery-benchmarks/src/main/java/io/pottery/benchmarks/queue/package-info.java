/** Queues: putting, taking, handing over. */
@NullMarked
package io.pottery.benchmarks.queue;

import org.jspecify.annotations.NullMarked;
