package io.pottery.sample.mail;

import org.jspecify.annotations.Nullable;

/**
 * What a postman is doing.
 *
 * @param process the id of its process
 * @param mail what it is writing; null if it writes nothing
 * @param delivery the how manyth time that mail is delivered; 0 if it writes nothing
 */
record Desk(long process, State state, @Nullable Mail mail, int delivery) {

    enum State {
        STARTING,
        WAITING,
        WRITING
    }

    static Desk of(long process, State state) {
        return new Desk(process, state, null, 0);
    }
}
