/** Bloom filters and HyperLogLogs. */
@NullMarked
package io.pottery.benchmarks.sketch;

import org.jspecify.annotations.NullMarked;
