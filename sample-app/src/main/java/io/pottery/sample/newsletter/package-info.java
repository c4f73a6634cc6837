/** Who is subscribed already. */
@NullMarked
package io.pottery.sample.newsletter;

import org.jspecify.annotations.NullMarked;
