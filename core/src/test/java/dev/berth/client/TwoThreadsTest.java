package dev.berth.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.berth.connection.Connection;
import dev.berth.framing.Codec;
import dev.berth.proof.Baseline;
import dev.berth.proof.Signal;
import dev.berth.server.TcpServer;

/** One thread of a client sends while another receives. */
@ExtendWith(Baseline.class)
class TwoThreadsTest {
    private static final int MESSAGES = 500;
    private static final byte[] MESSAGE = new byte[100_000];

    @Test
    void oneMaySendFarMoreThanTheOutputHoldsToAServerThatReadsLate() throws Exception {
        var read = new Signal();
        try (var server = TcpServer.listen(0, Codec.bytes("len4be"), peer -> {
                    read.await();
                    int count = 0;
                    while (peer.receive() != null) {
                        count++;
                    }
                    peer.send(Integer.toString(count).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                });
                var client = TcpClient.connect("127.0.0.1", server.port(), Codec.bytes("len4be"))) {
            var sent = CompletableFuture.runAsync(() -> sendAll(client));

            assertThat(sent).isNotDone();
            read.give();

            assertThat(client.receive()).asString().isEqualTo(Integer.toString(MESSAGES));
            sent.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void anEchoOfMoreThanBothSidesHoldDoesNotLockThemUp() throws Exception {
        try (var server = TcpServer.listen(0, Codec.bytes("len4be"), peer -> peer.forEach(peer::send));
                var client = TcpClient.connect("127.0.0.1", server.port(), Codec.bytes("len4be"))) {
            var sent = CompletableFuture.runAsync(() -> sendAll(client));
            int received = 0;
            while (client.receive() != null) {
                received++;
            }

            assertThat(received).isEqualTo(MESSAGES);
            sent.get(20, TimeUnit.SECONDS);
        }
    }

    private static void sendAll(Connection<byte[]> client) {
        try {
            for (int i = 0; i < MESSAGES; i++) {
                client.send(MESSAGE);
            }
            client.shutdownOutput();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
