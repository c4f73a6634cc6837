package io.pottery.sample.search;

import io.pottery.sample.People;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.stereotype.Component;

/** Twenty people who view fifty countries each, at the same time, and most of them the same few. */
@Component
class Readers {

    private static final int PEOPLE = 20;
    private static final int VIEWS_EACH = 50;

    private final Views views;
    private final Catalogue catalogue;

    Readers(Views views, Catalogue catalogue) {
        this.views = views;
        this.catalogue = catalogue;
    }

    /** Has them all view, and returns how many views that were when the last of them is done. */
    long view() throws InterruptedException {
        List<String> countries = new ArrayList<>(catalogue.countries());
        Collections.shuffle(countries, new Random(20)); // the same few are popular every time
        return People.atOnce(PEOPLE, number -> read(countries)).stream()
                .mapToLong(Integer::longValue)
                .sum();
    }

    private int read(List<String> countries) {
        for (int i = 0; i < VIEWS_EACH; i++) {
            double skewed =
                    Math.pow(countries.size(), ThreadLocalRandom.current().nextDouble());
            views.view(countries.get((int) skewed - 1));
        }
        return VIEWS_EACH;
    }
}
