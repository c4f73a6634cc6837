package io.pottery.sample.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A command that a server has run.
 *
 * @param database the number of the one that it was run on
 * @param ofScript whether a script ran it, within the step that the script is
 * @param words the command and its arguments
 */
record MonitoredCommand(int database, boolean ofScript, List<String> words) {

    private static final Pattern LINE = Pattern.compile("\\+?[\\d.]+ \\[(\\d+) (.*?)] (\".*)");
    private static final Pattern WORD = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*+)\"");
    private static final Pattern ESCAPED = Pattern.compile("\\\\([\"\\\\])");
    private static final int LONGEST_WORD = 60;
    private static final int MOST_WORDS = 12;

    /** Reads what MONITOR prints; null if it is nothing of the kind. */
    static @Nullable MonitoredCommand parse(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            return null;
        }
        List<String> words = new ArrayList<>();
        for (Matcher word = WORD.matcher(matcher.group(3)); word.find(); ) {
            words.add(ESCAPED.matcher(word.group(1)).replaceAll("$1"));
        }
        return words.isEmpty()
                ? null
                : new MonitoredCommand(
                        Integer.parseInt(matcher.group(1)), matcher.group(2).equals("lua"), words);
    }

    /** Whether it has to do with a key of those who put {@code prefix} before the names of theirs. */
    boolean concerns(String prefix) {
        return words.stream()
                .skip(1)
                .anyMatch(
                        word -> word.startsWith(prefix) || word.contains(":" + prefix) || word.contains("{" + prefix));
    }

    /** As people read it; of scripts, {@code names} has the file by the digest. */
    String text(Map<String, String> names) {
        String command = words.get(0).toUpperCase(Locale.ROOT);
        boolean script = command.startsWith("EVAL") && words.size() > 1;
        Stream<String> arguments = script
                ? Stream.concat(
                        Stream.of(names.getOrDefault(words.get(1).replace("\\n", "\n"), "a script")),
                        words.stream().skip(2))
                : words.stream().skip(1);
        String text = Stream.concat(
                        Stream.of(command), arguments.limit(MOST_WORDS - 1).map(MonitoredCommand::shortened))
                .collect(Collectors.joining(" "));
        int more = words.size() - MOST_WORDS;
        return more > 0 ? text + " … and " + more + " more" : text;
    }

    private static String shortened(String word) {
        return word.length() > LONGEST_WORD ? word.substring(0, LONGEST_WORD) + "…" : word;
    }
}
