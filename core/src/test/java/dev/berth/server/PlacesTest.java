package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.berth.connection.Connection;
import dev.berth.framing.Codec;
import dev.berth.framing.Framing;
import dev.berth.proof.Baseline;
import dev.berth.proof.Peer;

/** FAULTS E8: whatever step of a client's way fails, its place, or its turn, is there for the next one. */
@ExtendWith(Baseline.class)
class PlacesTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int TIMES = 5;

    /** The steps, in their order. */
    enum Step {
        ACCEPT,
        START,
        QUEUE_NOTICE,
        WAITING_EVENT,
        OPENED_EVENT,
        LOGIN_DECODE,
        AUTHENTICATE,
        DECODE,
        HANDLER,
        ENCODE,
        HANDLER_FAILED_EVENT,
        CLOSED_EVENT
    }

    private final StagedTransport transport = new StagedTransport();
    private final AtomicBoolean failing = new AtomicBoolean();

    /** Fails when the test says so, and this is its step. */
    private void pass(Step here, Step failingStep) {
        if (here == failingStep && failing.get()) {
            throw new AssertionError("on purpose, at " + here);
        }
    }

    private TcpServer server(Step step) throws IOException {
        transport.starting(thread -> {
            pass(Step.START, step);
            thread.start();
        });
        var codec = Codec.<String>of(Framing.line(), frame -> {
            pass(Step.DECODE, step);
            return Codec.lines().decode(frame);
        }, (line, out) -> {
            pass(Step.ENCODE, step);
            Codec.lines().encode(line, out);
        });
        var loginCodec = Codec.<String>of(Framing.line(), frame -> {
            pass(Step.LOGIN_DECODE, step);
            return Codec.lines().decode(frame);
        }, Codec.lines()::encode);
        return TcpServer.builder(codec).port(0).transport(transport).maxConnections(1).maxQueued(1).events(events(step))
                .authenticate(loginCodec, client -> {
                    boolean known = client.expect().equals("login");
                    pass(Step.AUTHENTICATE, step);
                    return known;
                })
                .queueNotice(_ -> {
                    pass(Step.QUEUE_NOTICE, step);
                    return "wait";
                })
                .handler(client -> client.forEach(line -> {
                    pass(Step.HANDLER, step);
                    if (line.equals("throw")) {
                        throw new IllegalStateException("asked for");
                    }
                    client.send(line);
                })).start();
    }

    private ServerEvents events(Step step) {
        return new ServerEvents() {
            @Override
            public void waiting(long id, InetSocketAddress peer, int position) {
                pass(Step.WAITING_EVENT, step);
            }

            @Override
            public void opened(Connection<?> client) {
                pass(Step.OPENED_EVENT, step);
            }

            @Override
            public void handlerFailed(long id, InetSocketAddress peer, Throwable error) {
                pass(Step.HANDLER_FAILED_EVENT, step);
            }

            @Override
            public void closed(Closed closed) {
                pass(Step.CLOSED_EVENT, step);
            }
        };
    }

    @ParameterizedTest
    @EnumSource
    void areThereAgainWhateverStepHasFailed(Step step) throws Exception {
        try (var server = server(step)) {
            for (int i = 0; i < TIMES; i++) {
                failing.set(true);
                if (step == Step.ACCEPT) {
                    transport.failAccepts(1, () -> pass(Step.ACCEPT, step));
                }
                // One that gets the place, and one that waits for it.
                try (var first = Peer.of(server);
                        var second = Peer.of(server)) {
                    end(first);
                    end(second);
                }
                await().atMost(LIMIT).untilAsserted(() -> assertThat(server.snapshot()).satisfies(now -> {
                    assertThat(now.live()).isZero();
                    assertThat(now.waiting()).isZero();
                    assertThat(now.clients()).isEmpty();
                    assertThat(now.accepted()).isEqualTo(now.refused() + now.closed());
                }));
                failing.set(false);
                try (var next = Peer.of(server)) {
                    assertThat(next.send("login", "served").line()).isEqualTo("served");
                }
                await().atMost(LIMIT).until(() -> server.snapshot().live() == 0);
            }
        }
    }

    private static void end(Peer peer) throws IOException {
        try {
            peer.send("login", "a", "throw").halfClose().awaitEnd();
        } catch (IOException endedAlready) {
            // That is one way to fail.
        }
    }
}
