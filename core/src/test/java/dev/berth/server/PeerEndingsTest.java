package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.berth.connection.TruncatedException;
import dev.berth.framing.Codec;
import dev.berth.framing.FramingException;
import dev.berth.proof.Baseline;
import dev.berth.proof.Peer;
import dev.berth.proof.RecordingEvents;
import dev.berth.proof.Signal;
import dev.berth.transport.CloseReason;
import dev.berth.transport.ConnectionClosedException;

/** How a connection ends when the peer ends it, or sends what it must not. */
@ExtendWith(Baseline.class)
class PeerEndingsTest {
    private final RecordingEvents events = new RecordingEvents();

    private TcpServer echo() throws IOException {
        return serve(client -> client.forEach(client::send));
    }

    private TcpServer serve(Handler<String> handler) throws IOException {
        return TcpServer.builder(Codec.lines().withMaxFrameBytes(1000))
                .port(0)
                .events(events)
                .handler(handler)
                .start();
    }

    /** Its one closed event has come; a second one would be there when the server is closed. */
    private Closed onlyEnd() throws InterruptedException {
        var end = events.nextClosed();
        assertThat(events.seen("closed")).hasSize(1);
        return end;
    }

    @Nested
    class EndOfStream {

        @Test
        void betweenFramesIsPeerClosed() throws Exception {
            try (var server = echo();
                    var peer = Peer.of(server)) {
                assertThat(peer.send("a").line()).isEqualTo("a");
                peer.leave();

                assertThat(onlyEnd()).satisfies(end -> {
                    assertThat(end.reason()).isEqualTo(CloseReason.PEER_CLOSED);
                    assertThat(end.cause()).isNull();
                    assertThat(end.bytesIn()).isEqualTo(2);
                    assertThat(end.bytesOut()).isEqualTo(2);
                    assertThat(end.framesIn()).isEqualTo(1);
                    assertThat(end.framesOut()).isEqualTo(1);
                    assertThat(end.framesUnsent()).isZero();
                });
            }
        }

        @Test
        void insideAFrameIsTruncatedAndDeliversNothingOfIt() throws Exception {
            var lines = new AtomicReference<@Nullable String>();
            try (var server = serve(client -> client.forEach(lines::set));
                    var peer = Peer.of(server)) {
                peer.raw("whole\npart").halfClose();

                assertThat(onlyEnd()).satisfies(end -> {
                    assertThat(end.reason()).isEqualTo(CloseReason.TRUNCATED);
                    assertThat(end.cause()).isInstanceOfSatisfying(
                            TruncatedException.class, e -> assertThat(e.leftOverBytes()).isEqualTo(4));
                });
                assertThat(lines.get()).isEqualTo("whole");
                assertThat(events.seen("handlerFailed")).isEmpty();
            }
        }

        @Test
        void whereAMessageIsExpectedIsAnEofException() throws Exception {
            try (var server = serve(client -> client.send("got " + client.expect() + client.expect()));
                    var peer = Peer.of(server)) {
                peer.send("a").halfClose();

                assertThat(onlyEnd()).satisfies(end -> {
                    assertThat(end.reason()).isEqualTo(CloseReason.PEER_CLOSED);
                    assertThat(end.cause()).isExactlyInstanceOf(EOFException.class);
                });
            }
        }

        @Test
        void afterRequestsStillGetsEveryAnswer() throws Exception {
            int requests = 2_000;
            try (var server = echo();
                    var peer = Peer.of(server)) {
                peer.raw("x\n".repeat(requests)).halfClose();

                assertThat(peer.rest()).hasSize(requests).containsOnly("x");
                assertThat(onlyEnd().framesUnsent()).isZero();
            }
        }
    }

    @Nested
    class Reset {

        @Test
        void duringAReceiveIsPeerReset() throws Exception {
            try (var server = echo();
                    var peer = Peer.of(server)) {
                assertThat(peer.send("a").line()).isEqualTo("a");
                peer.reset();

                assertThat(onlyEnd().reason()).isEqualTo(CloseReason.PEER_RESET);
                assertThat(events.seen("handlerFailed")).isEmpty();
            }
        }

