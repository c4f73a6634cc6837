/**
 * Locks that a majority of independent Redis masters, or one Redis, grants for a while: begin with
 * {@link io.pottery.lock.Redlock}.
 *
 * <p>What is promised is at most one <em>valid lease</em> for a name at any time, and fencing tokens by which a
 * resource turns away whoever comes late; never mutual exclusion of code, which no lease can give. docs/guarantees.md
 * says when that holds.
 */
@NullMarked
package io.pottery.lock;

import org.jspecify.annotations.NullMarked;
