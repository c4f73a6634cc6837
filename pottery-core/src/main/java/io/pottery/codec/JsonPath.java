package io.pottery.codec;

/** Where in a value something is: {@code $.order.items[3]}. */
final class JsonPath {

    private final StringBuilder text = new StringBuilder("$");

    JsonPath index(int index) {
        text.append('[').append(index).append(']');
        return this;
    }

    /** A property. Its name was declared, so it tells nothing of what is stored. */
    JsonPath property(String name) {
        text.append('.').append(name);
        return this;
    }

    /** A key of a map. It may be anything, so the path tells only that there was one. */
    JsonPath key() {
        return property("*");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
