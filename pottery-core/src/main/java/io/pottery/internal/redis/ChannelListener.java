package io.pottery.internal.redis;

/** Who listens to one channel. It is told on the thread that reads replies, and so must neither wait nor fail. */
@FunctionalInterface
public interface ChannelListener {

    /** Somebody has published {@code message}. */
    void message(String message);

    /** From now on, no message is missed; before, some may have been. */
    default void listening() {}

    /** From now on, messages are missed. */
    default void lost() {}
}
