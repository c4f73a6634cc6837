/** What every container has in common: its key in Redis, and who is told when a call costs more than it looks. */
@NullMarked
package io.pottery.key;

import org.jspecify.annotations.NullMarked;
