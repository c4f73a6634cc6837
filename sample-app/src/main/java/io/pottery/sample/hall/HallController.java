package io.pottery.sample.hall;

import io.pottery.sample.Input;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The hall over HTTP. */
@RestController
@RequestMapping("/hall")
class HallController {

    /**
     * The hall as it is.
     *
     * @param sold the tickets, by seat
     * @param paidForNothing how many have paid for a seat that somebody else has; with the lock, nobody
     */
    record State(int seats, Map<String, Ticket> sold, long paidForNothing) {}

    /** Who wants a seat. */
    record Order(@Nullable String buyer) {}

    /** How the crowd is to buy. */
    record Rush(@Nullable Boolean locked) {}

    private final Hall hall;
    private final CardTerminal terminal;
    private final Crowd crowd;

    HallController(Hall hall, CardTerminal terminal, Crowd crowd) {
        this.hall = hall;
        this.terminal = terminal;
        this.crowd = crowd;
    }

    @GetMapping
    State state() {
        return new State(
                Seats.ALL.size(), hall.sold().toMap(), terminal.paidForNothing().total());
    }

    @PutMapping("/{seat}")
    Ticket buy(@PathVariable String seat, @RequestBody Order order) throws InterruptedException {
        return hall.buy(Seats.require(seat), Input.text("name", order.buyer(), 40));
    }

    @PostMapping("/rush")
    Crowd.Outcome rush(@RequestBody Rush rush) throws InterruptedException {
        if (rush.locked() == null) {
            throw Input.wrong("The body must say whether the seats are sold under the lock: {\"locked\": true}.");
        }
        return crowd.rush(rush.locked() ? hall::buy : hall::buyWithoutLock);
    }

    @DeleteMapping
    State reopen() {
        hall.sold().clear();
        terminal.paidForNothing().clear();
        return state();
    }

    @ExceptionHandler
    ProblemDetail sold(SoldException failure) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, String.valueOf(failure.getMessage()));
    }
}
