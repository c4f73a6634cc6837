package io.pottery.testredis;

/** The process of one server, on this machine or in a container. It can be started again after its end. */
interface ServerProcess {

    /** Starts the process with the data that is there, without waiting for it to answer. */
    void launch();

    boolean isAlive();

    /** Whether it was this process that answered. */
    boolean recognises(ServerInfo info);

    /** The process id, once recognised. */
    long pid();

    /** Asks the process to end, without waiting for it. */
    void terminate();

    /** Ends the process if it is alive, and waits until it is gone. */
    void kill();

    void pause();

    void resume();

    /** Deletes the data of a process that has ended. */
    void wipe();

    /** Ends the process and deletes everything it had. */
    void delete();

    /** The last lines of its log, without passwords. */
    String lastWords();
}
