/**
 * Real Redis servers for tests: standalone, as a cluster, or watched by sentinels; on free ports of 127.0.0.1, gone
 * when closed and also when the JVM that started them is killed. And a bad network to put in front of them.
 *
 * <p>Every failure is an {@link java.lang.IllegalStateException} that says what to do. A thread that is interrupted
 * while it waits gets one too, and keeps its interrupt flag.
 */
@NullMarked
package io.pottery.testredis;

import org.jspecify.annotations.NullMarked;
