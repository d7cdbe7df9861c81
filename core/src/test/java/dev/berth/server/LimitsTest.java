package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.berth.connection.Connection;
import dev.berth.framing.Codec;
import dev.berth.proof.Baseline;
import dev.berth.proof.Peer;
import dev.berth.proof.RecordingEvents;

/** Who may come and how much of the server one source may take, with real clients from 127.0.0.1 and on. FAULTS A1, A2, E19. */
@ExtendWith(Baseline.class)
class LimitsTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final RecordingEvents events = new RecordingEvents();

    private ServerBuilder<String> server() {
        return TcpServer.builder(Codec.lines()).port(0).events(events).handler(LimitsTest::greet);
    }

    private static void greet(Connection<String> client) throws Exception {
        client.send("hello");
        client.forEach(client::send);
    }

    private static Peer from(String source, TcpServer server) throws IOException {
        return Peer.over(new Socket(server.address().getAddress(), server.port(), InetAddress.ofLiteral(source), 0));
    }

    private static void leave(List<Peer> peers) throws IOException {
        for (var peer : peers) {
            peer.leave();
        }
        peers.clear();
    }

    private static List<Peer> served(TcpServer server, String source, int count) throws IOException {
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            var peer = from(source, server);
            assertThat(peer.line()).isEqualTo("hello");
            peers.add(peer);
        }
        return peers;
    }

    private void refused(TcpServer server, String source, RefuseReason reason) throws IOException, InterruptedException {
        try (var peer = from(source, server)) {
            peer.awaitEnd();
            assertThat(events.nextRefused().reason()).isEqualTo(reason);
        }
    }

    @Nested
    class TheLadder {

        @Test
        void whoIsDeniedIsRefusedAndOthersAreServed() throws Exception {
            try (var server = server().deny(Cidr.of("127.0.0.8/29")).busyNotice("BUSY").start()) {
                try (var denied = from("127.0.0.9", server)) {
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

                refused(server, "127.0.0.3", RefuseReason.NOT_ALLOWED);
            }
        }

        @Test
        void whoIsOnBothListsIsDenied() throws Exception {
            try (var server = server().allow(Cidr.of("127.0.0.0/8")).deny(Cidr.of("127.0.0.2")).start()) {
                refused(server, "127.0.0.2", RefuseReason.DENIED);
            }
        }

        @Test
        void oneAddressHasAsManyAsItMayAndOneMoreIsRefused() throws Exception {
            try (var server = server().maxPerIp(3).start()) {
                var peers = served(server, "127.0.0.2", 3);

                refused(server, "127.0.0.2", RefuseReason.PER_IP);
                peers.addAll(served(server, "127.0.0.3", 3));
                peers.removeFirst().leave();
                await().atMost(LIMIT).until(() -> server.snapshot().live() == 5);
                peers.addAll(served(server, "127.0.0.2", 1));
                refused(server, "127.0.0.2", RefuseReason.PER_IP);
                leave(peers);
            }
        }

        @Test
        void oneSubnetHasAsManyAsItMayAndOneMoreIsRefused() throws Exception {
            try (var server = server().maxPerSubnet(2).subnetBits(30, 48).start()) {
                var peers = served(server, "127.0.0.4", 1);
                peers.addAll(served(server, "127.0.0.7", 1));

                refused(server, "127.0.0.5", RefuseReason.PER_SUBNET);
                peers.addAll(served(server, "127.0.0.8", 2));
                leave(peers);
            }
        }

        @Test
        void anAddressThatConnectsTooOftenIsRefusedAndOthersAreServed() throws Exception {
            // One a second, so that no slow machine refills the bucket between two connects.
            try (var server = server().maxConnectRate(1).start()) {
                int served = 0;
                for (int i = 0; i < 50; i++) {
                    try (var peer = from("127.0.0.2", server)) {
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
                    peers.add(from("127.0.0." + (1 + i % 50), server));
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
                    refused(server, "127.0.0.2", RefuseReason.PER_IP);
                }
                peers.addAll(served(server, "127.0.0.3", 1));

                refused(server, "127.0.0.4", RefuseReason.PER_SUBNET);
                leave(peers);
            }
        }
    }

    @Nested
    class CountingSources {

        @Test
        void whoWaitsCountsAndNoLongerOnceItHasLeft() throws Exception {
            try (var server = server().maxConnections(1).maxPerIp(2).queueTimeout(LIMIT).start()) {
                var peers = served(server, "127.0.0.2", 1);
                try (var waiting = from("127.0.0.2", server)) {
                    assertThat(events.nextWaiting()).isEqualTo(1);
                    refused(server, "127.0.0.2", RefuseReason.PER_IP);
                    waiting.reset();
                }
                assertThat(events.nextRefused().reason()).isEqualTo(RefuseReason.LEFT);
                try (var again = from("127.0.0.2", server)) {
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
                    refused(server, "127.0.0.2", RefuseReason.QUEUE_TIMEOUT);
                }
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
                    try (var lost = from("127.0.0.2", server)) {
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

    private static boolean isQuiet(TcpServer server) {
        return server.snapshot().live() == 0 && server.snapshot().waiting() == 0;
    }

    private static void comeAndGo(TcpServer server, String source, int times) {
        for (int i = 0; i < times; i++) {
            try (var peer = from(source, server)) {
                switch (i % 3) {
                    case 0 -> peer.send("x").halfClose().awaitEnd();
                    case 1 -> peer.reset();
                    default -> peer.raw("no line end").halfClose().awaitEnd();
                }
            } catch (IOException refused) {
                // A reset is an end like any other here.
            }
        }
    }

    @Nested
    class ChangedWhileRunning {

        @Test
        void aLimitThatIsLoweredCutsNobodyAndHoldsForWhoComesNext() throws Exception {
            try (var server = server().start()) {
                var peers = served(server, "127.0.0.2", 3);

                server.limits(server.limits().maxPerIp(2));

                refused(server, "127.0.0.2", RefuseReason.PER_IP);
                for (var peer : peers) {
                    assertThat(peer.send("still here").line()).isEqualTo("still here");
                }
                peers.removeFirst().leave();
                peers.removeFirst().leave();
                await().atMost(LIMIT).until(() -> server.snapshot().live() == 1);
                peers.addAll(served(server, "127.0.0.2", 1));
                refused(server, "127.0.0.2", RefuseReason.PER_IP);
                leave(peers);
            }
        }

        @Test
        void aSubnetLimitWithOtherBitsCountsWhoIsHereAlready() throws Exception {
            try (var server = server().start()) {
                var peers = served(server, "127.0.0.2", 1);
                peers.addAll(served(server, "127.0.1.2", 1));

                server.limits(server.limits().subnetBits(16, 48).maxPerSubnet(2));
                refused(server, "127.0.2.2", RefuseReason.PER_SUBNET);

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
                try (var second = from("127.0.0.3", server); var third = from("127.0.0.4", server)) {
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
                try (var waiting = from("127.0.0.3", server)) {
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

    @Nested
    class Pacing {

        private static final int RATE = 20;

        /** Sends so many lines as fast as it can; returns how long they took to come back, and checks that all did. */
        private static Duration echoed(Peer peer, int lines) throws IOException {
            String[] many = new String[lines];
            for (int i = 0; i < lines; i++) {
                many[i] = "line " + i;
            }
            long start = System.nanoTime();
            peer.send(many);
            for (String line : many) {
                assertThat(peer.line()).isEqualTo(line);
            }
            return Duration.ofNanos(System.nanoTime() - start);
        }

        @Test
        void whoSendsTooManyFramesIsReadLaterAndLosesNothing() throws Exception {
            try (var server = server().maxFramesPerSecond(RATE).start(); var fast = from("127.0.0.2", server);
                    var other = from("127.0.0.3", server)) {
                assertThat(fast.line()).isEqualTo("hello");
                assertThat(other.line()).isEqualTo("hello");

                // A second's worth comes at once, as much again takes a second.
                assertThat(echoed(fast, 2 * RATE + 1)).isGreaterThan(Duration.ofMillis(900));
                assertThat(echoed(other, 5)).as("another client").isLessThan(Duration.ofMillis(900));
                assertThat(server.snapshot().live()).isEqualTo(2);
            }
        }

        @Test
        void whoSendsTooManyBytesIsReadLaterAndLosesNothing() throws Exception {
            try (var server = server().maxBytesPerSecond(300).start(); var fast = from("127.0.0.2", server)) {
                assertThat(fast.line()).isEqualTo("hello");

                // Ninety lines of seven or eight bytes.
                assertThat(echoed(fast, 90)).isGreaterThan(Duration.ofMillis(900));
            }
        }

        @Test
        void aLimitSetLaterHoldsForWhoComesNext() throws Exception {
            try (var server = server().start(); var before = from("127.0.0.2", server)) {
                assertThat(before.line()).isEqualTo("hello");
                server.limits(server.limits().maxFramesPerSecond(1));
                try (var after = from("127.0.0.2", server)) {
                    assertThat(after.line()).isEqualTo("hello");
                    assertThat(echoed(after, 3)).isGreaterThan(Duration.ofMillis(900));
                }
                assertThat(echoed(before, 50)).isLessThan(Duration.ofSeconds(10));
            }
        }

        @Test
        void aClientThatIsReadLaterIsCutAtOnceAllTheSame() throws Exception {
            try (var server = server().maxFramesPerSecond(1).start(); var fast = from("127.0.0.2", server)) {
                assertThat(fast.line()).isEqualTo("hello");
                fast.send("a".repeat(10), "b\n".repeat(1_000));
                assertThat(fast.line()).isEqualTo("a".repeat(10));

                assertThat(server.close(1)).isTrue();

                assertThat(events.nextClosed().framesIn()).isLessThan(20);
            }
        }
    }
}
