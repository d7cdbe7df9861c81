package dev.berth.server;

import static dev.berth.server.FromSources.comeFrom;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.berth.framing.Codec;
import dev.berth.proof.Baseline;
import dev.berth.proof.Peer;
import dev.berth.proof.RecordingEvents;

/** Thousands of clients come at once from fifty addresses, to a server with few places. FAULTS A1. */
@ExtendWith(Baseline.class)
class FloodTest {
    /** Whether as many come as in acceptance/full-size, not only as many as a build has time for. */
    private static final boolean FULL = Boolean.getBoolean("berth.full");

    private static final int SOURCES = 50;
    private static final int FROM_EACH = FULL ? 1_000 : 40;
    private static final int FLOOD = SOURCES * FROM_EACH;
    private static final int PLACES = FULL ? 1_000 : 100;
    private static final int QUEUE = 60;
    private static final Duration LIMIT = Duration.ofSeconds(FULL ? 120 : 20);
    /** What is asked of the slowest answer; on a busy machine, of a client that shares it with thousands of others. */
    private static final Duration ANSWERED = Duration.ofSeconds(5);

    private final RecordingEvents events = new RecordingEvents();
    private final Set<Peer> flooding = ConcurrentHashMap.newKeySet();

    private ServerBuilder<String> server() {
        return TcpServer.builder(Codec.lines())
                .port(0)
                .events(events)
                .maxConnections(PLACES)
                .maxQueued(QUEUE)
                .queueTimeout(Duration.ofMinutes(2))
                .handler(FromSources::greet);
    }

    private List<Thread> flood(TcpServer server) {
        List<Thread> sources = new ArrayList<>();
        for (int i = 1; i <= SOURCES; i++) {
            String source = "127.0.0." + i;
            sources.add(Thread.ofVirtual().start(() -> come(source, server)));
        }
        return sources;
    }

    private void come(String source, TcpServer server) {
        try {
            for (int i = 0; i < FROM_EACH; i++) {
                var peer = comeFrom(source, server);
                flooding.add(peer);
                Thread.ofVirtual().start(() -> goOnceRefused(peer));
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** All at once would be more than this process may have. */
    private void goOnceRefused(Peer peer) {
        try {
            peer.awaitEnd();
            peer.leave();
            flooding.remove(peer);
        } catch (IOException e) {
            // Served or waiting, and so to the end of the test.
        }
    }

    private void leave() throws IOException {
        for (var peer : flooding) {
            peer.leave();
        }
    }

    @Test
    void exactlyThePlacesAreServedExactlyTheQueueWaitsAndTheRestIsRefused() throws Exception {
        try (var server = server().start()) {
            var over = new AtomicBoolean();
            var tooMany = new ConcurrentLinkedQueue<ServerSnapshot>();
            var auditor = Thread.ofPlatform().start(() -> {
                while (!over.get()) {
                    var now = server.snapshot();
                    if (now.live() > PLACES || now.waiting() > QUEUE
                            || now.accepted() != now.refused() + now.waiting() + now.live() + now.closed()) {
                        tooMany.add(now);
                        // One tells enough, and each has all clients in it.
                        return;
                    }
                }
            });

            for (var source : flood(server)) {
                assertThat(source.join(LIMIT)).isTrue();
            }
            await().atMost(LIMIT).until(() -> server.snapshot().accepted() == FLOOD);
            over.set(true);
            auditor.join();

            assertThat(tooMany).isEmpty();
            assertThat(server.snapshot()).satisfies(end -> {
                assertThat(end.live()).isEqualTo(PLACES);
                assertThat(end.waiting()).isEqualTo(QUEUE);
                assertThat(end.refusedBy()).containsOnly(Map.entry(RefuseReason.QUEUE_FULL, (long) FLOOD - PLACES - QUEUE));
                assertThat(end.acceptErrors()).isZero();
            });
            leave();
        }
    }

    @Test
    void whoIsHereIsAnsweredAllTheWhile() throws Exception {
        try (var server = server().start();
                var here = comeFrom("127.0.0.60", server)) {
            assertThat(here.line()).isEqualTo("hello");
            var sources = flood(server);

            var slowest = Duration.ZERO;
            for (int i = 0; i < 50 || sources.stream().anyMatch(Thread::isAlive); i++) {
                long start = System.nanoTime();
                assertThat(here.send("still here " + i).line()).isEqualTo("still here " + i);
                var took = Duration.ofNanos(System.nanoTime() - start);
                slowest = took.compareTo(slowest) > 0 ? took : slowest;
            }

            assertThat(slowest).isLessThan(ANSWERED);
            await().atMost(LIMIT).until(() -> server.snapshot().accepted() == FLOOD + 1);
            leave();
        }
    }
}
