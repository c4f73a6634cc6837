/** Many independent masters: ask all of them at once, count votes, wait for the outcome. Not API. */
@NullMarked
package io.pottery.internal.quorum;

import org.jspecify.annotations.NullMarked;
