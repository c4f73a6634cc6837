/** One Redis: the handle of a key, Lua scripts, replies and failures. Not API. */
@NullMarked
package io.pottery.internal.redis;

import org.jspecify.annotations.NullMarked;
