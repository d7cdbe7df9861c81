package dev.berth.server;

import static dev.berth.server.FromSources.comeAndGo;
import static dev.berth.server.FromSources.comeFrom;
import static dev.berth.server.FromSources.isQuiet;
import static dev.berth.server.FromSources.leave;
import static dev.berth.server.FromSources.refused;
import static dev.berth.server.FromSources.served;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.berth.framing.Codec;
import dev.berth.proof.Baseline;
import dev.berth.proof.RecordingEvents;

/** Limits that change while the server runs. FAULTS E19. */
@ExtendWith(Baseline.class)
class ChangingLimitsTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final RecordingEvents events = new RecordingEvents();

    private ServerBuilder<String> server() {
        return TcpServer.builder(Codec.lines()).port(0).events(events).handler(FromSources::greet);
    }

    @Test
    void aLimitThatIsLoweredCutsNobodyAndHoldsForWhoComesNext() throws Exception {
        try (var server = server().start()) {
            var peers = served(server, "127.0.0.2", 3);

            server.limits(server.limits().maxPerIp(2));

            refused(events, server, "127.0.0.2", RefuseReason.PER_IP);
            for (var peer : peers) {
                assertThat(peer.send("still here").line()).isEqualTo("still here");
            }
            peers.removeFirst().leave();
            peers.removeFirst().leave();
            await().atMost(LIMIT).until(() -> server.snapshot().live() == 1);
            peers.addAll(served(server, "127.0.0.2", 1));
            refused(events, server, "127.0.0.2", RefuseReason.PER_IP);
            leave(peers);
        }
    }

    @Test
    void aSubnetLimitWithOtherBitsCountsWhoIsHereAlready() throws Exception {
        try (var server = server().start()) {
            var peers = served(server, "127.0.0.2", 1);
            peers.addAll(served(server, "127.0.1.2", 1));

            server.limits(server.limits().subnetBits(16, 48).maxPerSubnet(2));
            refused(events, server, "127.0.2.2", RefuseReason.PER_SUBNET);

            server.limits(server.limits().subnetBits(24, 48));
            peers.addAll(served(server, "127.0.2.2", 1));
            leave(peers);
            await().atMost(LIMIT).until(() -> isQuiet(server));
            leave(served(server, "127.0.0.2", 2));
        }
    }

    @Test
    void placesThatAreAddedGoToWhoWaits() throws Exception {
        try (var server = server().maxConnections(1).queueTimeout(LIMIT).start()) {
            var peers = served(server, "127.0.0.2", 1);
            try (var second = comeFrom("127.0.0.3", server); var third = comeFrom("127.0.0.4", server)) {
                await().atMost(LIMIT).until(() -> server.snapshot().waiting() == 2);

                server.limits(server.limits().maxConnections(3));

                assertThat(second.line()).isEqualTo("hello");
                assertThat(third.line()).isEqualTo("hello");
                assertThat(server.snapshot().live()).isEqualTo(3);
            }
            leave(peers);
        }
    }

    @Test
    void withFewerPlacesNobodyEntersUntilThereIsRoom() throws Exception {
        try (var server = server().maxConnections(3).queueTimeout(LIMIT).start()) {
            var peers = served(server, "127.0.0.2", 3);
            server.limits(server.limits().maxConnections(1));
            try (var waiting = comeFrom("127.0.0.3", server)) {
                assertThat(events.nextWaiting()).isEqualTo(1);
                for (int live = 2; live > 0; live--) {
                    peers.removeFirst().leave();
                    int left = live;
                    await().atMost(LIMIT).until(() -> server.snapshot().live() == left);
                    assertThat(server.snapshot().waiting()).isEqualTo(1);
                }
                leave(peers);
                assertThat(waiting.line()).isEqualTo("hello");
            }
        }
    }

    @Test
    void limitsThatAreNotAllowedChangeNothing() throws Exception {
        try (var server = server().whenFull(WhenFull.REPLACE).start()) {
            assertThatIllegalArgumentException().isThrownBy(() -> server.limits(Limits.DEFAULT.maxPerIp(0)))
                    .withMessage("maxPerIp is 0, allowed are 1 to 10000000");
            assertThatIllegalArgumentException().isThrownBy(() -> server.limits(Limits.DEFAULT.maxQueued(0)))
                    .withMessage("maxQueued is 0, allowed are 1 to 10000000");
            assertThat(server.limits()).isEqualTo(Limits.DEFAULT);
        }
    }

    /** FAULTS E19: other limits ten thousand times while clients come and go; the ledger balances and nothing stays counted. */
    @Test
    void flippedTenThousandTimesUnderLoadNothingBreaksOrLeaks() throws Exception {
        try (var server = server().queueTimeout(Duration.ofMillis(100)).start()) {
            var stop = new AtomicBoolean();
            List<Thread> load = new ArrayList<>();
            for (int i = 1; i <= 6; i++) {
                String source = "127.0.0." + i;
                load.add(Thread.ofVirtual().start(() -> {
                    while (!stop.get()) {
                        comeAndGo(server, source, 3);
                    }
                }));
            }
            await().atMost(LIMIT).until(() -> server.snapshot().closed() > 0);
            for (int i = 0; i < 10_000; i++) {
                server.limits(flipped(i));
                var now = server.snapshot();
                assertThat(now.accepted()).isEqualTo(now.refused() + now.waiting() + now.live() + now.closed());
            }
            server.limits(Limits.DEFAULT);
            long before = server.snapshot().accepted();
            await().atMost(LIMIT).until(() -> server.snapshot().accepted() > before + 20);
            stop.set(true);
            for (var thread : load) {
                assertThat(thread.join(Duration.ofSeconds(30))).isTrue();
            }
            await().atMost(LIMIT).until(() -> isQuiet(server));

            server.limits(Limits.DEFAULT.maxPerIp(1).maxPerSubnet(1));
            for (int i = 1; i <= 6; i++) {
                leave(served(server, "127.0.0." + i, 1));
                await().atMost(LIMIT).until(() -> isQuiet(server));
            }
            assertThat(server.snapshot().acceptErrors()).isZero();
        }
    }

    private static Limits flipped(int round) {
        var limits = Limits.DEFAULT.maxConnections(1 + round % 5).maxQueued(round % 3);
        return switch (round % 4) {
            case 0 -> limits.maxPerIp(1 + round % 2);
            case 1 -> limits.maxPerSubnet(1 + round % 4).subnetBits(8 + round % 24, 48);
            case 2 -> limits.deny(Cidr.of("127.0.0.3")).maxConnectRate(1 + round % 50);
            default -> limits.allow(Cidr.of("127.0.0.0/30"));
        };
    }
}
