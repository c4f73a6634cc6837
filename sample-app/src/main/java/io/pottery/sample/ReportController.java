package io.pottery.sample;

import io.pottery.aop.CachedMethod;
import io.pottery.aop.RedisCaches;
import io.pottery.cache.CacheInfo;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The report over HTTP, and how often it was remembered. */
@RestController
class ReportController {

    /** A report, and what this application has found in the cache so far. */
    record Shown(PhoneBookReport.Report report, CacheInfo cache) {}

    private final PhoneBookReport reports;
    private final CachedMethod cached;

    ReportController(PhoneBookReport reports, RedisCaches caches) {
        this.reports = reports;
        cached = caches.of(reports, "report");
    }

    @GetMapping("/report")
    Shown report() {
        return new Shown(reports.report(), cached.cacheInfo());
    }
}
