package dev.berth.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.berth.framing.Codec;
import dev.berth.proof.Baseline;
import dev.berth.proof.Peer;
import dev.berth.proof.RecordingEvents;
import dev.berth.server.Handler;
import dev.berth.server.ServerBuilder;
import dev.berth.server.TcpServer;
import dev.berth.transport.CloseReason;
import dev.berth.transport.ConnectionClosedException;

/** A peer that does not read slows nobody but itself, and costs a bounded amount of memory. */
@ExtendWith(Baseline.class)
class SlowReaderTest {
    /** So small that the kernel takes little on the reader's behalf. */
    private static final int SMALL_BUFFER = 4_096;

    private final RecordingEvents events = new RecordingEvents();

    private ServerBuilder<String> server(Handler<String> handler) {
        return TcpServer.builder(Codec.lines()).port(0).events(events).handler(handler);
    }

    @Test
    void aHandlerThatSendsAHundredMegabytesToALateReaderWaitsForItAndCompletes() throws Exception {
        int messages = 2_000;
        var message = "x".repeat(50_000);
        try (var server = server(client -> {
                    for (int i = 0; i < messages; i++) {
                        client.send(message);
                    }
                }).start();
                var peer = Peer.of(server)) {
            events.nextOpened();
            long lines = 0;
            while (peer.line() != null) {
                lines++;
                if (lines % 100 == 0) {
                    assertUnsentIsBounded(server, message.length() + 1);
                }
            }
            assertThat(lines).isEqualTo(messages);
            assertThat(events.nextClosed()).satisfies(end -> {
                assertThat(end.reason()).isEqualTo(CloseReason.COMPLETED);
                assertThat(end.framesUnsent()).isZero();
                assertThat(end.bytesOut()).isEqualTo((message.length() + 1L) * messages);
            });
        }
    }

    private static void assertUnsentIsBounded(TcpServer server, int frame) {
        for (var client : server.snapshot().clients()) {
            // Two counters of one moment each: a frame or two may lie between them.
            assertThat(client.framesOut() * frame - client.bytesOut()).isLessThan(4L << 20);
        }
    }

    @Test
    void whoDoesNotReadWhatOthersSendIsCutAtTheHardLimitAndTheSenderIsToldWhy() throws Exception {
        try (var server = server(Connection::receive).maxOutputBytes(200_000).softOutputBytes(200_000).start();
                var deaf = Peer.to(server.address(), SMALL_BUFFER)) {
            @SuppressWarnings("unchecked")
            var client = (Connection<String>) events.nextOpened();
            var message = "x".repeat(60_000);

            var told = sendUntilCut(client, message);

            assertThat(told.reason()).isEqualTo(CloseReason.SLOW_READER);
            assertThat(events.nextClosed().reason()).isEqualTo(CloseReason.SLOW_READER);
            deaf.awaitEnd();
        }
    }

    private static ConnectionClosedException sendUntilCut(Connection<String> client, String message) {
        try {
            while (true) {
                client.send(message);
            }
        } catch (ConnectionClosedException e) {
            return e;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whoStaysAboveTheSoftLimitForTooLongIsCut() throws Exception {
        try (var server = server(Connection::receive)
                        .softOutputBytes(100_000)
                        .softOutputTime(Duration.ofMillis(300))
                        .start();
                var deaf = Peer.to(server.address(), SMALL_BUFFER)) {
            @SuppressWarnings("unchecked")
            var client = (Connection<String>) events.nextOpened();
            // More than the kernel takes (its send buffer grows to 4 MiB at most) and less than the hard limit on top.
            for (int i = 0; i < 60; i++) {
                client.send("x".repeat(60_000));
            }

            assertThat(events.nextClosed().reason()).isEqualTo(CloseReason.SLOW_READER);
            deaf.awaitEnd();
        }
    }

    @Test
    void whoTakesMoreThanTheSoftLimitInTimeIsNotCut() throws Exception {
        var message = "x".repeat(60_000);
        try (var server = server(Connection::receive)
                        .softOutputBytes(100_000)
                        .softOutputTime(Duration.ofSeconds(10))
                        .start();
                var peer = Peer.to(server.address(), SMALL_BUFFER)) {
            @SuppressWarnings("unchecked")
            var client = (Connection<String>) events.nextOpened();
            for (int i = 0; i < 60; i++) {
                client.send(message);
            }
            for (int i = 0; i < 60; i++) {
                assertThat(peer.line()).isEqualTo(message);
            }
            assertThat(client.isOpen()).isTrue();
        }
    }

    @Test
    void inAChatRoomOneThatNeverReadsIsCutAndTheOthersGetEverything() throws Exception {
        int others = 19;
        int messages = 600;
        Set<Connection<String>> room = ConcurrentHashMap.newKeySet();
        try (var server = server(client -> {
                    room.add(client);
                    try {
                        client.forEach(line -> sendToAll(room, line));
                    } finally {
                        room.remove(client);
                    }
                }).start();
                var deaf = Peer.to(server.address(), SMALL_BUFFER)) {
            events.nextOpened();
            var readers = new ArrayList<FutureTask<Integer>>();
            var peers = new ArrayList<Peer>();
            var speaker = Peer.of(server);
            peers.add(speaker);
            events.nextOpened();
            for (int i = 1; i < others; i++) {
                var peer = Peer.of(server);
                peers.add(peer);
                events.nextOpened();
                var reader = new FutureTask<>(() -> count(peer, messages));
                readers.add(reader);
                Thread.ofVirtual().start(reader);
            }
            await().atMost(Duration.ofSeconds(20)).until(() -> room.size() == others + 1);
            var line = "x".repeat(20_000);
            for (int i = 0; i < messages; i++) {
                assertThat(speaker.send(line).line()).isEqualTo(line);
            }
            for (var reader : readers) {
                assertThat(reader.get(30, TimeUnit.SECONDS)).isEqualTo(messages);
            }
            assertThat(events.nextClosed()).satisfies(end -> {
                assertThat(end.reason()).isEqualTo(CloseReason.SLOW_READER);
                assertThat(end.peer().getPort()).isEqualTo(deaf.port());
            });
            assertThat(events.seen("closed")).hasSize(1);
            for (var peer : peers) {
                peer.close();
            }
        }
    }

    private static void sendToAll(Set<Connection<String>> room, String line) {
        for (var member : room) {
            try {
                member.send(line);
            } catch (IOException gone) {
                // Its own handler takes it out.
            }
        }
    }

    private static int count(Peer peer, int messages) throws IOException {
        int n = 0;
        while (n < messages && Objects.nonNull(peer.line())) {
            n++;
        }
        return n;
    }
}
