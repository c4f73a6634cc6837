package io.pottery.sample;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/**
 * What a phone-book file says, all of it checked: in each line a name, a comma and a number, in UTF-8.
 *
 * <p>This is CSV at its simplest: there are no quotes, so neither a name nor a number has a comma. Spaces around them
 * do not count, nor do blank lines. A name that is there twice is refused, because one of its numbers would be lost.
 */
record PhoneBookFile(Map<String, String> entries) {

    private static final int MAX_BYTES = 1024 * 1024;
    private static final int MAX_ENTRIES = 10_000;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** Reads the file to its end, unless it is too large. */
    static PhoneBookFile read(InputStream file) throws IOException {
        byte[] bytes = file.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw new ResponseStatusException(HttpStatus.CONTENT_TOO_LARGE, "The file must not be larger than 1 MiB.");
        }
        return new PhoneBookFile(entries(text(bytes)));
    }

    private static String text(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw Input.wrong("The file is not UTF-8: save it in that encoding.");
        }
    }

    private static Map<String, String> entries(String text) {
        Map<String, String> entries = new LinkedHashMap<>();
        Map<String, Integer> lineOfName = new HashMap<>();
        int line = 0;
        for (String content : text.lines().toList()) {
            line++;
            if (content.isBlank()) {
                continue;
            }
            if (entries.size() == MAX_ENTRIES) {
                throw Input.wrong("The file must not have more than 10,000 entries.");
            }
            String[] fields = content.split(",", -1);
            if (fields.length != 2 || isQuoted(fields[0]) || isQuoted(fields[1])) {
                throw Input.wrong(
                        "Line %d must be a name, one comma and a number, without quotes around them.".formatted(line));
            }
            String name = Input.name("name in line " + line, fields[0].strip());
            String number = Input.number("number in line " + line, fields[1].strip());
            Integer sooner = lineOfName.putIfAbsent(name, line);
            if (sooner != null) {
                throw Input.wrong("The name in line %d is that of line %d, too.".formatted(line, sooner));
            }
            entries.put(name, number);
        }
        if (entries.isEmpty()) {
            throw Input.wrong("The file has no entries.");
        }
        return entries;
    }

    private static boolean isQuoted(String field) {
        return field.strip().startsWith("\"");
    }
}
