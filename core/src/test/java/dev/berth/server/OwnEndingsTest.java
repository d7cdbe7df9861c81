package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.berth.connection.Connection;
import dev.berth.framing.Codec;
import dev.berth.proof.Baseline;
import dev.berth.proof.Peer;
import dev.berth.proof.RecordingEvents;
import dev.berth.proof.Signal;
import dev.berth.transport.CloseReason;
import dev.berth.transport.ConnectionClosedException;

/** How a connection ends when our own side ends it. */
@ExtendWith(Baseline.class)
@SuppressWarnings("try") // what is closed twice here is closed twice on purpose
class OwnEndingsTest {
    private static final int SMALL_BUFFER = 4_096;

    private final RecordingEvents events = new RecordingEvents();
    private final AtomicReference<@Nullable Connection<String>> served = new AtomicReference<>();

    private TcpServer serve(Handler<String> handler) throws IOException {
        return TcpServer.builder(Codec.lines())
                .port(0)
                .events(events)
                .handler(client -> {
                    served.set(client);
                    client.send("hello");
                    client.flush();
                    handler.handle(client);
                })
                .start();
    }

    private Connection<String> connection() {
        return Objects.requireNonNull(served.get());
    }

    private Closed onlyEnd() throws InterruptedException {
        var end = events.nextClosed();
        assertThat(events.seen("closed")).hasSize(1);
        return end;
    }

    @Nested
    class ByTheHandler {

        @Test
        void returningIsCompletedAndFlushesWhatWasSent() throws Exception {
            try (var server = serve(client -> client.send("bye"));
                    var peer = Peer.of(server)) {
                assertThat(peer.rest()).containsExactly("hello", "bye");
                assertThat(onlyEnd().reason()).isEqualTo(CloseReason.COMPLETED);
            }
        }

        @Test
        void throwingIsHandlerErrorAndHarmsNobodyElse() throws Exception {
            Handler<String> handler = client -> client.forEach(line -> {
                if (line.equals("fail")) {
                    throw new IllegalArgumentException("on purpose");
                }
                client.send(line);
            });
            try (var server = serve(handler);
                    var failing = Peer.of(server);
                    var other = Peer.of(server)) {
                assertThat(other.line()).isEqualTo("hello");
                failing.send("last", "fail");

                assertThat(failing.rest()).containsExactly("hello", "last");
                var end = onlyEnd();
                assertThat(end.reason()).isEqualTo(CloseReason.HANDLER_ERROR);
                assertThat(end.cause()).hasMessage("on purpose");
                assertThat(events.nextHandlerError()).hasMessage("on purpose");
                assertThat(other.send("a").line()).isEqualTo("a");
            }
        }

        @Test
        void throwingAnErrorIsNoDifferent() throws Exception {
            try (var server = serve(client -> {
                        throw new StackOverflowError("on purpose");
                    });
                    var peer = Peer.of(server)) {
                assertThat(peer.rest()).containsExactly("hello");
                assertThat(onlyEnd().reason()).isEqualTo(CloseReason.HANDLER_ERROR);
                assertThat(events.nextHandlerError()).isInstanceOf(StackOverflowError.class);
            }
        }

        @Test
        void closingTwiceIsHarmlessAndUsingItAfterwardsSaysWhy() throws Exception {
            var failure = new AtomicReference<@Nullable IOException>();
            try (var server = serve(client -> {
                        client.close();
                        client.close();
                        try {
                            client.send("too late");
                        } catch (IOException e) {
                            failure.set(e);
                        }
                    });
                    var peer = Peer.of(server)) {
                assertThat(peer.rest()).containsExactly("hello");
                assertThat(onlyEnd().reason()).isEqualTo(CloseReason.COMPLETED);
                assertThat(failure.get()).isInstanceOfSatisfying(ConnectionClosedException.class,
                        e -> assertThat(e.reason()).isEqualTo(CloseReason.COMPLETED));
            }
        }

