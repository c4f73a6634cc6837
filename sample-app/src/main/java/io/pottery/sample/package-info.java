/** A phone book that lives in Redis: what an application looks like that uses Pottery. */
@NullMarked
package io.pottery.sample;

import org.jspecify.annotations.NullMarked;
