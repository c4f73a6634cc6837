package io.pottery.testredis;

import java.util.List;
import java.util.Locale;

/** Thrown if a server process ends instead of becoming ready. */
final class ServerStartException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /** What servers, the shell and Docker say about a port, or an executable, that is in use at the moment. */
    private static final List<String> SAID_OF_PASSING_TROUBLE = List.of(
            "address already in use",
            "could not create server tcp listening socket",
            "failed listening on port",
            "port is already allocated",
            "text file busy");

    /** Whether another attempt makes sense. */
    enum Reason {
        PASSING,
        LASTING
    }

    private final Reason reason;

    private ServerStartException(String message, Reason reason) {
        super(message);
        this.reason = reason;
    }

    static ServerStartException of(String server, String lastWords) {
        String said = lastWords.toLowerCase(Locale.ROOT);
        Reason reason = SAID_OF_PASSING_TROUBLE.stream().anyMatch(said::contains) ? Reason.PASSING : Reason.LASTING;
        return new ServerStartException("%s did not start. It said:\n%s".formatted(server, lastWords), reason);
    }

    Reason reason() {
        return reason;
    }
}
