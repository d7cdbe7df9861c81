package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.berth.framing.Codec;
import dev.berth.proof.Baseline;
import dev.berth.proof.Peer;
import dev.berth.proof.RecordingEvents;
import dev.berth.transport.CloseReason;

/** In every snapshot {@code accepted = refused + waiting + live + closed}. */
@ExtendWith(Baseline.class)
class LedgerTest {
    private static final int PEERS = 8;
    private static final int EACH = 1_250;
    private static final int PLACES = 3;
    private static final int QUEUED = 3;

    private final RecordingEvents events = new RecordingEvents();

    @Test
    void balancesAtEveryMomentOfTenThousandMixedConnectionsAndAtTheEnd() throws Exception {
        Handler<String> handler = client -> client.forEach(line -> {
            if (line.equals("fail")) {
                throw new IllegalStateException("on purpose");
            }
            client.send(line);
        });
        try (var server = TcpServer.builder(Codec.lines().withMaxFrameBytes(100))
                .port(0).maxConnections(PLACES).maxQueued(QUEUED).events(events).handler(handler).start()) {
            var stop = new AtomicBoolean();
            Queue<ServerSnapshot> wrong = new ConcurrentLinkedQueue<>();
            var auditor = Thread.ofPlatform().start(() -> audit(server, stop, wrong));
            var peers = new ArrayList<Thread>();
            for (int i = 0; i < PEERS; i++) {
                int first = i;
                peers.add(Thread.ofVirtual().start(() -> comeAndGo(server, first)));
            }
            for (var peer : peers) {
                assertThat(peer.join(Duration.ofSeconds(60))).isTrue();
            }
            await().atMost(Duration.ofSeconds(20)).until(() -> isQuiet(server.snapshot()));
            stop.set(true);
            auditor.join();

            var end = server.snapshot();
            assertThat(wrong).isEmpty();
            assertThat(end.accepted()).isEqualTo(PEERS * EACH).isEqualTo(end.refused() + end.closed());
            assertThat(end.refusedBy().values().stream().mapToLong(Long::longValue).sum()).isEqualTo(end.refused());
            assertThat(end.closedBy().values().stream().mapToLong(Long::longValue).sum()).isEqualTo(end.closed());
            assertThat(end.closedBy()).containsKeys(CloseReason.PEER_CLOSED, CloseReason.PEER_RESET,
                    CloseReason.HANDLER_ERROR, CloseReason.FRAME_TOO_LARGE, CloseReason.TRUNCATED);
            assertThat(end.refusedBy()).containsKeys(RefuseReason.QUEUE_FULL, RefuseReason.LEFT);
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                assertThat(events.seen("closed")).hasSize((int) end.closed());
                assertThat(events.seen("refused")).hasSize((int) end.refused());
            });
            assertThat(events.seen("opened")).hasSize((int) end.closed());
        }
    }

    private static boolean isQuiet(ServerSnapshot now) {
        return now.live() == 0 && now.waiting() == 0;
    }

    private static void audit(TcpServer server, AtomicBoolean stop, Queue<ServerSnapshot> wrong) {
        while (!stop.get()) {
            var now = server.snapshot();
            boolean balanced = now.accepted() == now.refused() + now.waiting() + now.live() + now.closed();
            if (!balanced || now.live() > PLACES || now.waiting() > QUEUED) {
                wrong.add(now);
            }
        }
    }

    private static void comeAndGo(TcpServer server, int first) {
        for (int i = 0; i < EACH; i++) {
            try (var peer = Peer.of(server)) {
                behave(peer, (first + i) % 7);
            } catch (IOException refused) {
                // A reset is an end like any other here.
            }
        }
    }

    private static void behave(Peer peer, int kind) throws IOException {
        switch (kind) {
            case 0 -> peer.send("a", "b").halfClose().rest();
            case 1 -> peer.send("a").reset();
            case 2 -> peer.halfClose().awaitEnd();
            case 3 -> peer.reset();
            case 4 -> peer.send("fail").awaitEnd();
            case 5 -> peer.raw("x".repeat(200)).halfClose().awaitEnd();
            default -> peer.raw("no line end").halfClose().awaitEnd();
        }
    }
}
