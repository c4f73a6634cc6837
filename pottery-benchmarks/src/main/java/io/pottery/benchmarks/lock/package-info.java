/** Locks: taken, waited for, handed over, on one master and on five. */
@NullMarked
package io.pottery.benchmarks.lock;

import org.jspecify.annotations.NullMarked;
