package io.pottery.sample;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** Checks what people send; what is wrong becomes a 400 with a sentence. */
final class Input {

    private static final int MAX_NAME = 100;
    private static final int MAX_NUMBER = 40;

    private Input() {}

    /** Returns {@code name} if it can be one in the phone book, and a part of a path. {@code what} says which it is. */
    static String name(String what, @Nullable String name) {
        return segment(what, text(what, name, MAX_NAME));
    }

    /** Returns {@code number} if it can be one in the phone book. {@code what} says which it is. */
    static String number(String what, @Nullable String number) {
        return text(what, number, MAX_NUMBER);
    }

    /** Refuses what people sent, for the reason that {@code sentence} tells. */
    static ResponseStatusException wrong(String sentence) {
        return new ResponseStatusException(HttpStatus.BAD_REQUEST, sentence);
    }

    /** Returns {@code text} if it has 1 to {@code limit} printable characters. */
    private static String text(String what, @Nullable String text, int limit) {
        if (text == null || text.isEmpty()) {
            throw wrong("The %s must not be empty.".formatted(what));
        }
        if (text.codePointCount(0, text.length()) > limit) {
            throw wrong("The %s must not be longer than %d characters.".formatted(what, limit));
        }
        if (!text.codePoints().allMatch(Input::isPrintable)) {
            throw wrong("The %s must not have control characters.".formatted(what));
        }
        if (text.isBlank()) {
            throw wrong("The %s must not be blank.".formatted(what));
        }
        return text;
    }

    /** Returns {@code text} if it can be a part of a path: browsers take one or two dots for a directory. */
    private static String segment(String what, String text) {
        if (text.equals(".") || text.equals("..")) {
            throw wrong("The %s must not be '%s'.".formatted(what, text));
        }
        return text;
    }

    private static boolean isPrintable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                false;
            default -> true;
        };
    }
}
