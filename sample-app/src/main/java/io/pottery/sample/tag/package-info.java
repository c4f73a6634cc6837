/** What countries have in common. */
@NullMarked
package io.pottery.sample.tag;

import org.jspecify.annotations.NullMarked;
