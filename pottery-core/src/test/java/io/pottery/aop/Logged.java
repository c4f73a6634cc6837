package io.pottery.aop;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;

/** What calls of synchronized methods log. */
final class Logged {

    private Logged() {}

    /** The events that {@code work} has logged from {@code level} on. */
    static List<ILoggingEvent> by(Level level, Callable<?> work) {
        ListAppender<ILoggingEvent> events = new ListAppender<>();
        try {
            to(events, level, work);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        return events.list;
    }

    /** Does {@code work} while it logs to {@code appender}. */
    static void to(Appender<ILoggingEvent> appender, Level level, Callable<?> work) throws Exception {
        Logger logger = (Logger) LoggerFactory.getLogger(SynchronizedCall.class);
        Level before = logger.getLevel();
        appender.start();
        logger.setLevel(level);
        logger.addAppender(appender);
        try {
            work.call();
        } finally {
            logger.detachAppender(appender);
            logger.setLevel(before);
        }
    }
}
