/** A slow report that is remembered. */
@NullMarked
package io.pottery.sample.report;

import org.jspecify.annotations.NullMarked;
