package io.pottery.codec;

/** What a piece of JSON is, in the words of error messages. */
enum JsonKind {
    OBJECT("an object"),
    ARRAY("an array"),
    STRING("a string"),
    INTEGER("an integer"),
    FRACTION("a number with a fraction or an exponent"),
    BOOLEAN("a boolean"),
    NULL("null"),
    END("nothing"),
    OTHER("something that is not JSON");

    private final String words;

    JsonKind(String words) {
        this.words = words;
    }

    /** Judges by the first character, which in JSON is enough. */
    static JsonKind startingWith(byte first) {
        return switch (first) {
            case '{' -> OBJECT;
            case '[' -> ARRAY;
            case '"' -> STRING;
            case 't', 'f' -> BOOLEAN;
            case 'n' -> NULL;
            case 'N', 'I' -> FRACTION;
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> INTEGER;
            default -> OTHER;
        };
    }

    @Override
    public String toString() {
        return words;
    }
}
