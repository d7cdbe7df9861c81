package dev.berth.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.berth.framing.Codec;
import dev.berth.server.Closed;
import dev.berth.server.ServerEvents;
import dev.berth.server.TcpServer;
import dev.berth.transport.CloseReason;

/** What one peer or one handler does wrong stays with its own client. */
@Timeout(60)
class OthersAreUnharmedTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void aPeerGoneBeforeAcceptDoesNotKeepTheNextFromBeingServed() throws Exception {
        var gone = new End(1);
        try (var server = TcpServer.builder(Codec.lines())
                .port(0)
                .events(gone)
                .handler(client -> client.forEach(line -> client.send(Reply.answer(line))))
                .start()) {
            server.suspend();
            var hasty = new EchoClient(server.port(), PATIENCE);
            hasty.write("too late");
            hasty.reset();

            try (var next = new EchoClient(server.port(), PATIENCE)) {
                server.resume();
                assertThat(next.ask("hello")).isEqualTo(Reply.answer("hello"));
            }
            // Linux hands out the dead connection; where a system drops it, there is nothing to end.
            var snapshot = server.snapshot();
            assertThat(snapshot.acceptErrors()).isZero();
            assertThat(snapshot.accepted()).isBetween(1L, 2L);
            if (snapshot.accepted() == 2) {
                assertThat(gone.await().reason()).isEqualTo(CloseReason.PEER_RESET);
            }
        }
    }

    @Test
    void anErrorInAHandlerEndsItsOwnClientOnly() throws Exception {
        var end = new End(2);
        try (var server = TcpServer.builder(Codec.lines())
                        .port(0)
                        .events(end)
                        .handler(client -> client.forEach(line -> {
                            if (line.equals("overflow")) {
                                throw new StackOverflowError("planted");
                            }
                            client.send(Reply.answer(line));
                        }))
                        .start();
                var before = new EchoClient(server.port(), PATIENCE);
                var unlucky = new EchoClient(server.port(), PATIENCE)) {
            assertThat(before.ask("one")).isEqualTo(Reply.answer("one"));

            assertThat(unlucky.ask("overflow")).as("its stream's end").isNull();

            assertThat(end.await().reason()).isEqualTo(CloseReason.HANDLER_ERROR);
            assertThat(end.await().cause()).isInstanceOf(StackOverflowError.class);
            assertThat(before.ask("two")).isEqualTo(Reply.answer("two"));
            try (var after = new EchoClient(server.port(), PATIENCE)) {
                assertThat(after.ask("three")).isEqualTo(Reply.answer("three"));
            }
        }
    }

    /** How the client of this number ended. */
    private static final class End implements ServerEvents {
        private final long id;
        private final AtomicReference<@Nullable Closed> end = new AtomicReference<>();
        private final CountDownLatch ended = new CountDownLatch(1);

        End(long id) {
            this.id = id;
        }

        @Override
        public void closed(Closed closed) {
            if (closed.id() == id) {
                end.set(closed);
                ended.countDown();
            }
        }

        Closed await() throws InterruptedException {
            assertThat(ended.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("whether it has ended").isTrue();
            var closed = end.get();
            if (closed == null) {
                throw new AssertionError("ended without an event");
            }
            return closed;
        }
    }
}
