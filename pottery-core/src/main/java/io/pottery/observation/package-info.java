/**
 * What observations of Pottery are about, for filters, handlers and conventions of Micrometer's. See
 * {@link io.pottery.observation.LockObservationContext} and {@link io.pottery.observation.MasterObservationContext}.
 */
@NullMarked
package io.pottery.observation;

import org.jspecify.annotations.NullMarked;
