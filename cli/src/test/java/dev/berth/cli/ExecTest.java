package dev.berth.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code berth serve --exec}: a process for each client. */
@EnabledOnOs({OS.LINUX, OS.MAC})
final class ExecTest {
    private static final int LIMIT_MILLIS = 20_000;

    private static Socket socket(RunningCommand server) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(server.port()));
        socket.setSoTimeout(LIMIT_MILLIS);
        return socket;
    }

    private static void send(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(UTF_8));
    }

    private static String rest(Socket client) throws IOException {
        return new String(client.getInputStream().readAllBytes(), UTF_8);
    }

    private static String line(Socket client) throws IOException {
        return new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8)).readLine();
    }

    private static void reset(Socket client) throws IOException {
        client.setSoLinger(true, 0);
        client.close();
    }

    private static void awaitGone(ProcessHandle process) {
        await().atMost(Duration.ofMillis(LIMIT_MILLIS)).until(() -> !process.isAlive());
    }

    @AfterEach
    void noProcessIsLeft() {
        await().atMost(Duration.ofMillis(LIMIT_MILLIS))
                .untilAsserted(() -> assertThat(ProcessHandle.current().descendants()).isEmpty());
    }

    @Test
    void aClientThatSendsFasterThanItMayIsReadLater() throws IOException {
        try (RunningCommand server = RunningCommand.start("serve", "0", "--exec", "cat", "--max-bytes-per-second", "500");
                Socket client = socket(server)) {
            send(client, "x".repeat(1_000));
            assertThat(client.getInputStream().readNBytes(1_000)).hasSize(1_000);
            long start = System.nanoTime();

            send(client, "y");

            assertThat(client.getInputStream().read()).isEqualTo('y');
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(700));
        }
    }

    @Test
    void eachClientTalksToItsOwnProcess() throws IOException {
        try (RunningCommand server = RunningCommand.start("serve", "0", "--exec", "cat; echo $$");
                Socket one = socket(server);
                Socket two = socket(server)) {
            send(one, "one\n");
            send(two, "two\n");
            one.shutdownOutput();
            two.shutdownOutput();

            String ofOne = rest(one);
            String ofTwo = rest(two);
            assertThat(ofOne).startsWith("one\n");
            assertThat(ofTwo).startsWith("two\n");
            assertThat(ofOne.substring(4)).isNotEqualTo(ofTwo.substring(4));
        }
    }

    @Test
    void theWordsAfterTwoDashesAreTheProgramAndItsArguments() throws IOException {
        try (RunningCommand server = RunningCommand.start("serve", "0", "--handler", "exec", "--", "printf", "%s.%s", "a b", "--port");
                Socket client = socket(server)) {
            send(client, "x");

            assertThat(rest(client)).isEqualTo("a b.--port");
        }
    }

    @Test
    void theEnvironmentSaysWhoTheClientIs() throws IOException {
        try (RunningCommand server = RunningCommand.start("serve", "0", "--handler", "exec", "--", "env");
                Socket client = socket(server)) {
            send(client, "x");

            assertThat(rest(client).lines()).contains(
                    "PROTO=TCP",
                    "TCPREMOTEIP=127.0.0.1",
                    "TCPREMOTEPORT=" + client.getLocalPort(),
                    "TCPLOCALIP=127.0.0.1",
                    "TCPLOCALPORT=" + server.port(),
                    "REMOTE_ADDR=127.0.0.1",
                    "REMOTE_PORT=" + client.getLocalPort(),
                    "BERTH_CLIENT=1",
                    "PYTHONUNBUFFERED=1");
        }
    }

    @Test
    void theClientsEndIsTheProgramsEndOfInputAndTheAnswerStillArrives() throws IOException {
        try (RunningCommand server = RunningCommand.start("serve", "0", "--handler", "exec", "--", "sort");
                Socket client = socket(server)) {
            send(client, "b\nc\na\n");
            client.shutdownOutput();

            assertThat(rest(client)).isEqualTo("a\nb\nc\n");
            server.awaitErr("closed: peer closed, exit code 0, 6 bytes in, 6 out");
        }
    }

    @Test
    void theProgramsEndClosesTheConnectionAndItsExitCodeIsTold() throws IOException {
        try (RunningCommand server = RunningCommand.start("serve", "0", "--exec", "read x; echo bye; exit 3");
                Socket client = socket(server)) {
            send(client, "x\n");

            assertThat(rest(client)).isEqualTo("bye\n");
            client.shutdownOutput();
            server.awaitErr("closed: completed, exit code 3, 2 bytes in, 4 out");
        }
    }

    @Test
    void muchOutputOfAProgramThatHasEndedArrivesWhole() throws IOException {
        try (RunningCommand server = RunningCommand.start("serve", "0", "--exec", "head -c 9000000 /dev/zero");
                Socket client = socket(server)) {
            send(client, "x");

            assertThat(client.getInputStream().readAllBytes()).hasSize(9_000_000);
        }
    }

    @Test
    void errorOutputGoesToTheLogWithTheClientsNumberAndEscaped() throws IOException {
        try (RunningCommand server = RunningCommand.start("serve", "0", "--exec", "printf 'bad \\033[31mnews\\nmore\\n' >&2");
                Socket client = socket(server)) {
            send(client, "x");

            assertThat(rest(client)).isEmpty();
            server.awaitErr("closed");
            String who = "#1 127.0.0.1:" + client.getLocalPort();
            assertThat(server.err()).contains(who + " stderr: bad \\x1b[31mnews", who + " stderr: more").doesNotContain("\033");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"wait", "cat"})
    void aResetEndsTheProgramAndWhatItStarted(String waiting) throws IOException {
        try (RunningCommand server = RunningCommand.start("serve", "0", "--exec", "sleep 1000 & echo $!; " + waiting);
                Socket client = socket(server)) {
            send(client, "x");
            ProcessHandle sleeper = ProcessHandle.of(Long.parseLong(line(client))).orElseThrow();

            reset(client);

            awaitGone(sleeper);
            server.awaitErr("closed: peer reset, exit code ");
            // Children are asked first: a shell that only waits for them may see them end, and end with 0 by itself.
            assertThat(server.err()).containsPattern("exit code " + (waiting.equals("wait") ? "(143|0)\\b" : "143\\b"));
        }
    }

    @Test
    void aProgramThatIgnoresTheQuestionToEndIsKilled() throws IOException {
        try (RunningCommand server = RunningCommand.start("serve", "0", "--exec", "trap '' TERM; echo $$; sleep 1000");
                Socket client = socket(server)) {
            send(client, "x");
            ProcessHandle program = ProcessHandle.of(Long.parseLong(line(client))).orElseThrow();

            reset(client);

            awaitGone(program);
            server.awaitErr("exit code 137");
        }
    }

    @Test
    void aProgramThatIgnoresItsClientsEndIsEndedAfterAWhile() throws IOException {
        try (RunningCommand server = RunningCommand.start("serve", "0", "--exec-linger", "100ms", "--exec", "sleep 1000");
                Socket client = socket(server)) {
            send(client, "x");
            client.shutdownOutput();

            assertThat(rest(client)).isEmpty();
            server.awaitErr("closed: peer closed, ended after 0.1s without output (--exec-linger), exit code 143");
        }
    }

    @Test
    void aServerThatEndsEndsItsPrograms() throws IOException {
        try (RunningCommand server = RunningCommand.start("serve", "0", "--exec", "trap '' TERM; echo on; sleep 1000");
                Socket client = socket(server)) {
            send(client, "x");
            assertThat(line(client)).isEqualTo("on");
        }

        assertThat(ProcessHandle.current().descendants()).isEmpty();
    }

    @Test
    void aConnectionWithoutAByteStartsNothing() throws IOException {
        RunningCommand server = RunningCommand.start("serve", "0", "--exec", "echo started >&2");
        try (Socket probe = socket(server)) {
            probe.shutdownOutput();
            assertThat(rest(probe)).isEmpty();
        }
        server.close();

        assertThat(server.err()).contains("0 clients served, 0 refused, 1 gone without a byte").doesNotContain("started");
    }

    @Test
    void aProgramThatIsGoneSinceIsToldAndItsClientClosed(@TempDir Path folder) throws IOException {
        Path program = folder.resolve("program");
        Files.writeString(program, "#!/bin/sh\ncat\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        try (RunningCommand server = RunningCommand.start("serve", "0", "--handler", "exec", "--", program.toString());
                Socket client = socket(server)) {
            Files.delete(program);
            send(client, "x");

            assertThat(rest(client)).isEmpty();
            server.awaitErr("#1 127.0.0.1:" + client.getLocalPort() + " cannot start '" + program + "': ");
            server.awaitErr("closed: completed, 1 byte in, 0 out");
        }
    }

    /** FAULTS E9. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void programsThatCannotBeStartedLeaveNoDescriptor(@TempDir Path folder) throws IOException {
        Path program = folder.resolve("program");
        Files.writeString(program, "#!/bin/sh\ncat\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        try (RunningCommand server = RunningCommand.start("serve", "0", "--handler", "exec", "--", program.toString())) {
            assertThat(server.port()).isNotEmpty();
            Files.delete(program);
            askInVain(server);
            await().atMost(Duration.ofMillis(LIMIT_MILLIS)).until(() -> server.err().contains("closed: completed"));
            long before = descriptors();
            for (int i = 0; i < 100; i++) {
                askInVain(server);
            }

            await().atMost(Duration.ofMillis(LIMIT_MILLIS)).untilAsserted(() -> assertThat(descriptors()).isLessThanOrEqualTo(before));
        }
    }

    private static void askInVain(RunningCommand server) throws IOException {
        try (Socket client = socket(server)) {
            send(client, "x");
            assertThat(rest(client)).isEmpty();
        }
    }

    private static long descriptors() throws IOException {
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }

    @Test
    void aProgramThatSpeaksFirstIsStartedAtOnce() throws IOException {
        try (RunningCommand server = RunningCommand.start("serve", "0", "--exec-at-once", "--exec", "echo 220 ready; cat");
                Socket client = socket(server)) {
            assertThat(line(client)).isEqualTo("220 ready");
        }
    }

    @Test
    void aProgramThatKeepsItsOutputIsWorthAHintOnce() throws IOException {
        try (RunningCommand server = RunningCommand.start("serve", "0", "--exec", "cat > /dev/null");
                Socket one = socket(server);
                Socket two = socket(server)) {
            send(one, "x");
            send(two, "x");

            server.awaitErr("got input and has written nothing for 5 s");
            reset(one);
            reset(two);
            server.awaitErr("#1 ");
            assertThat(server.err().split("got input", -1)).hasSize(2);
        }
    }

    @Test
    void theTraceShowsTheBytes() throws IOException {
        try (RunningCommand server = RunningCommand.start("serve", "0", "--trace", "hex", "--exec", "tr a b");
                Socket client = socket(server)) {
            send(client, "a");
            client.shutdownOutput();

            assertThat(rest(client)).isEqualTo("b");
            server.awaitOut("in  1 byte   61  a");
            server.awaitOut("out 1 byte   62  b");
        }
    }

    @Test
    void moreThanAPipeHoldsGoesThroughBothWays() throws Exception {
        byte[] much = new byte[5_000_000];
        Arrays.fill(much, (byte) 'x');
        try (RunningCommand server = RunningCommand.start("serve", "0", "--exec", "cat");
                Socket client = socket(server)) {
            Thread writer = Thread.ofVirtual().start(() -> {
                try {
                    client.getOutputStream().write(much);
                    client.shutdownOutput();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });

            assertThat(client.getInputStream().readAllBytes()).isEqualTo(much);
            writer.join();
        }
    }
}
