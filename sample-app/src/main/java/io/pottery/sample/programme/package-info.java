/** The acts of the evening. */
@NullMarked
package io.pottery.sample.programme;

import org.jspecify.annotations.NullMarked;
