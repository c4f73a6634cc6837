package io.pottery.sample.order;

import io.pottery.PotteryFactory;
import io.pottery.id.NextId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;

/** Hands out the numbers of orders. */
@Service
class OrderNumbers {

    private final NextId numbers;

    OrderNumbers(PotteryFactory pottery) {
        numbers = pottery.nextId("orders");
    }

    /** Of a majority of all masters, in one round trip. */
    long draw() {
        return numbers.nextLong();
    }

    /** So many at the same time: those who wait share a round trip. */
    List<Long> drawAtOnce(int people) {
        List<CompletableFuture<Long>> drawn =
                Stream.generate(numbers.async()::next).limit(people).toList();
        return drawn.stream().map(CompletableFuture::join).toList();
    }
}
