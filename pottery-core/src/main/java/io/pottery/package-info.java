/** Pottery: Redis for humans who write Spring Boot applications. Begin with {@link io.pottery.PotteryFactory}. */
@NullMarked
package io.pottery;

import org.jspecify.annotations.NullMarked;
