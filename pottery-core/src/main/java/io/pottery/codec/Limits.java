package io.pottery.codec;

/** How much one value may be, when it is written and when it is read. */
final class Limits {

    /** Arrays and objects inside each other. */
    static final int DEPTH = 100;

    /** Characters of a string or a key. */
    static final int STRING = 8 << 20;

    /** Bytes of the whole text. */
    static final int DOCUMENT = 16 << 20;

    /** Digits of a number: Python reads and writes no more. */
    static final int DIGITS = 4300;

    private Limits() {}
}
