/** Pottery measured against its peers, on real Redis servers. */
@NullMarked
package io.pottery.benchmarks;

import org.jspecify.annotations.NullMarked;
