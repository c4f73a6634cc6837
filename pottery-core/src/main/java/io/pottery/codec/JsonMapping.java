package io.pottery.codec;

/**
 * Maps the values of one type to JSON and back with a JSON library. Its text is the name of the type; two are equal if
 * they write the same values alike.
 */
interface JsonMapping {

    /** Writes {@code value} to {@code json}, token by token. */
    void write(Object value, CanonicalJson json);

    /** Reads a text that is not JSON's null. */
    Object read(JsonText text);
}
