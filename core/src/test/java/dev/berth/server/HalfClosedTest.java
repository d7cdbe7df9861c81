package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

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

/** A connection whose peer has ended its direction: it reads on, or it resets. FAULTS A6, A7. */
@ExtendWith(Baseline.class)
class HalfClosedTest {
    private static final Duration LOOKED_AT = Duration.ofSeconds(1);
    /** 10 ms a second. A thread that spins takes a hundred times as much. */
    private static final Duration AT_MOST = LOOKED_AT.dividedBy(100);
    private static final Pattern SERVERS = Pattern.compile("^(berth|ForkJoinPool)-");
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private final RecordingEvents events = new RecordingEvents();
    private final Signal ended = new Signal();
    private final Signal reset = new Signal();
    private final Signal seen = new Signal();
    private final Signal mayReturn = new Signal();

    private TcpServer server(Handler<String> handler) throws IOException {
        return TcpServer.builder(Codec.lines()).port(0).events(events).handler(handler).start();
    }

    @Test
    void whatIsAnsweredAfterTheEndWasReceivedStillArrives() throws Exception {
        try (var server = server(client -> {
                    List<String> asked = new ArrayList<>();
                    client.forEach(asked::add);
                    for (String line : asked) {
                        client.send("you said " + line);
                    }
                });
                var peer = Peer.of(server)) {
            peer.send("one", "two").halfClose();

            assertThat(peer.rest()).containsExactly("you said one", "you said two");
            assertThat(events.nextClosed().reason()).isEqualTo(CloseReason.PEER_CLOSED);
        }
    }

    /** Receives the end, finds the reset by sending, and stays. */
    private void handle(Connection<String> client) throws Exception {
        assertThat(client.receive()).isNull();
        ended.give();
        reset.await();
        sendUntilReset(client);
        assertThatThrownBy(() -> client.send("and again")).isInstanceOf(ConnectionClosedException.class);
        assertThatThrownBy(client::flush).isInstanceOf(ConnectionClosedException.class);
        assertThat(client.receive()).isNull();
        seen.give();
        mayReturn.await();
    }

    private static void sendUntilReset(Connection<String> client) {
        try {
            while (true) {
                client.send("too late");
                client.flush();
            }
        } catch (IOException gone) {
            // That is what is waited for.
        }
    }

    @Test
    void onceResetFailsEveryOperationAtOnceAndCostsNoProcessorTime() throws Exception {
        try (var server = server(this::handle);
                var peer = Peer.of(server)) {
            peer.halfClose();
            ended.await();
            peer.reset();
            reset.give();
            seen.await();

            // The carriers may still end the work of other tests, for a while; what spins does so in every window.
            await().atMost(LIMIT).until(() -> {
                var before = serversTime();
                mayReturn.within(LOOKED_AT);
                return serversTime().minus(before).compareTo(AT_MOST) < 0;
            });
            mayReturn.give();

            assertThat(events.nextClosed().reason()).isEqualTo(CloseReason.PEER_CLOSED);
        }
    }

    /** What the threads of servers and the carriers of virtual threads have computed so far; the test's own and Surefire's are not among them. */
    private static Duration serversTime() {
        var threads = ManagementFactory.getThreadMXBean();
        return Duration.ofNanos(Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(Objects::nonNull)
                .filter(thread -> SERVERS.matcher(thread.getThreadName()).find())
                .mapToLong(thread -> threads.getThreadCpuTime(thread.getThreadId()))
                .filter(time -> time > 0)
                .sum());
    }
}
