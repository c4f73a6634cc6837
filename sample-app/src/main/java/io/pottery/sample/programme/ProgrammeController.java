package io.pottery.sample.programme;

import io.pottery.collection.Slice;
import io.pottery.sample.Input;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The programme over HTTP. */
@RestController
@RequestMapping("/programme")
class ProgrammeController {

    private static final int MOST = 100;
    private static final List<String> EVENING = List.of("Magic", "Juggling", "Acrobats", "Clowns", "Fire-eaters");

    /** Start, stop and step, each of which may be left out. */
    private static final Pattern SLICE = Pattern.compile("(-?\\d{1,9})?:(-?\\d{1,9})?(?::(-?\\d{1,9})?)?");

    /** Acts, in their order. */
    record Acts(List<String> acts) {}

    /** What is to be seen. */
    record Act(@Nullable String name) {}

    private final Programme programme;

    ProgrammeController(Programme programme) {
        this.programme = programme;
    }

    /** Tells of the whole programme, or of a part such as {@code -3:} or {@code ::2}. */
    @GetMapping
    Acts acts(@RequestParam(required = false) @Nullable String slice) {
        return new Acts(programme.part(slice == null ? Slice.all() : slice(slice)));
    }

    @PostMapping
    Acts announce(@RequestBody Act act) {
        return announce(List.of(Input.text("name of the act", act.name(), 40)));
    }

    @PostMapping(path = "/evening", consumes = MediaType.APPLICATION_JSON_VALUE)
    Acts evening() {
        return announce(EVENING);
    }

    @PostMapping(path = "/sort", consumes = MediaType.APPLICATION_JSON_VALUE)
    Acts sort() {
        programme.sort();
        return acts(null);
    }

    @DeleteMapping
    Acts cancelAll() {
        programme.cancelAll();
        return acts(null);
    }

    @DeleteMapping("/acts")
    Acts cancel(@RequestParam(required = false) @Nullable String act) {
        String name = Input.text("name of the act", act, 40);
        if (!programme.cancel(name)) {
            throw Input.wrong("'%s' is not on the programme.".formatted(name));
        }
        return acts(null);
    }

    private Acts announce(List<String> acts) {
        if (programme.size() + acts.size() > MOST) {
            throw Input.wrong("An evening has a hundred acts at most: cancel some.");
        }
        programme.announce(acts);
        return acts(null);
    }

    private static Slice slice(String text) {
        Matcher parts = SLICE.matcher(Input.text("slice", text, 40));
        if (!parts.matches()) {
            throw Input.wrong("A slice is start, stop and step, with a colon between them, such as 1:3 or -2: or ::2.");
        }
        Integer step = number(parts.group(3));
        if (step != null && step == 0) {
            throw Input.wrong("The step of a slice must not be 0.");
        }
        return new Slice(number(parts.group(1)), number(parts.group(2)), step == null ? 1 : step);
    }

    private static @Nullable Integer number(@Nullable String digits) {
        return digits == null ? null : Integer.valueOf(digits);
    }
}
