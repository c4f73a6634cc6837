package io.pottery.codec;

import java.text.DateFormat;
import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParseException;
import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Calendar;
import java.util.Date;
import java.util.Locale;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/** A {@link Date} is the text of its {@link Instant}. Jackson's own takes any digits for milliseconds. */
final class InstantDateFormat extends DateFormat {

    private static final long serialVersionUID = 1L;

    InstantDateFormat() {
        calendar = Calendar.getInstance(TimeZone.getTimeZone("UTC"), Locale.ROOT);
        numberFormat = NumberFormat.getIntegerInstance(Locale.ROOT);
    }

    @Override
    public StringBuffer format(Date date, StringBuffer text, FieldPosition position) {
        if (date.getClass() != Date.class) {
            throw RefusedTypes.of(date.getClass());
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

    /** Nothing: an instant has no zone. */
    @Override
    public void setTimeZone(TimeZone zone) {}

    /** Nothing: no other text is a date. */
    @Override
    public void setLenient(boolean lenient) {}

    /** Itself: unlike other formats, it has no state. */
    @Override
    @SuppressWarnings("MethodDoesntCallSuperMethod")
    public InstantDateFormat clone() {
        return this;
    }
}
