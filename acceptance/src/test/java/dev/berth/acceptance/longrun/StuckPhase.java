package dev.berth.acceptance.longrun;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.function.UnaryOperator;

import dev.berth.acceptance.EchoClient;
import dev.berth.acceptance.hostile.Kind;
import dev.berth.framing.Codec;
import dev.berth.framing.Framing;
import dev.berth.server.Profile;
import dev.berth.server.ServerBuilder;
import dev.berth.server.TcpServer;

/**
 * One phase of a client's life, and the peer that gets stuck in it.
 *
 * @param what the phase and the peer, for people
 * @param kind the peer
 * @param deadline the phase's limit
 * @param allowed how long a place may be held at most
 * @param course what else happens to the server
 * @param settings that give the phase its limit
 */
record StuckPhase(String what, Kind kind, Duration deadline, Duration allowed, Course course, UnaryOperator<ServerBuilder<String>> settings) {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
    private static final double NANOS = 1e9;

    /** What happens to the server beside its stuck peers. */
    enum Course {
        /** Nothing. */
        PLAIN,
        /** Another client has the only place: the peers wait for it. */
        FULL,
        /** It drains once all are there. */
        DRAINED,
        /** Its handler returns while much is unsent. */
        LEAVES
    }

    /** Whether its peers have much sent to them. */
    boolean floods() {
        return kind == Kind.A9 || kind == Kind.A10;
    }

    /** Lets so many peers get stuck, and looks when their places are free. */
    Row measured(Run run, int peers) throws Exception {
        var stuck = new StuckPeers(peers);
        Codec<String> lines = Codec.text(Framing.line().withMaxFrameBytes(StuckPeers.MAX_FRAME), UTF_8);
        var builder = TcpServer.builder(lines).port(0).profile(Profile.PUBLIC).events(stuck)
                .maxConnections(course == Course.FULL ? 1 : peers).maxQueued(peers)
                .handler(course == Course.LEAVES ? stuck::leaveMuchUnsent : stuck::handle);
        try (var server = settings.apply(builder).start()) {
            play(server, stuck, peers);
        }
        var held = stuck.held();
        double longest = held.getLast().toNanos() / NANOS;
        run.note(String.format(Locale.ROOT, "%s: limit %.1f s, %d peers (%s), place held: shortest %.3f s, median %.3f s, longest %.3f s; %s", what,
                deadline.toNanos() / NANOS, held.size(), kind.id(), held.getFirst().toNanos() / NANOS, held.get(held.size() / 2).toNanos() / NANOS,
                longest, stuck.reasons()));
        return Row.atMost(what + ", limit " + seconds(deadline) + " s, " + peers + " peers", allowed.toNanos() / NANOS, longest, "s");
    }

    private void play(TcpServer server, StuckPeers stuck, int peers) throws IOException, InterruptedException {
        if (course == Course.FULL) {
            try (var holder = new EchoClient(server.port(), LIMIT)) {
                holder.ask("the place is mine");
                stuck.forget();
                awaitFreed(server, stuck, peers);
            }
        } else {
            awaitFreed(server, stuck, peers);
        }
    }

    private void awaitFreed(TcpServer server, StuckPeers stuck, int peers) throws IOException, InterruptedException {
        try (var _ = stuck.mob(server, kind)) {
            if (course == Course.DRAINED) {
                while (server.snapshot().live() < peers) {
                    Thread.sleep(BETWEEN_LOOKS);
                }
                stuck.allStuck();
                server.drain(deadline);
            }
            if (!stuck.awaitFree(LIMIT)) {
                throw new AssertionError(what + ": after " + LIMIT + " only " + stuck.held().size() + " places are free");
            }
        }
    }

    private static String seconds(Duration time) {
        return time.toMillis() % 1_000 == 0 ? String.valueOf(time.toSeconds()) : String.format(Locale.ROOT, "%.1f", time.toNanos() / NANOS);
    }
}
