package io.pottery.testredis;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The version of a server binary. */
record ServerVersion(int major, int minor, String text) {

    static final String OLDEST = "6.2";

    private static final Pattern OUTPUT = Pattern.compile("server v=((\\d+)\\.(\\d+)\\S*)");

    /** Reads what {@code --version} printed; null if no Redis or Valkey server prints that. */
    static @Nullable ServerVersion parse(String output) {
        Matcher matcher = OUTPUT.matcher(output);
        return matcher.find()
                ? new ServerVersion(
                        Integer.parseInt(matcher.group(2)), Integer.parseInt(matcher.group(3)), matcher.group(1))
                : null;
    }

    boolean isSupported() {
        return major > 6 || major == 6 && minor >= 2;
    }
}
