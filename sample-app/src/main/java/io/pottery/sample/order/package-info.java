/** Numbers of orders. */
@NullMarked
package io.pottery.sample.order;

import org.jspecify.annotations.NullMarked;
