/**
 * Queues that outlive their processes: begin with {@link io.pottery.queue.RedisSimpleQueue}.
 *
 * <p>An element that was put is handed out to one consumer, and removed when that has confirmed it. One that is not
 * confirmed comes back when its consumer is dead, or cut off from Redis, and has been for the visibility timeout.
 */
@NullMarked
package io.pottery.queue;

import org.jspecify.annotations.NullMarked;
