/** How long things take. */
@NullMarked
package io.pottery.time;

import org.jspecify.annotations.NullMarked;
