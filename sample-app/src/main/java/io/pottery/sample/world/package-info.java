/** Where guests come from, as Java knows it. */
@NullMarked
package io.pottery.sample.world;

import org.jspecify.annotations.NullMarked;
