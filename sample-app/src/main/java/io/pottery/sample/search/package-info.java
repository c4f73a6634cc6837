/** Search results, most of which are remembered. */
@NullMarked
package io.pottery.sample.search;

import org.jspecify.annotations.NullMarked;
