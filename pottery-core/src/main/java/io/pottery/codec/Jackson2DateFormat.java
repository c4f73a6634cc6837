package io.pottery.codec;

import com.fasterxml.jackson.databind.util.StdDateFormat;
import java.text.FieldPosition;
import java.text.ParseException;
import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/** A {@link Date} is the text of its {@link Instant}. Jackson's own takes any digits for milliseconds. */
final class Jackson2DateFormat extends StdDateFormat {

    private static final long serialVersionUID = 1L;

    @Override
    public StringBuffer format(Date date, StringBuffer text, FieldPosition position) {
        if (date.getClass() != Date.class) {
            throw Jackson2Refusal.of(date.getClass());
        }
        return text.append(date.toInstant());
    }

    @Override
    public Date parse(String text) throws ParseException {
        try {
            Instant instant = Instant.parse(text);
            Date date = Date.from(instant);
            if (date.toInstant().equals(instant)) {
                return date;
            }
        } catch (DateTimeException | IllegalArgumentException e) {
            // told below, without the text
        }
        throw new ParseException("not the text of a date", 0);
    }

    @Override
    public @Nullable Date parse(String text, ParsePosition position) {
        try {
            Date date = parse(text.substring(position.getIndex()));
            position.setIndex(text.length());
            return date;
        } catch (ParseException e) {
            position.setErrorIndex(position.getIndex());
            return null;
        }
    }

    /** Itself: unlike other formats, it has no state. */
    @Override
    @SuppressWarnings("MethodDoesntCallSuperMethod")
    public StdDateFormat clone() {
        return this;
    }
}
