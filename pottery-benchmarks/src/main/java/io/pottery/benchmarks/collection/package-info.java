/** Dicts, sets, lists, deques and counters. */
@NullMarked
package io.pottery.benchmarks.collection;

import org.jspecify.annotations.NullMarked;
