package io.pottery.sample.visitor;

import io.pottery.PotteryFactory;
import io.pottery.collection.RedisDeque;
import java.util.List;
import org.springframework.stereotype.Service;

/** Who came last. */
@Service
class LastVisitors {

    private final RedisDeque<String> last;

    LastVisitors(PotteryFactory pottery) {
        last = pottery.deque("last-visitors", String.class, 10);
    }

    /** The latest comes first; the eleventh falls off, in the same step. */
    void welcome(String name) {
        last.addFirst(name);
    }

    /** All of them in one step, too. */
    void welcomeAll(List<String> names) {
        last.addAllFirst(names);
    }

    List<String> names() {
        return last.toList();
    }

    void forget() {
        last.clear();
    }
}
