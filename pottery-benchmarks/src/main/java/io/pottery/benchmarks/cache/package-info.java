/** Results that are remembered. */
@NullMarked
package io.pottery.benchmarks.cache;

import org.jspecify.annotations.NullMarked;
