package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Signals and exit codes, which only a process of its own has. */
@EnabledOnOs({OS.LINUX, OS.MAC})
final class ProcessTest {
    private static Socket connect(ServingProcess server) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), server.port());
    }

    /** A client that never reads: once it can write no more, its handler waits in a send, and can't finish. */
    private static SocketChannel clientThatNeverReads(ServingProcess server) throws IOException {
        SocketChannel client = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        client.configureBlocking(false);
        byte[] lines = ("x".repeat(1023) + "\n").repeat(64).getBytes(StandardCharsets.UTF_8);
        await().during(Duration.ofMillis(300)).atMost(Duration.ofSeconds(20)).until(() -> {
            boolean stuck = true;
            while (client.write(ByteBuffer.wrap(lines)) > 0) {
                stuck = false;
            }
            return stuck;
        });
        return client;
    }

    @Test
    void terminatingAnIdleServerIsDone() throws Exception {
        try (ServingProcess server = new ServingProcess()) {
            server.signal("TERM");

            server.awaitLine("berth: stopped: 0 clients served");
            assertThat(server.exitCode()).isEqualTo(ExitCode.DONE);
        }
    }

    @Test
    void interruptingLetsAnIdleClientGo() throws Exception {
        try (ServingProcess server = new ServingProcess();
                Socket client = connect(server)) {
            client.getOutputStream().write("x\n".getBytes(StandardCharsets.UTF_8));
            server.awaitLine("connected");

            server.signal("INT");

            server.awaitLine("draining, 1 client here, for at most 25s");
            assertThat(server.exitCode()).isEqualTo(ExitCode.DONE);
        }
    }

    @Test
    void aClientThatDoesNotFinishIsCutAndTheExitCodeTells() throws Exception {
        try (ServingProcess server = new ServingProcess("--drain-timeout", "300ms");
                SocketChannel _ = clientThatNeverReads(server)) {
            server.awaitLine("connected");

            server.signal("TERM");

            server.awaitLine("1 cut");
            assertThat(server.exitCode()).isEqualTo(ExitCode.SOME_CUT);
        }
    }

    @Test
    void aSecondSignalCutsAtOnce() throws Exception {
        try (ServingProcess server = new ServingProcess("--drain-timeout", "1h");
                SocketChannel _ = clientThatNeverReads(server)) {
            server.awaitLine("connected");
            server.signal("INT");
            server.awaitLine("draining");

            server.signal("INT");

            assertThat(server.exitCode()).isEqualTo(ExitCode.SOME_CUT);
        }
    }
}
