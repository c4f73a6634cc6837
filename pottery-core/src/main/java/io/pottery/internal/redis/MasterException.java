package io.pottery.internal.redis;

import io.pottery.error.PotteryException;
import org.jspecify.annotations.Nullable;

/** Why one master did not answer. Users see it as a reason among others, never alone. */
public final class MasterException extends PotteryException {

    private static final long serialVersionUID = 1L;

    private final boolean sent;

    private MasterException(String message, boolean sent, @Nullable Throwable cause) {
        super(message, cause);
        this.sent = sent;
    }

    /** What was asked never left this process. */
    public static MasterException notSent(String message, @Nullable Throwable cause) {
        return new MasterException(message, false, cause);
    }

    /** What was asked may or may not have been done. */
    public static MasterException unknown(String message, @Nullable Throwable cause) {
        return new MasterException(message, true, cause);
    }

    /** It owes an answer for so long that none is waited for; {@code sent} says whether it was asked all the same. */
    public static MasterException stalled(boolean sent) {
        return new MasterException("it has not answered for some time", sent, null);
    }

    /** Whether the master may have done what it was asked, or may still do it. */
    public boolean sent() {
        return sent;
    }
}