        @Test
        void receivingAfterClosingSaysWhyAlthoughMoreHasCome() throws Exception {
            var failures = new LinkedBlockingQueue<Throwable>();
            try (var server = serve(client -> {
                        client.receive();
                        var other = client.switchTo(Codec.lines());
                        client.close();
                        failures.add(catchThrowable(other::receive));
                        failures.add(catchThrowable(() -> other.receive(Duration.ofMillis(1))));
                    });
                    var peer = Peer.of(server).send("first", "more")) {
                assertThat(peer.rest()).containsExactly("hello");
                peer.leave();

                assertThat(onlyEnd().reason()).isEqualTo(CloseReason.COMPLETED);
                assertThat(failures).hasSize(2).allSatisfy(failure -> assertThat(failure)
                        .isInstanceOfSatisfying(ConnectionClosedException.class,
                                e -> assertThat(e.reason()).isEqualTo(CloseReason.COMPLETED)));
            }
        }

        @Test
        void abortingDropsTheConnectionAndItsDescriptorAtOnce() throws Exception {
            var go = new Signal();
            var gone = new Signal();
            var done = new Signal();
            try (var server = serve(client -> {
                        go.await();
                        client.abort();
                        gone.give();
                        done.await();
                    });
                    var peer = Peer.of(server)) {
                assertThat(peer.line()).isEqualTo("hello");
                long open = Baseline.descriptors();
                go.give();
                gone.await();
                assertThat(Baseline.descriptors()).isEqualTo(open - 1);
                peer.awaitEnd();
                done.give();
                assertThat(onlyEnd().reason()).isEqualTo(CloseReason.ABORTED);
            }
        }
    }

    @Nested
    class ByAnotherThread {

        @Test
        void closingEndsTheReceiveThatWaits() throws Exception {
            try (var server = serve(Connection::receive);
                    var peer = Peer.of(server)) {
                assertThat(peer.line()).isEqualTo("hello");
                connection().close();

                assertThat(peer.line()).isNull();
                assertThat(onlyEnd().reason()).isEqualTo(CloseReason.COMPLETED);
            }
        }

        @Test
        void closingHoldsUpTheEndOfAHandlerThatReturnsUntilTheLastBytesAreOut() throws Exception {
            int messages = 30;
            var message = "x".repeat(60_000);
            var handling = new AtomicReference<@Nullable Thread>();
            var returns = new Signal();
            try (var server = TcpServer.builder(Codec.lines()).port(0).events(events).sendBufferBytes(SMALL_BUFFER)
                            .handler(client -> {
                                handling.set(Thread.currentThread());
                                Thread.ofVirtual().start(() -> sayAndClose(client, message, messages));
                                await().until(() -> !client.isOpen());
                                returns.give();
                            }).start();
                    var late = Peer.to(server.address(), SMALL_BUFFER)) {
                returns.await();
                await().until(() -> waitsOrHasEnded(Objects.requireNonNull(handling.get())));

                assertThat(events.seen("closed")).isEmpty();
                assertThat(server.snapshot().live()).isEqualTo(1);
                assertThat(late.rest()).hasSize(messages);
                assertThat(onlyEnd()).satisfies(end -> {
                    assertThat(end.reason()).isEqualTo(CloseReason.COMPLETED);
                    assertThat(end.framesUnsent()).isZero();
                });
            }
        }

        @Test
        void closingIsNotWaitedForByWhoIsInterruptedItEndsNow() throws Exception {
            var message = "x".repeat(60_000);
            try (var server = TcpServer.builder(Codec.lines()).port(0).events(events).sendBufferBytes(SMALL_BUFFER)
                            .handler(client -> {
                                Thread.ofVirtual().start(() -> sayAndClose(client, message, 30));
                                await().until(() -> !client.isOpen());
                                Thread.currentThread().interrupt();
                                client.close();
                            }).start();
                    var deaf = Peer.to(server.address(), SMALL_BUFFER)) {
                long start = System.nanoTime();

                assertThat(onlyEnd().framesUnsent()).isPositive();
                // What is sent may take 10 s.
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
                deaf.awaitEnd();
            }
        }

