/** Results that are kept in Redis, so that what is costly to compute is computed once for all processes. */
@NullMarked
package io.pottery.cache;

import org.jspecify.annotations.NullMarked;
