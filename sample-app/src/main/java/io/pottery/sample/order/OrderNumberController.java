package io.pottery.sample.order;

import io.pottery.sample.Input;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Order numbers over HTTP. */
@RestController
class OrderNumberController {

    private static final int MOST = 1_000;

    /** How many people draw a number at the same time. */
    record Draw(@Nullable Integer people) {}

    private final OrderNumbers numbers;

    OrderNumberController(OrderNumbers numbers) {
        this.numbers = numbers;
    }

    @PostMapping("/orders")
    List<Long> draw(@RequestBody Draw draw) {
        int people = Input.number("people", draw.people(), MOST);
        return people == 1 ? List.of(numbers.draw()) : numbers.drawAtOnce(people);
    }
}
