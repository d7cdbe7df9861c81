package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.berth.connection.Connection;
import dev.berth.framing.Codec;
import dev.berth.proof.Baseline;
import dev.berth.proof.Peer;
import dev.berth.proof.RecordingEvents;
import dev.berth.proof.Signal;
import dev.berth.transport.CloseReason;

/** A client is a stranger from its first moment on: also while it is told as opened, and its login is yet to come. FAULTS B11. */
@ExtendWith(Baseline.class)
class OpenedStrangersTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String SECRET = "canary-0123456789";

    private final RecordingEvents events = new RecordingEvents();
    private final AtomicBoolean saidGoodbye = new AtomicBoolean();

    private ServerBuilder<String> server(ServerEvents observer) {
        return TcpServer.builder(Codec.lines()).port(0).events(observer)
                .authenticate(client -> SECRET.equals(client.receive()))
                .handler(new Handler<>() {
                    @Override
                    public void handle(Connection<String> client) throws Exception {
                        client.forEach(client::send);
                    }

                    @Override
                    public void onDrain(Connection<String> client) throws Exception {
                        saidGoodbye.set(true);
                        client.send("BYE");
                    }
                });
    }

    @Test
    void nobodyCanSendToOneWhenItIsToldAsOpened() throws Exception {
        var said = new LinkedBlockingQueue<String>();
        var observer = new ServerEvents() {
            @Override
            @SuppressWarnings("unchecked")
            public void opened(Connection<?> client) {
                try {
                    ((Connection<String>) client).send("for clients only");
                    said.add("sent");
                } catch (Exception e) {
                    said.add(String.valueOf(e.getMessage()));
                }
            }
        };
        try (var server = server(observer).start();
                var peer = Peer.of(server)) {
            assertThat(said.poll(LIMIT.toSeconds(), TimeUnit.SECONDS)).endsWith("is not authenticated yet");
            peer.send("wrong");
            assertThat(peer.rest()).isEmpty();
        }
    }

    @Test
    void nobodySaysGoodbyeToOneWhileItIsToldAsOpened() throws Exception {
        var inOpened = new Signal();
        var goOn = new Signal();
        var observer = new ServerEvents() {
            @Override
            public void opened(Connection<?> client) {
                inOpened.give();
                goOn.awaitStubbornly();
            }

            @Override
            public void closed(Closed closed) {
                events.closed(closed);
            }
        };
        try (var server = server(observer).start();
                var peer = Peer.of(server)) {
            inOpened.await();
            // It returns without the observer, after everybody had the time for a goodbye.
            assertThat(server.drain(Duration.ofMillis(300)).cut()).isEqualTo(1);
            goOn.give();

            peer.awaitEnd();
            assertThat(events.nextClosed().reason()).isEqualTo(CloseReason.DRAINED);
            assertThat(saidGoodbye).isFalse();
        }
    }
}
