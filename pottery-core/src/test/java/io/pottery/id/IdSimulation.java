package io.pottery.id;

import io.pottery.simulation.Outcome;
import io.pottery.simulation.Profile;
import io.pottery.simulation.SimulatedClient;
import io.pottery.simulation.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;

/**
 * One schedule of the production code of ids in a world of virtual clocks, masters and messages: two to four clients
 * share a sequence while there are faults, and a while longer. In each, several wait for ids at the same time; some
 * take blocks. The seed decides everything, so it is the same each time.
 */
final class IdSimulation {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final NextIdOptions OPTIONS =
            NextIdOptions.defaults().withTimeout(TIMEOUT).withMasterTimeout(Duration.ofMillis(100));

    private static final int BLOCK = 16;

    private static final long CALM = 2 * World.SECOND / 5;

    /** What was begun while there were faults is over after the timeout; then everybody must get ids. */
    private static final long PATIENCE = 2 * World.SECOND + World.SECOND;

    private final long seed;
    private final Profile profile;
    private final IdCollaborators collaborators;
    private final World world;
    private final Witness witness = new Witness();
    private final List<Taker> takers = new ArrayList<>();

    private IdSimulation(long seed, Profile profile, IdCollaborators collaborators) {
        this.seed = seed;
        this.profile = profile;
        this.collaborators = collaborators;
        this.world = new World(seed, profile, collaborators, CALM);
    }

    static Outcome<Promise> run(long seed, Profile profile, IdCollaborators collaborators) {
        return new IdSimulation(seed, profile, collaborators).run();
    }

    private Outcome<Promise> run() {
        for (int i = 2 + world.random().nextInt(3); i > 0; i--) {
            employ(world.client(client -> {}));
        }
        takers.forEach(Taker::begin);
        try {
            world.suffer();
            world.recover(PATIENCE, this::isOver);
        } catch (RuntimeException e) {
            witness.breaks(Promise.FAILURES, e);
        }
        takers.stream().filter(taker -> !taker.isDone()).forEach(taker -> witness.breaks(Promise.LIVENESS, taker));
        return new Outcome<>(
                seed, profile, witness.gains(), EnumSet.allOf(Promise.class), new EnumMap<>(witness.verdict()));
    }

    private void employ(SimulatedClient client) {
        Callers callers = new Callers();
        employ(1 + world.random().nextInt(3), client, callers, OPTIONS);
        employ(world.random().nextInt(3), client, callers, OPTIONS.withBlock(BLOCK));
    }

    private void employ(int count, SimulatedClient client, Callers callers, NextIdOptions options) {
        NextIdProtocol sequence =
                new NextIdProtocol("nextid:simulated", collaborators.options(options), client.world());
        AsyncNextId ids = new AsyncNextId(sequence, new Stock(sequence, callers));
        for (int i = 0; i < count; i++) {
            takers.add(new Taker(client, world, witness, ids, options.block() > 1, collaborators.taking(ids)));
        }
    }

    private boolean isOver() {
        for (Taker taker : takers) {
            if (!taker.isDone()) {
                return false;
            }
        }
        return true;
    }
}
