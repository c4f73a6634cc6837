/** The beans that a Spring Boot application gets from {@code pottery.*} properties. */
@NullMarked
package io.pottery.autoconfigure;

import org.jspecify.annotations.NullMarked;
