/** The health of masters, for Spring Boot 4 alone: 3.5 has these types in other packages. */
@NullMarked
package io.pottery.autoconfigure.health;

import org.jspecify.annotations.NullMarked;
