package io.pottery.sample.visitor;

import io.pottery.sample.Input;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The book at the door over HTTP. Whoever signs in is counted among the {@link UniqueVisitors}, too. */
@RestController
@RequestMapping("/visitors")
class VisitorController {

    /** A school class, as its teacher has it on the list. */
    private static final List<String> CLASS = List.of(
            "Adele", "Amir", "Bea", "Carlos", "Chiara", "Dilara", "Emil", "Finn", "Greta", "Hugo", "Ida", "Jonas",
            "Kim", "Lena", "Leo", "Mats", "Mia", "Nora", "Oskar", "Paula", "Rosa", "Sami", "Tilda", "Yusuf", "Zoe");

    /** Those who came last, the latest first. */
    record Visitors(List<String> last) {}

    /** Who comes in. */
    record Visitor(@Nullable String name) {}

    /** How many children of a class come in. */
    record SchoolClass(@Nullable Integer children) {}

    private final LastVisitors last;
    private final UniqueVisitors unique;
    private final HeadCount heads;

    VisitorController(LastVisitors last, UniqueVisitors unique, HeadCount heads) {
        this.last = last;
        this.unique = unique;
        this.heads = heads;
    }

    @GetMapping
    Visitors visitors() {
        return new Visitors(last.names());
    }

    @PostMapping
    Visitors signIn(@RequestBody Visitor visitor) {
        String name = Input.text("name", visitor.name(), 40);
        last.welcome(name);
        count(List.of(name));
        return visitors();
    }

    @PostMapping("/class")
    Visitors signIn(@RequestBody SchoolClass schoolClass) {
        int children = Input.number("children", schoolClass.children(), CLASS.size());
        List<String> names = CLASS.subList(0, children);
        last.welcomeAll(names);
        count(names);
        return visitors();
    }

    @DeleteMapping
    Visitors forget() {
        last.forget();
        return visitors();
    }

    private void count(List<String> names) {
        unique.countAll(names);
        heads.countNames(names);
    }
}
