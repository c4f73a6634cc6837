/** Who came, and how many. */
@NullMarked
package io.pottery.sample.visitor;

import org.jspecify.annotations.NullMarked;
