package dev.berth.server;

import static dev.berth.server.FromSources.comeAndGo;
import static dev.berth.server.FromSources.comeFrom;
import static dev.berth.server.FromSources.isQuiet;
import static dev.berth.server.FromSources.leave;
import static dev.berth.server.FromSources.refused;
import static dev.berth.server.FromSources.served;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.berth.framing.Codec;
import dev.berth.proof.Baseline;
import dev.berth.proof.RecordingEvents;

/** Who counts for a source, and from when on no longer. FAULTS A2. */
@ExtendWith(Baseline.class)
class SourcesTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final RecordingEvents events = new RecordingEvents();

    private ServerBuilder<String> server() {
        return TcpServer.builder(Codec.lines()).port(0).events(events).handler(FromSources::greet);
    }

    @Test
    void whoWaitsCountsAndNoLongerOnceItHasLeft() throws Exception {
        try (var server = server().maxConnections(1).maxPerIp(2).queueTimeout(LIMIT).start()) {
            var peers = served(server, "127.0.0.2", 1);
            try (var waiting = comeFrom("127.0.0.2", server)) {
                assertThat(events.nextWaiting()).isEqualTo(1);
                refused(events, server, "127.0.0.2", RefuseReason.PER_IP);
                waiting.reset();
            }
            assertThat(events.nextRefused().reason()).isEqualTo(RefuseReason.LEFT);
            assertThat(server.snapshot().refusedBy())
                    .containsOnly(Map.entry(RefuseReason.PER_IP, 1L), Map.entry(RefuseReason.LEFT, 1L));
            try (var again = comeFrom("127.0.0.2", server)) {
                assertThat(events.nextWaiting()).isEqualTo(1);
                leave(peers);
                assertThat(again.line()).isEqualTo("hello");
            }
        }
    }

    @Test
    void whoTimedOutOrWasReplacedNoLongerCounts() throws Exception {
        try (var server = server().maxConnections(1).maxPerIp(2).queueTimeout(Duration.ofMillis(50)).start()) {
            var peers = served(server, "127.0.0.2", 1);
            for (int i = 0; i < 3; i++) {
                refused(events, server, "127.0.0.2", RefuseReason.QUEUE_TIMEOUT);
            }
            assertThat(server.snapshot().refusedBy()).containsOnly(Map.entry(RefuseReason.QUEUE_TIMEOUT, 3L));
            leave(peers);
        }
    }

    @Test
    void aClientWhoseThreadCannotBeStartedNoLongerCounts() throws Exception {
        var transport = new StagedTransport();
        transport.starting(_ -> {
            throw new OutOfMemoryError("unable to create native thread");
        });
        try (var server = server().maxPerIp(1).transport(transport).start()) {
            for (int i = 0; i < 3; i++) {
                try (var lost = comeFrom("127.0.0.2", server)) {
                    lost.awaitEnd();
                }
            }
            transport.starting(Thread::start);

            leave(served(server, "127.0.0.2", 1));
        }
    }

    @Test
    void aThousandComingAndGoingLeaveNothingCounted() throws Exception {
        try (var server = server().maxPerIp(4).maxConnections(6).maxQueued(3).start()) {
            List<Thread> sources = new ArrayList<>();
            for (int i = 1; i <= 8; i++) {
                String source = "127.0.0." + i;
                sources.add(Thread.ofVirtual().start(() -> comeAndGo(server, source, 150)));
            }
            for (var source : sources) {
                assertThat(source.join(Duration.ofSeconds(30))).isTrue();
            }
            await().atMost(LIMIT).until(() -> isQuiet(server));
            server.limits(server.limits().maxPerSubnet(4));

            for (int i = 1; i <= 8; i++) {
                var peers = served(server, "127.0.0." + i, 4);
                leave(peers);
                await().atMost(LIMIT).until(() -> isQuiet(server));
            }
        }
    }
}
