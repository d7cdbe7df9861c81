package dev.berth.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The system's accept fails, with each of its own errors: strace puts them in its place. FAULTS A11, A12. */
@Timeout(120)
class AcceptErrorsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static ServerProcess server;

    @BeforeAll
    @SuppressWarnings("NullAway.Init")
    static void start() throws Exception {
        Tools.require("strace", "strace", "-V");
        server = ServerProcess.start(List.of());
    }

    @AfterAll
    static void end() {
        if (server != null) {
            server.close();
        }
    }

    /** The next accepts of the server's process fail, until the result is closed. */
    private static LineProcess failing(String error, int times) throws Exception {
        var strace = new LineProcess(List.of("strace", "-f", "-p", String.valueOf(server.pid()), "-e", "trace=accept,accept4",
                "-e", "inject=accept,accept4:error=" + error + ":when=1.." + times));
        var said = strace.hear(line -> line.startsWith("strace: "));
        if (!said.contains("attached")) {
            strace.close();
            assertThat(System.getenv("CI")).as("strace must work in CI, and says " + said).isNotEqualTo("true");
            abort(said);
        }
        return strace;
    }

    /** ECONNABORTED does not come to us: the JDK itself takes the next client then. */
    @ParameterizedTest
    @CsvSource({
        "ECONNABORTED, 1, 0", "EPROTO, 1, 1", "EPERM, 1, 1",
        "EMFILE, 4, 4", "ENFILE, 4, 4", "ENOBUFS, 4, 4", "ENOMEM, 4, 4",
    })
    void isCountedAndTheClientServedAndOthersUnharmed(String error, int times, int counted) throws Exception {
        try (var here = new EchoClient(server.port(), PATIENCE)) {
            assertThat(here.ask("before")).isEqualTo(Reply.answer("before"));
            long before = server.ask("errors");
            try (var strace = failing(error, times);
                    var next = new EchoClient(server.port(), PATIENCE)) {
                assertThat(next.ask("hello")).isEqualTo(Reply.answer("hello"));

                assertThat(strace.hear(line -> line.contains("INJECTED"))).contains(error);
                assertThat(server.ask("errors") - before).isEqualTo(counted);
                assertThat(here.ask("after")).isEqualTo(Reply.answer("after"));
            }
        }
    }

    @Test
    void aProcessThatMayOpenNothingMoreServesWhoIsHereAndAcceptsAgainOnceItMay() throws Exception {
        Tools.require("prlimit", "prlimit", "--version");
        var pid = String.valueOf(server.pid());
        var usual = Tools.succeed(List.of("prlimit", "--pid", pid, "--nofile", "--raw", "--noheadings", "--output", "SOFT"));
        try (var here = new EchoClient(server.port(), PATIENCE)) {
            assertThat(here.ask("before")).isEqualTo(Reply.answer("before"));
            long before = server.ask("errors");
            Tools.succeed(List.of("prlimit", "--pid", pid, "--nofile=1:"));
            try (var next = new EchoClient(server.port(), PATIENCE)) {
                next.write("hello\n");
                while (server.ask("errors") - before < 3) {
                    assertThat(here.ask("meanwhile")).isEqualTo(Reply.answer("meanwhile"));
                }
                Tools.succeed(List.of("prlimit", "--pid", pid, "--nofile=" + usual.strip() + ":"));

                assertThat(next.readLine()).isEqualTo(Reply.answer("hello"));
                assertThat(here.ask("after")).isEqualTo(Reply.answer("after"));
            }
        }
    }
}