        private static void sayAndClose(Connection<String> client, String message, int times) {
            try (client) {
                for (int i = 0; i < times; i++) {
                    client.send(message);
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        private static boolean waitsOrHasEnded(Thread thread) {
            return switch (thread.getState()) {
                case WAITING, TIMED_WAITING, TERMINATED -> true;
                case NEW, RUNNABLE, BLOCKED -> false;
            };
        }

        @Test
        void abortingEndsTheReceiveThatWaits() throws Exception {
            try (var server = serve(Connection::receive);
                    var peer = Peer.of(server)) {
                assertThat(peer.line()).isEqualTo("hello");
                connection().abort();

                peer.awaitEnd();
                var end = onlyEnd();
                assertThat(end.reason()).isEqualTo(CloseReason.ABORTED);
                assertThat(end.cause()).isInstanceOf(ConnectionClosedException.class);
                assertThat(events.seen("handlerFailed")).isEmpty();
            }
        }

        @Test
        void theAdminClosesOneClientByItsNumber() throws Exception {
            try (var server = serve(Connection::receive);
                    var peer = Peer.of(server);
                    var other = Peer.of(server)) {
                assertThat(peer.line()).isEqualTo("hello");
                assertThat(other.line()).isEqualTo("hello");
                long id = server.snapshot().clients().stream()
                        .filter(client -> client.remoteAddress().getPort() == peer.port())
                        .findFirst().orElseThrow().id();

                assertThat(server.close(id)).isTrue();

                peer.awaitEnd();
                assertThat(onlyEnd()).satisfies(end -> {
                    assertThat(end.id()).isEqualTo(id);
                    assertThat(end.reason()).isEqualTo(CloseReason.CLOSED_BY_ADMIN);
                });
                assertThat(server.close(id)).isFalse();
                assertThat(server.snapshot().live()).isEqualTo(1);
            }
        }

        @Test
        void theAdminInterruptsAHandlerThatWaitsForSomethingElse() throws Exception {
            var elsewhere = new Signal();
            try (var server = serve(client -> {
                        elsewhere.give();
                        new LinkedBlockingQueue<String>().take();
                    });
                    var peer = Peer.of(server)) {
                assertThat(peer.line()).isEqualTo("hello");
                elsewhere.await();
                assertThat(server.close(1)).isTrue();

                assertThat(onlyEnd()).satisfies(end -> {
                    assertThat(end.reason()).isEqualTo(CloseReason.CLOSED_BY_ADMIN);
                    assertThat(end.cause()).isInstanceOf(InterruptedException.class);
                });
                assertThat(events.seen("handlerFailed")).isEmpty();
            }
        }

        @Test
        void theFirstReasonWins() throws Exception {
            try (var server = serve(client -> {
                        try {
                            client.receive();
                        } catch (IOException closed) {
                            client.abort();
                            throw new IllegalStateException("later", closed);
                        }
                    });
                    var peer = Peer.of(server)) {
                assertThat(peer.line()).isEqualTo("hello");
                server.close(1);
                server.close();

                assertThat(onlyEnd().reason()).isEqualTo(CloseReason.CLOSED_BY_ADMIN);
            }
        }

        @Test
        void aClosedServerEndsItsClientsWithThatReason() throws Exception {
            try (var server = serve(client -> client.receive(Duration.ofSeconds(20)));
                    var peer = Peer.of(server)) {
                assertThat(peer.line()).isEqualTo("hello");
                server.close();
                server.close();

                peer.awaitEnd();
                assertThat(onlyEnd().reason()).isEqualTo(CloseReason.SERVER_CLOSED);
            }
        }
    }
}
