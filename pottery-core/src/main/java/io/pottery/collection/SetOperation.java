package io.pottery.collection;

/** What can be made of several sets. */
enum SetOperation {
    UNION("SUNION"),
    INTERSECTION("SINTER"),
    DIFFERENCE("SDIFF");

    private final String command;

    SetOperation(String command) {
        this.command = command;
    }

    /** The command that reads the result. */
    String command() {
        return command;
    }

    /** The command that stores the result. */
    String storeCommand() {
        return command + "STORE";
    }
}
