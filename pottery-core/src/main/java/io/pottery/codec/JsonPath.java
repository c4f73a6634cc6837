package io.pottery.codec;

/** Where in a value something is: {@code $.order.items[3]}. */
final class JsonPath {

    private static final int LONGEST_NAME = 64;

    private final StringBuilder text = new StringBuilder("$");

    JsonPath index(int index) {
        text.append('[').append(index).append(']');
        return this;
    }

    /** A property, or a key that looks like one; of other keys, which may be anything, only that there was one. */
    JsonPath name(String name) {
        return isName(name) ? appended(name) : anyName();
    }

    JsonPath anyName() {
        return appended("*");
    }

    private JsonPath appended(String name) {
        text.append('.').append(name);
        return this;
    }

    private static boolean isName(String name) {
        return !name.isEmpty()
                && name.length() <= LONGEST_NAME
                && Character.isJavaIdentifierStart(name.charAt(0))
                && name.chars().allMatch(c -> c == '-' || Character.isJavaIdentifierPart(c));
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
