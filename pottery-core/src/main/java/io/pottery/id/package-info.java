/**
 * Ids that increase, whichever process asks for them, without a single point of failure. Begin with
 * {@link io.pottery.id.NextId}.
 */
@NullMarked
package io.pottery.id;

import org.jspecify.annotations.NullMarked;
