package io.pottery.sample.hall;

import io.pottery.PotteryFactory;
import io.pottery.aop.CurrentLease;
import io.pottery.collection.RedisDict;
import io.pottery.id.NextId;
import io.pottery.lock.Synchronized;
import org.springframework.stereotype.Service;

/** Sells seats, each of them once. */
@Service
public class Hall {

    private final RedisDict<String, Ticket> sold;
    private final NextId orderNumbers;
    private final CardTerminal terminal;

    Hall(PotteryFactory pottery, CardTerminal terminal) {
        this.sold = pottery.dict("hall", String.class, Ticket.class);
        this.orderNumbers = pottery.nextId("hall-orders");
        this.terminal = terminal;
    }

    /** One buyer of a seat at a time, of all at all counters. */
    @Synchronized(key = "seat:#{#seat}", autoReleaseTime = "15s", timeout = "10s")
    Ticket buy(String seat, String buyer) throws InterruptedException {
        return sell(seat, buyer, CurrentLease.get().fencingToken());
    }

    /** Without: two see that a seat is free, and both pay. */
    Ticket buyWithoutLock(String seat, String buyer) throws InterruptedException {
        return sell(seat, buyer, 0);
    }

    private Ticket sell(String seat, String buyer, long fencingToken) throws InterruptedException {
        if (sold.containsKey(seat)) {
            throw SoldException.before(seat);
        }
        Ticket ticket = new Ticket(seat, buyer, orderNumbers.nextLong(), fencingToken);
        terminal.charge(); // takes its time
        if (sold.putIfAbsent(seat, ticket) != null) {
            terminal.paidForNothing().increment(seat);
            throw SoldException.afterPaying(seat, buyer);
        }
        return ticket;
    }

    /** The tickets, by seat. */
    public RedisDict<String, Ticket> sold() {
        return sold;
    }
}
