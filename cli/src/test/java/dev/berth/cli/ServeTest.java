package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.berth.client.TcpClient;
import dev.berth.connection.Connection;
import dev.berth.framing.Codec;

/** {@code berth serve} with real clients. */
final class ServeTest {
    private static Connection<String> connect(RunningCommand server) throws IOException {
        return TcpClient.connect("127.0.0.1", Integer.parseInt(server.port()));
    }

    private static Socket socket(RunningCommand server) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(server.port()));
    }

    @Test
    void theReadyLineSaysWhereAndWhoMayCome() {
        try (RunningCommand server = RunningCommand.start("serve", "--port", "0")) {
            assertThat(server.port()).isNotEqualTo("0");
            assertThat(server.errLines())
                    .containsExactly("berth: listening on 127.0.0.1:" + server.port()
                            + " (this machine only; --bind 0.0.0.0 lets others in)");
            assertThat(server.out()).isEmpty();
        }
    }

    @Test
    void onAllAddressesNothingIsSaidOfThisMachineOnly() {
        try (RunningCommand server = RunningCommand.start("serve", "0.0.0.0:0")) {
            server.awaitErr("listening on 0.0.0.0:" + server.port() + " (every address of this machine)");
        }
    }

    @Test
    void aBacklogThatTheSystemCutsIsReportedWithItsEffectiveValue() {
        try (RunningCommand server = RunningCommand.start("serve", "0", "--backlog", "1000000000")) {
            server.awaitErr("unaccepted connections at most, not 1000000000 (--backlog; net.core.somaxconn)");
        }
    }

    @Test
    void echoAnswersEveryFrameToItsSender() throws IOException {
        try (RunningCommand server = RunningCommand.start("serve", "0");
                Connection<String> one = connect(server);
                Connection<String> two = connect(server)) {
            assertThat(one.request("from one")).isEqualTo("from one");
            assertThat(two.request("from two")).isEqualTo("from two");
        }
    }

    @Test
    void echoWorksWithAnyFraming() throws IOException {
        try (RunningCommand server = RunningCommand.start("serve", "0", "--frame", "len2be");
                Socket client = socket(server)) {
            byte[] frame = {0, 3, 0x0a, 0x00, 0x7f};

            client.getOutputStream().write(frame);

            assertThat(client.getInputStream().readNBytes(5)).isEqualTo(frame);
        }
    }

    @Test
    void sinkAnswersNothing() throws IOException {
        try (RunningCommand server = RunningCommand.start("serve", "0", "--handler", "sink");
                Socket client = socket(server)) {
            client.getOutputStream().write("a\n".getBytes(StandardCharsets.UTF_8));
            client.shutdownOutput();

            assertThat(client.getInputStream().readAllBytes()).isEmpty();
            server.awaitErr("closed: peer closed, 1 frame in, 0 out");
        }
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

    @Test
    void theSecondOfASingleServerIsToldAndRefused() throws IOException {
        try (RunningCommand server = RunningCommand.start("serve", "0", "--single", "refuse", "--busy-notice", "BUSY");
                Connection<String> first = connect(server)) {
            first.request("here");
            try (Connection<String> second = connect(server)) {
                assertThat(second.receive()).isEqualTo("BUSY");
                assertThat(second.receive()).isNull();
            }

            server.awaitErr("refused: every place is taken (--max-connections)");
            assertThat(first.request("still here")).isEqualTo("still here");
        }
    }

    @Test
    void theSecondOfASingleServerWaitsForThePlaceAndHearsItsNumber() throws IOException {
        try (RunningCommand server =
                RunningCommand.start("serve", "0", "--single", "wait", "--queue-notice", "WAIT {position}", "--queue-timeout", "20s")) {
            Connection<String> first = connect(server);
            first.request("here");
            try (Connection<String> second = connect(server)) {
                assertThat(second.receive()).isEqualTo("WAIT 1");
                server.awaitErr("waits for a place, as number 1");
                first.close();
                assertThat(second.request("mine")).isEqualTo("mine");
            }
        }
    }

    @Test
    void theNextOfAReplacingServerTakesThePlace() throws IOException {
        try (RunningCommand server = RunningCommand.start("serve", "0", "--single", "replace");
                Connection<String> first = connect(server)) {
            first.request("here");
            try (Connection<String> second = connect(server)) {
                assertThat(second.request("mine")).isEqualTo("mine");
            }

            server.awaitErr("closed: replaced by a newer client (--when-full)");
        }
    }

    @Test
    void aTakenPortIsNamedWithTheNextStep() {
        try (RunningCommand server = RunningCommand.start("serve", "0");
                RunningCommand second = RunningCommand.start("serve", server.port())) {
            assertThat(second.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(second.err()).matches("berth: port " + server.port()
                    + " on 127.0.0.1 is taken by another program; use (--port \\d+, or )?--port 0 for any\\R");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--frame lne|did you mean line?",
                "--handler ecko|--handler 'ecko' is not known; did you mean echo? (allowed: echo, chat, sink, exec, forward)",
                "--queue-timeout 5|--queue-timeout '5' has no unit; write 500ms, 5s, 2m or 1h",
                "--max-frame 1KB|--max-frame '1KB' is not a size; write bytes or KiB, MiB, GiB: 4096, 64KiB, 1MiB",
                "--when-full queue|--when-full 'queue' is not known (allowed: wait, refuse, replace)",
                "--max-connections 0|--max-connections is 0, allowed are 1 to",
                "--max-connections x|--max-connections 'x' is not an int",
                "--single wait --max-connections 2|--single is --max-connections 1 with --when-full; leave those two out",
                "--trace hx|--trace 'hx' is not known; did you mean hex? (allowed: hex, text)",
                "--trace hex,client=home|--trace 'home' is not an IP address; write client=10.0.0.7",
                "--busy-notice FULL --frame fixed:3|--busy-notice cannot be sent",
                "--log-format xml|--log-format 'xml' is not known (allowed: text, json)",
            })
    void aBadOptionIsOneLine(String options, String message) {
        try (RunningCommand server = RunningCommand.start(("serve 0 " + options).split(" "))) {
            assertThat(server.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
            assertThat(server.err()).contains(message);
            assertThat(server.errLines()).hasSize(1);
        }
    }

    /** Has the client say its first word; whoever has been announced is in the room. */
    private static void join(RunningCommand server, Connection<String> client) throws IOException {
        client.send("here");
        client.flush();
        server.awaitErr("127.0.0.1:" + client.localAddress().getPort() + " connected");
    }

    private static void say(Connection<String> client, String message) throws IOException {
        client.send(message);
        client.flush();
    }

    /** The next message but for first words. */
    private static String hear(Connection<String> client) throws IOException {
        String heard = "here";
        while ("here".equals(heard)) {
            heard = client.receive(Duration.ofSeconds(20));
        }
        return String.valueOf(heard);
    }

    @Test
    void aSlowReaderIsCutAndTheRoomGoesOn() throws Exception {
        try (RunningCommand server = RunningCommand.start("serve", "0", "--handler", "chat");
                Connection<String> slow = connect(server);
                Connection<String> talker = connect(server);
                Connection<String> listener = connect(server)) {
            join(server, slow);
            join(server, talker);
            join(server, listener);
            String message = "m".repeat(60_000);

            for (int sent = 0; !server.err().contains("closed: slow reader") && sent < 1_000; sent++) {
                say(talker, message);
                assertThat(hear(listener)).isEqualTo(message);
            }

            server.awaitErr("127.0.0.1:" + slow.localAddress().getPort() + " closed: slow reader");
            say(talker, "bye");
            assertThat(hear(listener)).isEqualTo("bye");
        }
    }

    @Test
    void chatReachesAllOthersAndALeaverDisturbsNobody() throws Exception {
        try (RunningCommand server = RunningCommand.start("serve", "0", "--handler", "chat");
                Connection<String> a = connect(server);
                Connection<String> b = connect(server)) {
            join(server, a);
            join(server, b);
            try (Connection<String> leaver = connect(server)) {
                say(leaver, "c is here");
                assertThat(hear(a)).isEqualTo("c is here");
                assertThat(hear(b)).isEqualTo("c is here");
            }

            say(a, "to b");
            assertThat(hear(b)).isEqualTo("to b");
            say(b, "to a");
            assertThat(hear(a)).as("not its own message").isEqualTo("to a");
        }
    }
}
