package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.berth.client.TcpClient;
import dev.berth.connection.Connection;

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
                "--handler ecko|--handler 'ecko' is not known; did you mean echo? (allowed: echo, chat, sink, exec, forward, class)",
                "--queue-timeout 5|--queue-timeout '5' has no unit; write 500ms, 5s, 2m or 1h",
                "--max-frame 1KB|--max-frame '1KB' is not a size; write bytes or KiB, MiB, GiB: 4096, 64KiB, 1MiB",
                "--when-full queue|--when-full 'queue' is not known (allowed: wait, refuse, replace)",
                "--max-connections 0|--max-connections is 0, allowed are 1 to",
                "--max-connections x|--max-connections 'x' is not a whole number; write digits alone: 200",
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
}
