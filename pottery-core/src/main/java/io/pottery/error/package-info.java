/** What can go wrong in more than one part of Pottery. */
@NullMarked
package io.pottery.error;

import org.jspecify.annotations.NullMarked;
