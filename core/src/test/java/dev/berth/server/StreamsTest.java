package dev.berth.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.berth.client.TcpClient;
import dev.berth.connection.Connection;
import dev.berth.framing.Codec;
import dev.berth.framing.Framing;
import dev.berth.proof.Baseline;
import dev.berth.proof.RecordingEvents;
import dev.berth.transport.CloseReason;

/** A function from before Berth keeps working through its streams. */
@ExtendWith(Baseline.class)
class StreamsTest {
    private static final int SMALL_BUFFER = 64 << 10;
    /** More than an output may hold. */
    private static final int LARGE = 8 << 20;

    private final LinkedBlockingQueue<Throwable> thrown = new LinkedBlockingQueue<>();
    private final RecordingEvents events = new RecordingEvents();

    /** The function as it was: reads a line, answers a line, until the end. */
    private static void oldServer(InputStream in, OutputStream out) throws IOException {
        var lines = new BufferedReader(new InputStreamReader(in, UTF_8));
        var answers = new PrintWriter(out, false, UTF_8);
        for (String line; (line = lines.readLine()) != null; ) {
            answers.print("OK " + line + "\r\n");
            answers.flush();
        }
    }

    private static Socket socket(TcpServer server) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(10_000);
        return socket;
    }

    @Test
    void anOldFunctionServesManyClientsAtOnce() throws Exception {
        try (var server = TcpServer.listen(0, Streams.handler(StreamsTest::oldServer));
                var one = TcpClient.connect("127.0.0.1", server.port());
                var two = TcpClient.connect("127.0.0.1", server.port())) {
            assertThat(one.request("a")).isEqualTo("OK a");
            assertThat(two.request("b")).isEqualTo("OK b");
            assertThat(one.request("c")).isEqualTo("OK c");
        }
    }

    @Test
    void theEndOfTheClientsStreamIsMinusOneAndTheLastAnswerArrives() throws Exception {
        try (var server = TcpServer.listen(0, Streams.handler(StreamsTest::oldServer));
                var peer = socket(server)) {
            peer.getOutputStream().write("x\ny".getBytes(UTF_8));
            peer.shutdownOutput();

            assertThat(peer.getInputStream().readAllBytes()).asString().isEqualTo("OK x\r\nOK y\r\n");
        }
    }

    @Test
    void aResetIsASocketException() throws Exception {
        try (var server = TcpServer.listen(0, Streams.handler((in, out) -> {
                    out.write('!');
                    try {
                        in.readAllBytes();
                    } catch (IOException e) {
                        thrown.add(e);
                    }
                }))) {
            try (var peer = socket(server)) {
                assertThat(peer.getInputStream().read()).isEqualTo('!');
                peer.setSoLinger(true, 0);
            }

            assertThat(thrown.poll(10, TimeUnit.SECONDS)).isInstanceOf(SocketException.class)
                    .hasMessage("Connection reset");
        }
    }

    /** Code from before often reads again after a timeout. */
    @Test
    void aDeadlineIsASocketTimeoutExceptionAndThenTheEnd() throws Exception {
        try (var server = TcpServer.builder(Codec.bytes("raw")).port(0).firstByteTimeout(Duration.ofMillis(200))
                        .handler(Streams.handler((in, _) -> {
                            for (int i = 0; i < 2; i++) {
                                try {
                                    thrown.add(new AssertionError("read " + in.read()));
                                } catch (IOException e) {
                                    thrown.add(e);
                                }
                            }
                        }))
                        .start();
                var peer = socket(server)) {
            assertThat(peer.getInputStream().read()).isEqualTo(-1);

            assertThat(thrown.poll(10, TimeUnit.SECONDS)).isInstanceOf(SocketTimeoutException.class).hasMessage("Read timed out");
            assertThat(thrown.poll(10, TimeUnit.SECONDS)).isInstanceOf(SocketException.class).hasMessage("Socket closed");
        }
    }

    @Test
    void closingAStreamClosesTheConnection() throws Exception {
        try (var server = TcpServer.listen(0, Streams.handler((in, out) -> {
                    out.write("bye".getBytes(UTF_8));
                    out.close();
                }));
                var peer = socket(server)) {
            assertThat(peer.getInputStream().readAllBytes()).asString().isEqualTo("bye");
        }
    }

    /** Reads as much as it can at a time, and so often that it is steady, and slower than who writes. */
    private static long readSteadily(Socket peer) throws Exception {
        var chunk = new byte[128 << 10];
        long total = 0;
        for (int n; (n = peer.getInputStream().readNBytes(chunk, 0, chunk.length)) > 0; ) {
            total += n;
            assertThat(new CountDownLatch(1).await(10, TimeUnit.MILLISECONDS)).isFalse();
        }
        return total;
    }

    private ServerBuilder<byte[]> server(Handler<byte[]> handler) {
        return TcpServer.builder(Codec.bytes("raw")).port(0).events(events).sendBufferBytes(SMALL_BUFFER)
                .softOutputTime(Duration.ofMillis(100)).handler(handler);
    }

    @Test
    void oneLargeWriteIsTakenAtThePaceOfItsReader() throws Exception {
        try (var server = server(Streams.handler((_, out) -> out.write(new byte[LARGE]))).start();
                var peer = socket(server)) {
            assertThat(readSteadily(peer)).isEqualTo(LARGE);
            assertThat(events.nextClosed().reason()).isEqualTo(CloseReason.COMPLETED);
        }
    }

    @Test
    void soItIsWhicheverThreadWritesIt() throws Exception {
        try (var server = server(client -> {
                    var writer = Thread.ofVirtual().start(() -> {
                        try {
                            client.output().write(new byte[LARGE]);
                        } catch (IOException e) {
                            thrown.add(e);
                        }
                    });
                    writer.join();
                }).start();
                var peer = socket(server)) {
            assertThat(readSteadily(peer)).isEqualTo(LARGE);
            assertThat(events.nextClosed().reason()).isEqualTo(CloseReason.COMPLETED);
            assertThat(thrown).isEmpty();
        }
    }

    @Test
    void anotherThreadCanSendWhileALargeWriteIsUnderWay() throws Exception {
        try (var server = server(Streams.handler((_, out) -> out.write(new byte[LARGE]))).start();
                var peer = socket(server)) {
            @SuppressWarnings("unchecked")
            var client = (Connection<byte[]>) events.nextOpened();
            await().atMost(Duration.ofSeconds(20)).until(() -> client.snapshot().bytesOut() > 0);
            client.send(new byte[1]);

            assertThat(readSteadily(peer)).isEqualTo(LARGE + 1);
            assertThat(events.nextClosed().reason()).isEqualTo(CloseReason.COMPLETED);
        }
    }

    @Test
    void writesOfTwoThreadsAreWholeUpToTheFramingsMaximum() throws Exception {
        int most = Framing.raw().maxFrameBytes();
        int each = 20;
        try (var server = server(client -> {
                    var writer = Thread.ofVirtual().start(() -> fill(client, most, each, (byte) 1));
                    fill(client, most, each, (byte) 2);
                    writer.join();
                }).softOutputTime(Duration.ofSeconds(10)).start();
                var peer = socket(server)) {
            for (int i = 0; i < 2 * each; i++) {
                byte[] one = peer.getInputStream().readNBytes(most);
                assertThat(one).hasSize(most).containsOnly(one[0]);
            }
            assertThat(peer.getInputStream().read()).isEqualTo(-1);
        }
    }

    private static void fill(Connection<byte[]> client, int length, int times, byte with) {
        var bytes = new byte[length];
        Arrays.fill(bytes, with);
        try {
            for (int i = 0; i < times; i++) {
                client.output().write(bytes);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void streamsNeedTheFramingRaw() throws Exception {
        try (var server = TcpServer.listen(0, Streams.handler(StreamsTest::oldServer));
                var lines = TcpClient.connect("127.0.0.1", server.port());
                var raw = TcpClient.connect("127.0.0.1", server.port(), Codec.bytes("raw"))) {
            assertThatThrownBy(lines::input).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("needs the framing raw").hasMessageContaining("line");

            raw.output().write("hi\n".getBytes(UTF_8));
            assertThat(raw.input().readNBytes(7)).asString().isEqualTo("OK hi\r\n");
        }
    }
}