        @Test
        void insideAFrameIsPeerResetAndNotTruncated() throws Exception {
            try (var server = echo();
                    var peer = Peer.of(server)) {
                assertThat(peer.send("a").raw("par").line()).isEqualTo("a");
                peer.reset();

                assertThat(onlyEnd().reason()).isEqualTo(CloseReason.PEER_RESET);
            }
        }

        @Test
        void duringABlockedSendIsPeerResetAndCountsTheFramesNotSent() throws Exception {
            var message = "x".repeat(900);
            try (var server = serve(client -> {
                        while (true) {
                            client.send(message);
                        }
                    });
                    var peer = Peer.to(server.address(), 4_096)) {
                assertThat(peer.line()).isEqualTo(message);
                peer.reset();

                assertThat(onlyEnd()).satisfies(end -> {
                    assertThat(end.reason()).isEqualTo(CloseReason.PEER_RESET);
                    assertThat(end.cause()).isInstanceOf(ConnectionClosedException.class);
                    assertThat(end.framesUnsent()).isPositive();
                    long sentWhole = end.bytesOut() / (message.length() + 1);
                    assertThat(end.framesOut() - end.framesUnsent()).isEqualTo(sentWhole);
                });
            }
        }

        @Test
        void afterAHalfCloseThatWasSeenLeavesTheFirstReason() throws Exception {
            var ended = new Signal();
            var reset = new Signal();
            var failure = new AtomicReference<@Nullable IOException>();
            try (var server = serve(client -> {
                        assertThat(client.receive()).isNull();
                        ended.give();
                        reset.await();
                        try {
                            while (true) {
                                client.send("too late");
                                client.flush();
                            }
                        } catch (IOException e) {
                            failure.set(e);
                        }
                    });
                    var peer = Peer.of(server)) {
                peer.halfClose();
                ended.await();
                peer.reset();
                reset.give();

                assertThat(onlyEnd().reason()).isEqualTo(CloseReason.PEER_CLOSED);
                assertThat(failure.get()).isInstanceOf(ConnectionClosedException.class);
            }
        }
    }

    @Nested
    class WhatMustNotBeSent {

        @Test
        void aFrameTooLargeEndsWithThatReasonAndNothingAfterItIsDelivered() throws Exception {
            var after = new AtomicReference<@Nullable Throwable>();
            try (var server = serve(client -> {
                        assertThatThrownBy(client::receive).isInstanceOf(FramingException.class);
                        try {
                            client.receive();
                        } catch (IOException e) {
                            after.set(e);
                        }
                        client.send("ERROR too large");
                    });
                    var peer = Peer.of(server)) {
                peer.raw("x".repeat(1_100) + "\nnext\n");

                assertThat(peer.rest()).containsExactly("ERROR too large");
                assertThat(onlyEnd().reason()).isEqualTo(CloseReason.FRAME_TOO_LARGE);
                assertThat(after.get()).isInstanceOfSatisfying(ConnectionClosedException.class,
                        e -> assertThat(e.reason()).isEqualTo(CloseReason.FRAME_TOO_LARGE));
            }
        }

        @Test
        void anErrorAnswerReachesAPeerThatIsStillSending() throws Exception {
            for (int round = 0; round < 20; round++) {
                try (var server = serve(client -> {
                            try {
                                client.receive();
                            } catch (FramingException e) {
                                client.send("ERROR");
                            }
                        });
                        var peer = Peer.of(server)) {
                    peer.raw("x".repeat(500_000));

                    assertThat(peer.rest()).containsExactly("ERROR");
                }
            }
        }

        @Test
        void bytesThatAreNoUtf8AreABadFrame() throws Exception {
            try (var server = echo();
                    var peer = Peer.of(server)) {
                peer.socket().getOutputStream().write(new byte[] {'a', (byte) 0xff, '\n'});

                assertThat(peer.rest()).isEmpty();
                assertThat(onlyEnd()).satisfies(end -> {
                    assertThat(end.reason()).isEqualTo(CloseReason.BAD_FRAME);
                    assertThat(end.cause()).isInstanceOf(FramingException.class);
                });
                assertThat(events.seen("handlerFailed")).isEmpty();
            }
        }
    }
}
