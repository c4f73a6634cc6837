package io.pottery.sample.mail;

import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/**
 * What a postman is doing.
 *
 * @param machine where its process is
 * @param process the id of its process
 * @param mail what it is writing; null if it writes nothing
 * @param delivery the how manyth time that mail is delivered; 0 if it writes nothing
 */
record Desk(
        String machine, long process, State state, @Nullable Mail mail, int delivery) {

    enum State {
        STARTING,
        WAITING,
        WRITING
    }

    /** What this machine is called, of which a container is one, too. */
    static final String MACHINE = ManagementFactory.getRuntimeMXBean().getName().replaceFirst("^\\d+@", "");

    static Desk of(long process, State state) {
        return new Desk(MACHINE, process, state, null, 0);
    }
}
