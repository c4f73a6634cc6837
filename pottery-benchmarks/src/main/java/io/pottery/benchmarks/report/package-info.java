/** Tables and pictures of what was measured. */
@NullMarked
package io.pottery.benchmarks.report;

import org.jspecify.annotations.NullMarked;
