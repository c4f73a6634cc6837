package io.pottery.codec;

import io.pottery.error.UndecodableValueException;
import io.pottery.error.UnencodableValueException;
import org.jspecify.annotations.Nullable;

/** Words every failure the same way, so that none of them tells what the values were. */
final class Failures {

    private Failures() {}

    static UnencodableValueException cannotWrite(Object path, String type, String reason) {
        return cannotWrite(path, type, reason, null);
    }

    static UnencodableValueException cannotWrite(Object path, String type, String reason, @Nullable Throwable cause) {
        return new UnencodableValueException("Cannot write %s (%s) as JSON: %s".formatted(path, type, reason), cause);
    }

    static UnencodableValueException tooLong(Object path, String type, String what, long found, int limit) {
        return cannotWrite(path, type, "%s, found %d; store it in parts".formatted(what.formatted(limit), found));
    }

    static UnencodableValueException tooLongString(Object path, int found) {
        return tooLong(path, String.class.getName(), "a string may have %d characters", found, Limits.STRING);
    }

    static UnencodableValueException tooLongDocument(Object path, String type, long found) {
        return tooLong(path, type, "the whole text may have %d bytes", found, Limits.DOCUMENT);
    }

    static UnencodableValueException notFinite(Object path, String type) {
        return cannotWrite(path, type, "JSON has no NaN and no infinities; use null or a text instead");
    }

    static UndecodableValueException unexpected(String type, Object path, JsonKind found) {
        String what = switch (found) {
            case END -> "none";
            case OTHER -> "what is not JSON, so Pottery did not write it";
            default -> found + " that cannot be one; open it with the type it was written with";
        };
        return new UndecodableValueException("Expected %s at %s, found %s".formatted(type, path, what), null);
    }

    static UndecodableValueException noWayBack(String type, Object path, String advice) {
        return new UndecodableValueException(
                "Expected %s, but at %s is a class that cannot be made from JSON; %s".formatted(type, path, advice),
                null);
    }

    static UndecodableValueException refused(String type, Object path, Throwable cause) {
        return new UndecodableValueException(
                "Expected %s, but at %s the class itself refused what is stored with %s; the cause says why"
                        .formatted(type, path, cause.getClass().getName()),
                cause);
    }

    static UndecodableValueException notJson(String type, String reason) {
        return new UndecodableValueException("Expected %s, but %s".formatted(type, reason), null);
    }
}
