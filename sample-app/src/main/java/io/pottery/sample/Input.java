package io.pottery.sample;

import java.text.NumberFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** Checks what people send; what is wrong becomes a 400 with a sentence. */
public final class Input {

    private static final int LONGEST_ADDRESS = 254;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    private Input() {}

    /** Returns {@code text}, without spaces around it, if it has 1 to {@code limit} printable characters. */
    public static String text(String what, @Nullable String text, int limit) {
        String stripped = text == null ? "" : text.strip();
        if (stripped.isEmpty()) {
            throw wrong("The %s must not be empty.".formatted(what));
        }
        if (stripped.codePointCount(0, stripped.length()) > limit) {
            throw wrong("The %s must not be longer than %s characters.".formatted(what, grouped(limit)));
        }
        if (!stripped.codePoints().allMatch(Input::isPrintable)) {
            throw wrong("The %s must not have control characters.".formatted(what));
        }
        return stripped;
    }

    /** Returns {@code number} if it is from 1 to {@code most}. {@code what} says of what it is the number. */
    public static int number(String what, @Nullable Integer number, int most) {
        if (number == null || number < 1 || number > most) {
            throw wrong("The number of %s must be from 1 to %s.".formatted(what, grouped(most)));
        }
        return number;
    }

    /** Returns {@code address} in small letters, if it looks like one of e-mail. */
    public static String address(@Nullable String address) {
        String text = text("e-mail address", address, LONGEST_ADDRESS);
        int at = text.indexOf('@');
        boolean oneAtWithin = at > 0 && at == text.lastIndexOf('@') && at < text.length() - 1;
        if (!oneAtWithin || text.codePoints().anyMatch(Input::isSpace)) {
            throw wrong("An e-mail address has one @, something before and after it, and no spaces.");
        }
        return text.toLowerCase(Locale.ROOT);
    }

    /** As in 1,000, whatever the language of the machine. */
    private static String grouped(int number) {
        return NumberFormat.getIntegerInstance(Locale.ROOT).format(number);
    }

    /** Refuses what people sent, for the reason that {@code sentence} tells. */
    public static ResponseStatusException wrong(String sentence) {
        return new ResponseStatusException(HttpStatus.BAD_REQUEST, sentence);
    }

    private static boolean isSpace(int character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character);
    }

    private static boolean isPrintable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                false;
            case Character.FORMAT -> character == ZERO_WIDTH_JOINER; // which emoji are made with
            default -> true;
        };
    }
}
