package io.pottery.sample.report;

import io.pottery.cache.RedisCacheEvict;
import io.pottery.cache.RedisCacheable;
import org.springframework.stereotype.Service;

/** The report, which is remembered. */
@Service
class SalesReport {

    private final SlowQuery query;

    SalesReport(SlowQuery query) {
        this.query = query;
    }

    /** Counted once for all who ask within half a minute, on all servers. */
    @RedisCacheable(key = "sales-report", ttl = "30s", sync = true)
    Sales of(String row) throws InterruptedException {
        return query.run(row); // takes its time
    }

    /** Has it made anew for the next who asks. */
    @RedisCacheEvict(key = "sales-report", allEntries = true)
    void forget() {}
}
