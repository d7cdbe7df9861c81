package dev.berth.server;

import static dev.berth.server.FromSources.comeFrom;
import static dev.berth.server.FromSources.leave;
import static dev.berth.server.FromSources.refused;
import static dev.berth.server.FromSources.served;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.berth.framing.Codec;
import dev.berth.proof.Baseline;
import dev.berth.proof.Peer;
import dev.berth.proof.RecordingEvents;

/** Who may come and how much of the server one source may take, rung by rung. FAULTS A1, A2. */
@ExtendWith(Baseline.class)
class LimitsTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final RecordingEvents events = new RecordingEvents();

    private ServerBuilder<String> server() {
        return TcpServer.builder(Codec.lines()).port(0).events(events).handler(FromSources::greet);
    }

    @Test
    void whoIsDeniedIsRefusedAndOthersAreServed() throws Exception {
        try (var server = server().deny(Cidr.of("127.0.0.8/29")).busyNotice("BUSY").start()) {
            try (var denied = comeFrom("127.0.0.9", server)) {
                assertThat(events.nextRefused().reason()).isEqualTo(RefuseReason.DENIED);
                denied.awaitEnd();
            }
            leave(served(server, "127.0.0.7", 1));
            leave(served(server, "127.0.0.16", 1));

            assertThat(server.snapshot().refusedBy()).containsOnly(Map.entry(RefuseReason.DENIED, 1L));
        }
    }

    @Test
    void whereThereIsAListOnlyWhoIsOnItIsServed() throws Exception {
        try (var server = server().allow(Cidr.of("127.0.0.2"), Cidr.of("fd00::/8")).start()) {
            leave(served(server, "127.0.0.2", 1));

            refused(events, server, "127.0.0.3", RefuseReason.NOT_ALLOWED);
            assertThat(server.snapshot().refusedBy()).containsOnly(Map.entry(RefuseReason.NOT_ALLOWED, 1L));
        }
    }

    @Test
    void whoIsOnBothListsIsDenied() throws Exception {
        try (var server = server().allow(Cidr.of("127.0.0.0/8")).deny(Cidr.of("127.0.0.2")).start()) {
            refused(events, server, "127.0.0.2", RefuseReason.DENIED);
            assertThat(server.snapshot().refusedBy()).containsOnly(Map.entry(RefuseReason.DENIED, 1L));
        }
    }

    @Test
    void oneAddressHasAsManyAsItMayAndOneMoreIsRefused() throws Exception {
        try (var server = server().maxPerIp(3).start()) {
            var peers = served(server, "127.0.0.2", 3);

            refused(events, server, "127.0.0.2", RefuseReason.PER_IP);
            peers.addAll(served(server, "127.0.0.3", 3));
            peers.removeFirst().leave();
            await().atMost(LIMIT).until(() -> server.snapshot().live() == 5);
            peers.addAll(served(server, "127.0.0.2", 1));
            refused(events, server, "127.0.0.2", RefuseReason.PER_IP);
            assertThat(server.snapshot().refusedBy()).containsOnly(Map.entry(RefuseReason.PER_IP, 2L));
            leave(peers);
        }
    }

    @Test
    void oneSubnetHasAsManyAsItMayAndOneMoreIsRefused() throws Exception {
        try (var server = server().maxPerSubnet(2).subnetBits(30, 48).start()) {
            var peers = served(server, "127.0.0.4", 1);
            peers.addAll(served(server, "127.0.0.7", 1));

            refused(events, server, "127.0.0.5", RefuseReason.PER_SUBNET);
            peers.addAll(served(server, "127.0.0.8", 2));
            assertThat(server.snapshot().refusedBy()).containsOnly(Map.entry(RefuseReason.PER_SUBNET, 1L));
            leave(peers);
        }
    }

    @Test
    void anAddressThatConnectsTooOftenIsRefusedAndOthersAreServed() throws Exception {
        // One a second, so that no slow machine refills the bucket between two connects.
        try (var server = server().maxConnectRate(1).start()) {
            int served = 0;
            for (int i = 0; i < 50; i++) {
                try (var peer = comeFrom("127.0.0.2", server)) {
                    served += "hello".equals(peer.line()) ? 1 : 0;
                } catch (IOException reset) {
                    // A refusal.
                }
            }
            leave(served(server, "127.0.0.3", 1));

            var refusedBy = server.snapshot().refusedBy();
            assertThat(served).isBetween(1, 30);
            assertThat(refusedBy).containsOnly(Map.entry(RefuseReason.CONNECT_RATE, 50L - served));
        }
    }

    @Test
    void aFloodFromFiftyAddressesIsServedAsFarAsEachMayAndCountedExactly() throws Exception {
        try (var server = server().maxPerIp(2).maxConnections(90).whenFull(WhenFull.REFUSE).start()) {
            List<Peer> peers = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                peers.add(comeFrom("127.0.0." + (1 + i % 50), server));
            }
            await().atMost(LIMIT).until(() -> server.snapshot().accepted() == 200);

            var all = server.snapshot();
            assertThat(all.live()).isEqualTo(90);
            assertThat(all.refusedBy().keySet()).containsExactlyInAnyOrder(RefuseReason.PER_IP, RefuseReason.FULL);
            assertThat(all.refused()).isEqualTo(110);
            // Forty addresses have all they may after two rounds; ten have one client each when the places are gone.
            assertThat(all.refusedBy()).containsEntry(RefuseReason.PER_IP, 80L).containsEntry(RefuseReason.FULL, 30L);
            leave(peers);
        }
    }

    @Test
    void whoIsRefusedByARungDoesNotCountOnTheNext() throws Exception {
        try (var server = server().maxPerIp(1).maxPerSubnet(2).start()) {
            var peers = served(server, "127.0.0.2", 1);
            for (int i = 0; i < 5; i++) {
                refused(events, server, "127.0.0.2", RefuseReason.PER_IP);
            }
            peers.addAll(served(server, "127.0.0.3", 1));

            refused(events, server, "127.0.0.4", RefuseReason.PER_SUBNET);
            assertThat(server.snapshot().refusedBy())
                    .containsOnly(Map.entry(RefuseReason.PER_IP, 5L), Map.entry(RefuseReason.PER_SUBNET, 1L));
            leave(peers);
        }
    }
}
