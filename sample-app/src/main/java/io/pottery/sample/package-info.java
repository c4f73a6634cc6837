/**
 * A box office on Redis: what an application looks like that uses Pottery. Nearly each package is a panel of the page.
 */
@NullMarked
package io.pottery.sample;

import org.jspecify.annotations.NullMarked;
