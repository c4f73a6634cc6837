package io.pottery.sample.hall;

import io.pottery.sample.Input;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The seats of the hall: A1 to F10. */
final class Seats {

    static final List<String> ALL = Stream.of("A", "B", "C", "D", "E", "F")
            .flatMap(row -> IntStream.rangeClosed(1, 10).mapToObj(number -> row + number))
            .toList();

    private Seats() {}

    /** All seats but those that are {@code taken}. */
    static List<String> without(Set<String> taken) {
        return ALL.stream().filter(seat -> !taken.contains(seat)).toList();
    }

    /** Returns {@code seat} if it is one. */
    static String require(@Nullable String seat) {
        String name = Input.text("seat", seat, 10);
        if (!ALL.contains(name)) {
            throw Input.wrong("There is no seat '%s': the hall has A1 to F10.".formatted(name));
        }
        return name;
    }
}
