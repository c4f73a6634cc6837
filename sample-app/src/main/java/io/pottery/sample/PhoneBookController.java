package io.pottery.sample;

import io.pottery.PotteryFactory;
import io.pottery.collection.RedisDict;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** The phone book over HTTP. All of it is one Redis hash, and this application keeps nothing of it. */
@RestController
@RequestMapping("/phonebook")
class PhoneBookController {

    /** An entry as it is read. */
    record Entry(String name, String number) {}

    /** What a PUT sends. */
    record Change(@Nullable String number) {}

    private final RedisDict<String, String> phoneBook;
    private final PhoneBookImport imports;

    PhoneBookController(PotteryFactory pottery, PhoneBookImport imports) {
        phoneBook = pottery.dict("phonebook", String.class, String.class);
        this.imports = imports;
    }

    @GetMapping
    Map<String, String> all() {
        return new TreeMap<>(phoneBook.toMap());
    }

    @GetMapping("/{name}")
    Entry get(@PathVariable String name) {
        String number = phoneBook.get(name);
        if (number == null) {
            throw unknown(name);
        }
        return new Entry(name, number);
    }

    @PutMapping("/{name}")
    ResponseEntity<Entry> put(@PathVariable String name, @RequestBody Change change) {
        Entry entry = new Entry(Input.name("name", name), Input.number("number", change.number()));
        String replaced = phoneBook.put(entry.name(), entry.number());
        return replaced == null
                ? ResponseEntity.created(ServletUriComponentsBuilder.fromCurrentContextPath()
                                .path("/phonebook/{name}")
                                .encode()
                                .buildAndExpand(name)
                                .toUri())
                        .body(entry)
                : ResponseEntity.ok(entry);
    }

    @DeleteMapping("/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String name) {
        if (phoneBook.remove(name) == null) {
            throw unknown(name);
        }
    }

    /**
     * Takes a whole file, as {@code curl -H Content-Type:text/csv --data-binary @file} sends it: a type that pages of
     * other sites cannot send unasked, as they could a form. It is checked before anything waits for the lock.
     */
    @PostMapping(path = "/import", consumes = "text/csv")
    PhoneBookImport.Imported importFile(InputStream body) throws IOException {
        PhoneBookFile file = PhoneBookFile.read(body);
        return imports.run(file);
    }

    @RequestMapping("/")
    void withoutName() {
        Input.name("name", null);
    }

    private static ResponseStatusException unknown(String name) {
        return new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no '%s' in the phone book.".formatted(name));
    }
}
