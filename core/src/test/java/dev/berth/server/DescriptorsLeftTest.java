package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.berth.client.TcpClient;
import dev.berth.framing.Codec;
import dev.berth.proof.Baseline;
import dev.berth.proof.Peer;

/** FAULTS E9: what fails gives its descriptor back, at once and not when it is collected. */
@ExtendWith(Baseline.class)
class DescriptorsLeftTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int TIMES = 200;

    /** Something that fails. */
    private interface Failure {
        void happen() throws IOException;
    }

    /** No collection gives any back meanwhile: each of them would be counted. */
    private static void leavesNone(Failure failure) throws IOException {
        failure.happen();
        long before = Baseline.descriptors();
        for (int i = 0; i < TIMES; i++) {
            failure.happen();
        }
        await().atMost(LIMIT).untilAsserted(() -> assertThat(Baseline.descriptors()).isLessThanOrEqualTo(before));
    }

    private static ServerBuilder<String> server() {
        return TcpServer.builder(Codec.lines()).port(0).handler(client -> client.forEach(client::send));
    }

    @Test
    void ofABindToATakenPort() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            leavesNone(() -> assertThatIOException().isThrownBy(() -> server().port(taken.getLocalPort()).start()));
        }
    }

    @Test
    void ofAConnectToNobody() throws Exception {
        int closed;
        try (var nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = nobody.getLocalPort();
        }
        leavesNone(() -> assertThatIOException().isThrownBy(() -> TcpClient.connect("127.0.0.1", closed)));
    }

    @Test
    void ofAClientWhoseThreadCannotBeStarted() throws Exception {
        var transport = new StagedTransport();
        transport.starting(_ -> {
            throw new OutOfMemoryError("on purpose");
        });
        try (var server = server().transport(transport).start()) {
            long before = Baseline.descriptors();
            for (int i = 0; i < 7; i++) {
                // Each costs the acceptor a pause, so it is only a few.
                try (var peer = Peer.of(server)) {
                    peer.awaitEnd();
                }
            }
            await().atMost(LIMIT).untilAsserted(() -> assertThat(Baseline.descriptors()).isLessThanOrEqualTo(before));
        }
    }

    @Test
    void ofAClientThatIsRefusedWithOrWithoutAWord() throws Exception {
        try (var server = server().maxConnections(1).whenFull(WhenFull.REFUSE).start();
                var here = Peer.of(server)) {
            assertThat(here.send("a").line()).isEqualTo("a");
            leavesNone(() -> {
                try (var refused = Peer.of(server)) {
                    refused.awaitEnd();
                }
            });
        }
        try (var server = server().maxConnections(1).whenFull(WhenFull.REFUSE).busyNotice("BUSY").start();
                var here = Peer.of(server)) {
            assertThat(here.send("a").line()).isEqualTo("a");
            leavesNone(() -> {
                try (var refused = Peer.of(server)) {
                    assertThat(refused.rest()).containsExactly("BUSY");
                }
            });
        }
    }

    @Test
    void ofAClientWhoseHandlerThrowsOrThatIsResetOrBreaksTheRules() throws Exception {
        try (var server = TcpServer.builder(Codec.lines().withMaxFrameBytes(10)).port(0).handler(client -> client.forEach(line -> {
            throw new IllegalStateException(line);
        })).start()) {
            leavesNone(() -> {
                try (var thrown = Peer.of(server).send("a");
                        var broken = Peer.of(server).send("more than ten bytes")) {
                    Peer.of(server).raw("b").reset();
                    thrown.awaitEnd();
                    broken.halfClose().awaitEnd();
                }
            });
        }
    }
}
