package io.pottery.id;

import io.pottery.error.CorruptSequenceException;
import io.pottery.error.IdsExhaustedException;
import io.pottery.error.MasterConfigurationException;
import io.pottery.error.QuorumIsImpossibleException;
import io.pottery.error.QuorumNotAchievedException;
import io.pottery.error.WrongTypeException;
import io.pottery.internal.quorum.Await;
import java.util.PrimitiveIterator;

/**
 * A sequence of ids that a majority of the Redis masters gives out: unique in the whole system, and increasing. A call
 * that begins when another one has returned, in any process, gets a higher id. Ids begin at 1, end at 2<sup>53</sup> -
 * 1, and may have holes.
 *
 * <pre>{@code
 * NextId tweetIds = pottery.nextId("tweet-ids");
 * long id = tweetIds.nextLong();
 * }</pre>
 *
 * <p>Any number of threads may share it. An id is one round trip, to all masters at once; more if several processes get
 * in each other's way. Callers who wait in one process share a round trip, so that many of them get far more ids than
 * one does. It is an endless iterator: {@code tweetIds::nextLong} is a supplier of ids.
 *
 * <p>With {@link NextIdOptions#withBlock} an instance takes many ids at once and gives them out without asking,
 * millions a second. They are unique all the same, but increase only within the instance: keep it, because what it has
 * left is lost with it.
 *
 * <p>The sequence at {@code nextid:} and the name is that of Python Pottery: processes of both share it.
 *
 * <p>Every call that asks the masters waits for them, whether the thread is interrupted or not, and throws
 * {@link QuorumIsImpossibleException} if so many of them fail that the others are no majority,
 * {@link QuorumNotAchievedException} if other processes were faster for all of the options' timeout,
 * {@link IdsExhaustedException} if there are no such ids left, {@link CorruptSequenceException} or
 * {@link WrongTypeException} if the key holds something else, {@link MasterConfigurationException} if two masters are
 * the same server, and {@code IllegalStateException} on a thread that must not wait.
 */
public final class NextId implements PrimitiveIterator.OfLong {

    private final NextIdProtocol sequence;
    private final Stock stock;

    NextId(NextIdProtocol sequence, Stock stock) {
        this.sequence = sequence;
        this.stock = stock;
    }

    /** True: there is a next id until the sequence is exhausted, when {@link #nextLong()} says so. */
    @Override
    public boolean hasNext() {
        return true;
    }

    /** The next id. One round trip to all masters at once, which the callers who wait share; none from a block. */
    @Override
    public long nextLong() {
        return first(1);
    }

    /**
     * The next {@code count} ids, which follow one another without a hole. One round trip, like a single one.
     *
     * @param count 1 to 1,000,000
     */
    public IdRange next(int count) {
        return IdRange.of(first(NextIdOptions.requireCount("count", count)), count);
    }

    /**
     * Has the sequence begin at 1 again. All ids may be given out a second time from then on, also while others go on
     * taking them: this is for administrators. What this instance has in stock is dropped, what others have is not.
     *
     * <p>All masters are asked first, and nothing is changed unless all of them answer. Two round trips. If it fails it
     * may be repeated.
     *
     * @throws QuorumNotAchievedException if not all masters answered, so that nothing was changed; or if some failed
     *     after that, in which case the message names those that were reset
     */
    public void reset() {
        Await.uninterruptibly(() -> stock.reset());
    }

    /** The name of the key on each master. */
    public String key() {
        return sequence.key();
    }

    /** The same sequence, and what this instance has in stock, for callers who do not wait. */
    public AsyncNextId async() {
        return new AsyncNextId(sequence, stock);
    }

    private long first(int count) {
        long first = stock.poll(count);
        return first > 0 ? first : Await.uninterruptibly(() -> stock.next(count));
    }

    @Override
    public String toString() {
        return "NextId '%s'".formatted(key());
    }
}
