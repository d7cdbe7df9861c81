package dev.berth.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.berth.client.TcpClient;
import dev.berth.framing.Codec;
import dev.berth.proof.Baseline;

/** A function from before Berth keeps working through its streams. */
@ExtendWith(Baseline.class)
class StreamsTest {
    private final LinkedBlockingQueue<Throwable> thrown = new LinkedBlockingQueue<>();

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
