package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.berth.client.TcpClient;
import dev.berth.connection.Connection;
import dev.berth.framing.Codec;

/** What {@code berth serve} tells about its clients and their frames. */
final class ServeLogTest {
    private static Connection<String> connect(RunningCommand server) throws IOException {
        return TcpClient.connect("127.0.0.1", Integer.parseInt(server.port()));
    }

    private static Socket socket(RunningCommand server) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(server.port()));
    }

    @Test
    void aClientThatSpeaksHasOneLineWhenItComesAndOneWhenItGoes() throws IOException {
        try (RunningCommand server = RunningCommand.start("serve", "0")) {
            String peer;
            try (Connection<String> client = connect(server)) {
                client.request("a");
                client.request("b");
                peer = "127.0.0.1:" + client.localAddress().getPort();
            }

            server.awaitErr("closed");
            assertThat(server.errLines()).hasSize(3);
            assertThat(server.errLines().get(1)).matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} #1 " + peer + " connected");
            assertThat(server.errLines().get(2))
                    .matches("\\S+ #1 " + peer + " closed: peer closed, 2 frames in, 2 out, \\d+\\.\\ds");
        }
    }

    @Test
    void aSilentClientIsAnnouncedAfterASecond() throws IOException {
        try (RunningCommand server = RunningCommand.start("serve", "0");
                Socket silent = socket(server)) {
            server.awaitErr("127.0.0.1:" + silent.getLocalPort() + " connected");
        }
    }

    @Test
    void aConnectionWithoutAByteIsCountedAndNotLogged() throws IOException {
        RunningCommand server = RunningCommand.start("serve", "0");
        for (int i = 0; i < 3; i++) {
            socket(server).close();
        }
        try (Connection<String> after = connect(server)) {
            assertThat(after.request("x")).isEqualTo("x");
        }
        server.awaitErr("#4 ");
        server.awaitErr("closed");
        server.close();

        assertThat(server.err()).doesNotContain("#1 ", "#2 ", "#3 ");
        assertThat(server.errLines().getLast()).isEqualTo("berth: stopped: 1 client served, 0 refused, 3 gone without a byte, 0 cut");
    }

    @Test
    void bytesThatAreNoFrameEndThatClientAndAreExplained() throws IOException {
        try (RunningCommand server = RunningCommand.start("serve", "0", "--frame", "len4be");
                Socket client = socket(server)) {
            client.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.UTF_8));

            server.awaitErr("closed: frame too large: ");
            assertThat(server.err()).contains("HTTP").contains("--max-frame");
        }
    }

    @Test
    void aFrameOverTheLimitNamesTheOption() throws IOException {
        try (RunningCommand server = RunningCommand.start("serve", "0", "--max-frame", "8");
                Socket client = socket(server)) {
            client.getOutputStream().write("123456789\n".getBytes(StandardCharsets.UTF_8));

            server.awaitErr("closed: frame too large: ");
            assertThat(server.err()).contains("--max-frame");
        }
    }

    /** FAULTS B7: each control character and what begins, ends or is no UTF-8, alone in a line, from a client of its own. */
    @ParameterizedTest
    @ValueSource(strings = {"text", "json"})
    void noByteSteersTheTerminalOrForgesALine(String format) throws IOException {
        int[] bytes = IntStream.concat(IntStream.range(0, 0x20), IntStream.of('\\', '"', 0x7f, 0x80, 0x85, 0x9b, 0xc3, 0xe2, 0xff)).toArray();
        RunningCommand server = RunningCommand.start("serve", "0", "--log-format", format, "--trace", "text", "--frame", "nul");
        for (int one : bytes) {
            try (Socket client = socket(server)) {
                client.getOutputStream().write(new byte[] {'a', (byte) one, 'b', 0});
                client.shutdownOutput();
                client.getInputStream().readAllBytes();
            }
        }
        await().until(() -> server.errLines().stream().filter(line -> line.contains(" closed: ")).count() == bytes.length);
        server.close();

        // One that it listens, one that it stopped, two for each client.
        assertThat(server.errLines()).hasSize(2 + 2 * bytes.length);
        assertThat(server.err().chars().filter(Character::isISOControl)).containsOnly((int) '\n');
        assertThat(server.out().chars().filter(Character::isISOControl)).containsOnly((int) '\n');
    }

    @Test
    void jsonLinesAreObjectsEachAndAll() throws IOException {
        RunningCommand server = RunningCommand.start("serve", "0", "--log-format", "json");
        try (Connection<String> client = connect(server)) {
            client.request("x");
        }
        server.awaitErr("\"event\":\"closed\"");
        server.close();

        assertThat(server.errLines()).hasSize(4).allMatch(line -> line.matches("\\{\"time\":\"[^\"]+Z\",\"level\":\"INFO\",.*\"}"));
        assertThat(server.errLines().get(2)).contains("\"client\":1,", "\"reason\":\"PEER_CLOSED\"", "\"framesIn\":1,");
    }

    @Test
    void traceShowsEveryFrameAndWhatIsLeftOver() throws IOException {
        try (RunningCommand server = RunningCommand.start("serve", "0", "--trace", "hex");
                Socket client = socket(server)) {
            client.getOutputStream().write("hi\033\npart".getBytes(StandardCharsets.UTF_8));
            client.shutdownOutput();
            client.getInputStream().readAllBytes();

            server.awaitOut("left over");
            String who = " #1 127.0.0.1:" + client.getLocalPort() + " ";
            assertThat(server.out().lines().map(line -> line.substring(12))).containsExactly(
                    who + "in  3 bytes  68 69 1b  hi\\x1b", who + "out 4 bytes  68 69 1b 0a  hi\\x1b\\n",
                    who + "left over 4 bytes  70 61 72 74  part");
        }
    }

    @Test
    void traceOfOneClientShowsNoOther() throws IOException {
        try (RunningCommand server = RunningCommand.start("serve", "0", "--trace", "text,client=127.0.0.9");
                Connection<String> other = connect(server);
                Connection<String> traced = TcpClient.builder(Codec.lines())
                        .localAddress("127.0.0.9", 0)
                        .connect("127.0.0.1", Integer.parseInt(server.port()))) {
            other.request("other");
            traced.request("traced");

            server.awaitOut("out 7 bytes  traced");
            assertThat(server.out()).doesNotContain("other");
        }
    }

    @Test
    void traceShowsSixtyFourBytesAtMost() throws IOException {
        try (RunningCommand server = RunningCommand.start("serve", "0", "--trace", "text");
                Connection<String> client = connect(server)) {
            client.request("x".repeat(65));

            server.awaitOut("in  65 bytes  " + "x".repeat(64) + "...");
        }
    }
}
