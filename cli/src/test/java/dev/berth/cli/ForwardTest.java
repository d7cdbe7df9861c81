package dev.berth.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code berth serve --handler forward}: between a client and a server that the test plays. */
final class ForwardTest {
    private static final int LIMIT_MILLIS = 20_000;
    private static final int MUCH = 50_000_000;

    private final ServerSocket behind;
    private final RunningCommand forward;

    ForwardTest() throws IOException {
        int backlog = 10;
        behind = new ServerSocket(0, backlog, InetAddress.getLoopbackAddress());
        behind.setSoTimeout(LIMIT_MILLIS);
        forward = RunningCommand.start("serve", "0", "--handler", "forward", "--to", "127.0.0.1:" + behind.getLocalPort());
    }

    @AfterEach
    void end() throws IOException {
        forward.close();
        behind.close();
    }

    private Socket client() throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(forward.port()));
        client.setSoTimeout(LIMIT_MILLIS);
        return client;
    }

    private Socket accepted() throws IOException {
        Socket server = behind.accept();
        server.setSoTimeout(LIMIT_MILLIS);
        return server;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(UTF_8));
    }

    private static String read(Socket socket, int bytes) throws IOException {
        return new String(socket.getInputStream().readNBytes(bytes), UTF_8);
    }

    private static String rest(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }

    private static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Test
    void eachClientHasItsOwnConnectionBehind() throws IOException {
        try (Socket one = client();
                Socket behindOne = accepted();
                Socket two = client();
                Socket behindTwo = accepted()) {
            send(one, "1");
            send(two, "2");
            assertThat(read(behindOne, 1) + read(behindTwo, 1)).isEqualTo("12");

            send(behindOne, "first");
            send(behindTwo, "second");
            assertThat(read(one, 5)).isEqualTo("first");
            assertThat(read(two, 6)).isEqualTo("second");
        }
    }

    @Test
    void theServerBehindMaySpeakFirst() throws IOException {
        try (Socket client = client();
                Socket server = accepted()) {
            send(server, "220 ready");

            assertThat(read(client, 9)).isEqualTo("220 ready");
        }
    }

    @Test
    void theClientsHalfEndsAloneAndTheAnswerArrives() throws IOException {
        try (Socket client = client();
                Socket server = accepted()) {
            send(client, "question");
            client.shutdownOutput();
            assertThat(rest(server)).isEqualTo("question");

            send(server, "answer");
            server.shutdownOutput();

            assertThat(rest(client)).isEqualTo("answer");
            forward.awaitErr("closed: peer closed, 8 bytes in, 6 out");
        }
    }

    @Test
    void theServersHalfEndsAloneAndTheClientGoesOn() throws IOException {
        try (Socket client = client();
                Socket server = accepted()) {
            send(server, "enough");
            server.shutdownOutput();
            assertThat(rest(client)).isEqualTo("enough");

            send(client, "but I am not done");
            client.shutdownOutput();

            assertThat(rest(server)).isEqualTo("but I am not done");
        }
    }

    @Test
    void theClientsResetIsPassedOn() throws IOException {
        try (Socket client = client();
                Socket server = accepted()) {
            send(client, "x");
            assertThat(read(server, 1)).isEqualTo("x");

            reset(client);

            assertThatThrownBy(() -> server.getInputStream().read()).isInstanceOf(SocketException.class).hasMessageContaining("reset");
            forward.awaitErr("closed: peer reset");
        }
    }

    @Test
    void theServersResetIsPassedOn() throws IOException {
        try (Socket client = client();
                Socket server = accepted()) {
            send(client, "x");
            assertThat(read(server, 1)).isEqualTo("x");

            reset(server);

            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class).hasMessageContaining("reset");
            forward.awaitErr("closed: aborted, the server behind reset the connection");
        }
    }

    @Test
    void aServerThatDoesNotReadHoldsItsClientUpAndNothingIsLost() throws IOException {
        try (SocketChannel client = SocketChannel.open(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(forward.port())));
                Socket server = accepted()) {
            int heldUpAt = fillUntilStuck(client);
            assertThat(heldUpAt).isLessThan(MUCH);

            CompletableFuture<Long> received = CompletableFuture.supplyAsync(() -> count(server));
            client.configureBlocking(true);
            ByteBuffer more = ByteBuffer.allocate(MUCH - heldUpAt);
            while (more.hasRemaining()) {
                client.write(more);
            }
            client.shutdownOutput();

            assertThat(received.join()).isEqualTo(MUCH);
        }
    }

    private static int fillUntilStuck(SocketChannel client) throws IOException {
        client.configureBlocking(false);
        int[] sent = {0};
        await().during(Duration.ofMillis(300)).atMost(Duration.ofMillis(LIMIT_MILLIS)).until(() -> {
            int before = sent[0];
            for (int n = 1; n > 0 && sent[0] < MUCH; sent[0] += n) {
                n = client.write(ByteBuffer.allocate(Math.min(1 << 20, MUCH - sent[0])));
            }
            return sent[0] == before;
        });
        return sent[0];
    }

    private static long count(Socket socket) {
        try (InputStream in = socket.getInputStream()) {
            long total = 0;
            byte[] chunk = new byte[1 << 16];
            for (int n; (n = in.read(chunk)) >= 0; ) {
                total += n;
            }
            return total;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aServerBehindThatIsNotThereClosesTheClientWithOneLineForMany() throws IOException {
        behind.close();
        for (int i = 0; i < 5; i++) {
            try (Socket client = client()) {
                assertThat(rest(client)).isEmpty();
            }
        }

        forward.awaitErr("cannot be forwarded");
        assertThat(forward.err()).contains("refused: nothing listens there");
        assertThat(forward.err().split("cannot be forwarded", -1)).hasSize(2);
    }
}
