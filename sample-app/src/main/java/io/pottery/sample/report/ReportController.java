package io.pottery.sample.report;

import io.pottery.aop.CachedMethod;
import io.pottery.aop.RedisCaches;
import io.pottery.cache.CacheInfo;
import io.pottery.sample.Input;
import io.pottery.sample.report.Desk.Answer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The report over HTTP, and how often it was remembered. */
@RestController
@RequestMapping("/report")
class ReportController {

    private static final int CROWD = 100;

    /** The row that a crowd asks for. */
    record Question(@Nullable String row) {}

    /**
     * How it went for a crowd.
     *
     * @param computations how many reports were made while they waited
     * @param longest what the one was handed who waited longest
     */
    record Rush(int people, long computations, Answer longest) {}

    private final SalesReport report;
    private final Desk desk;
    private final CachedMethod cached;

    ReportController(SalesReport report, Desk desk, RedisCaches caches) {
        this.report = report;
        this.desk = desk;
        this.cached = caches.of(report, "of");
    }

    @GetMapping
    Answer show(@RequestParam(required = false) @Nullable String row) throws InterruptedException {
        return desk.ask(requireRow(row));
    }

    /** What this application has found in the cache since it was started. */
    @GetMapping("/cache")
    CacheInfo cache() {
        return cached.cacheInfo();
    }

    @PostMapping("/rush")
    Rush rush(@RequestBody Question question) throws InterruptedException {
        List<Answer> answers = desk.askAtOnce(requireRow(question.row()), CROWD);
        long computations = answers.stream()
                .filter(answer -> !answer.remembered())
                .map(answer -> answer.sales().counted())
                .distinct()
                .count();
        Answer longest = answers.stream()
                .max((one, other) -> Double.compare(one.millis(), other.millis()))
                .orElseThrow();
        return new Rush(CROWD, computations, longest);
    }

    @DeleteMapping
    CacheInfo forget() {
        report.forget();
        return cache();
    }

    private static String requireRow(@Nullable String row) {
        String name = Input.text("row", row, 10);
        if (!name.matches("[A-F]")) {
            throw Input.wrong("There is no row '%s': the hall has A to F.".formatted(name));
        }
        return name;
    }
}
