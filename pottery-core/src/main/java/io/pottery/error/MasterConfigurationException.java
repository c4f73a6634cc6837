package io.pottery.error;

/** Masters that are set up so that a majority of them would mean nothing: two of them are one server, say. */
public final class MasterConfigurationException extends PotteryException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public MasterConfigurationException(String message) {
        super(message);
    }
}
