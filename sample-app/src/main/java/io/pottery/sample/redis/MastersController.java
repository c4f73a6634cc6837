package io.pottery.sample.redis;

import io.pottery.MastersInfo;
import io.pottery.PotteryFactory;
import io.pottery.sample.Input;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The masters that decide about locks, over HTTP. */
@RestController
@RequestMapping("/masters")
class MastersController {

    /**
     * The masters.
     *
     * @param quorum whether enough of them answer
     * @param own whether they are the application's own, so that their state can be changed
     */
    record Masters(List<Master> masters, boolean quorum, boolean own) {}

    /**
     * One of them.
     *
     * @param state how it is; null if it is not the application's own
     * @param latency how long it took to answer, in milliseconds; null if it did not
     * @param failure why it did not answer; null if it did
     */
    record Master(
            int number,
            String name,
            LockMasters.@Nullable State state,
            @Nullable Double latency,
            @Nullable String failure) {}

    /** What a PUT sends. */
    record Change(@Nullable String state) {}

    private final PotteryFactory pottery;
    private final @Nullable LockMasters own;

    MastersController(PotteryFactory pottery, ObjectProvider<LockMasters> own) {
        this.pottery = pottery;
        this.own = own.getIfAvailable();
    }

    @GetMapping
    Masters masters() {
        MastersInfo info = pottery.masters().info();
        List<LockMasters.State> states = own == null ? List.of() : own.states();
        List<Master> masters = IntStream.range(0, info.masters().size())
                .mapToObj(i -> master(i + 1, info.masters().get(i), states.isEmpty() ? null : states.get(i)))
                .toList();
        return new Masters(masters, info.quorum(), own != null);
    }

    @PutMapping("/{number}")
    Masters change(@PathVariable int number, @RequestBody Change change) {
        if (own == null) {
            throw Input.wrong("These masters are not the application's own, which touches no others.");
        }
        own.bring(number, LockMasters.State.of(change.state()));
        return masters();
    }

    private static Master master(int number, MastersInfo.Master info, LockMasters.@Nullable State state) {
        Double latency = info.latency() == null ? null : info.latency().toNanos() / 1e6;
        return new Master(number, info.name(), state, latency, info.failure());
    }
}
