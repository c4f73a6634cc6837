/** The servers behind the box office: which they are, how they are, and what they are asked. */
@NullMarked
package io.pottery.sample.redis;

import org.jspecify.annotations.NullMarked;
