package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

import dev.berth.server.TcpServer;

/** {@code berth torture} tells a server that lets nobody harm anybody from those that do. */
@Timeout(60)
final class TortureTest {
    // Patient, for a machine that is busy: the victim's last visit ends before the attackers leave, so whoever starves is found out.
    private static final String MODEST = " --connections 6 --duration 200ms --patience 10s --json -";

    private static RunningCommand torture(int port, String options) {
        return RunningCommand.start(("torture " + port + " " + options).split(" "));
    }

    private static JsonNode json(RunningCommand torture) {
        return new ObjectMapper().readTree(torture.out());
    }

    private static TcpServer echo() throws IOException {
        return TcpServer.listen(0, client -> client.forEach(client::send));
    }

    @Test
    void noAttackHarmsOthersOnBerthsOwnServer() throws IOException {
        try (TcpServer server = echo();
                RunningCommand torture = torture(server.port(), "--probe ping" + MODEST)) {
            assertThat(torture.exitCode()).as(torture.err() + torture.out()).isEqualTo(ExitCode.DONE);

            JsonNode report = json(torture);
            assertThat(report.get("attacks")).hasSize(16);
            for (JsonNode attack : report.get("attacks")) {
                assertThat(attack.get("victim").get("visits").asInt()).as(attack.toString()).isPositive();
                assertThat(attack.get("servedAfterwards").asBoolean()).isTrue();
            }
        }
    }

    @Test
    void eachConnectionsFateIsCounted() throws IOException {
        try (TcpServer server = echo();
                RunningCommand torture = torture(server.port(), "--attacks a3,a6,a8,a13,b5 --probe ping" + MODEST)) {
            assertThat(torture.exitCode()).as(torture.err() + torture.out()).isEqualTo(ExitCode.DONE);

            JsonNode attacks = json(torture).get("attacks");
            assertThat(fates(attacks.get(0), "open")).isEqualTo(6);
            assertThat(fates(attacks.get(1), "closed")).isEqualTo(6);
            assertThat(fates(attacks.get(2), "left")).isGreaterThan(6);
            assertThat(fates(attacks.get(3), "open")).isEqualTo(24);
            // A line that never ends is refused at 64 KiB; unread bytes may turn the end into a reset.
            assertThat(fates(attacks.get(4), "closed") + fates(attacks.get(4), "reset")).isEqualTo(6);
        }
    }

    private static int fates(JsonNode attack, String kind) {
        return attack.get("connections").get(kind).get("count").asInt();
    }

    /** One thread, one client at a time: whoever holds on holds up everybody. */
    @ParameterizedTest
    @ValueSource(strings = {"a3", "a4", "a5", "a9", "a13", "b3"})
    void aServerOfOneThreadLetsOthersSuffer(String attack) throws IOException {
        try (var server = new OneAtATime()) {
            assertHarms(server.port(), attack, "line");
        }
    }

    @ParameterizedTest
    @CsvSource({"b1, len4be", "b3, len4be", "b5, line"})
    void aServerThatHasMemoryForWhatIsOnlyAnnouncedOrNeverEndsLetsOthersSuffer(String attack, String frame) throws IOException {
        try (var server = new OneMemory(frame)) {
            assertHarms(server.port(), attack, frame);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a1", "b4", "b7", "b10"})
    void aServerWhoseOneWorkerExpectsNoneOfThisLetsOthersSuffer(String attack) throws IOException {
        try (var server = new OneWorker(attack)) {
            assertHarms(server.port(), attack, "line");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a9", "a10"})
    void aServerThatWritesUnderOneLockLetsOthersSuffer(String attack) throws IOException {
        try (var server = new OneLock()) {
            assertHarms(server.port(), attack, "line");
        }
    }

    @Test
    void withoutTheirWeaknessBeingMetTheyServeOthers() throws IOException {
        try (var memory = new OneMemory("line");
                var worker = new OneWorker("b4");
                RunningCommand one = torture(memory.port(), "--attacks a3,a4 --probe ping" + MODEST);
                RunningCommand other = torture(worker.port(), "--attacks a3,a4,b7 --probe ping" + MODEST)) {
            assertThat(one.exitCode()).as(one.err() + one.out()).isEqualTo(ExitCode.DONE);
            assertThat(other.exitCode()).as(other.err() + other.out()).isEqualTo(ExitCode.DONE);
        }
    }

    private static void assertHarms(int port, String attack, String frame) {
        try (RunningCommand torture = torture(port, "--attacks " + attack + " --frame " + frame
                + " --probe ping --connections 6 --duration 600ms --patience 200ms --recovery 200ms --json -")) {
            assertThat(torture.exitCode()).as(torture.err() + torture.out()).isEqualTo(ExitCode.FAILED);

            JsonNode report = json(torture);
            assertThat(report.get("harmful").asInt()).isEqualTo(1);
            assertThat(report.get("attacks").get(0).get("victim").get("failed").asInt()).isPositive();
        }
    }

    @Test
    void withoutAQuestionTheVictimOnlyConnectsWhichTheSystemAnswers() throws IOException {
        try (var server = new OneAtATime();
                RunningCommand torture = torture(server.port(), "--attacks a3 --connections 3 --duration 300ms --json -")) {
            assertThat(torture.exitCode()).as(torture.err() + torture.out()).isEqualTo(ExitCode.DONE);

            assertThat(json(torture).get("probed").asBoolean()).isFalse();
        }
    }

    @Test
    void aServerThatIsGoneAfterwardsEndsTheRun() throws IOException {
        AtomicInteger clients = new AtomicInteger();
        List<TcpServer> started = new ArrayList<>();
        try (TcpServer server = TcpServer.listen(0, client -> {
                    // The calm has 10 visits; one of the victim's, or of an attacker's, is the 12th.
                    if (clients.incrementAndGet() == 12) {
                        started.forEach(each -> Thread.ofPlatform().start(each::close));
                    }
                    client.forEach(client::send);
                })) {
            started.add(server);
            try (RunningCommand torture = torture(server.port(), "--probe ping --connections 3 --duration 200ms --patience 200ms --recovery 200ms --json -")) {
                assertThat(torture.exitCode()).as(torture.err()).isEqualTo(ExitCode.FAILED);

                JsonNode report = json(torture);
                assertThat(report.get("endedEarly").asBoolean()).isTrue();
                assertThat(report.get("attacks")).hasSize(1);
                assertThat(report.get("attacks").get(0).get("servedAfterwards").asBoolean()).isFalse();
            }
        }
    }

    @Test
    void anotherAnswerThanInCalmIsHarm() throws IOException {
        AtomicInteger clients = new AtomicInteger();
        try (TcpServer server = TcpServer.listen(0, client -> {
                    boolean busy = clients.incrementAndGet() > 10;
                    client.forEach(line -> client.send(busy ? "BUSY" : line));
                });
                RunningCommand torture = torture(server.port(), "--attacks a3 --probe ping --connections 1 --duration 100ms --recovery 200ms --json -")) {
            assertThat(torture.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(json(torture).get("attacks").get(0).get("victim").get("firstTrouble").asString())
                    .isEqualTo("another answer than in calm");
        }
    }

    @Test
    void theTableHasARowForEachAttackAndTheFileTheSame(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("report.json");
        try (TcpServer server = echo();
                RunningCommand torture = torture(server.port(),
                        "--attacks a3,b1 --probe ping --connections 4 --duration 200ms --json " + file)) {
            assertThat(torture.exitCode()).as(torture.err()).isEqualTo(ExitCode.DONE);
            assertThat(torture.err()).isEmpty();
            assertThat(torture.out()).containsPattern("(?m)^attack  what is done +what the server did +the victim$")
                    .containsPattern("(?m)^a3 +says nothing +accepted 4, 4 still open +unharmed: [0-9]+ visits, slowest [0-9.]+ ms$")
                    .containsPattern("(?m)^b1 +announces 2 GiB, 4 GiB")
                    .contains("none of 2 attacks harmed the victim, and the server answers");
        }
        assertThat(new ObjectMapper().readTree(Files.readString(file)).get("attacks")).hasSize(2);
    }

    @Test
    void aServerThatDoesNotAnswerInCalmIsNotAttacked() throws IOException {
        try (TcpServer server = TcpServer.listen(0, client -> client.forEach(_ -> { }));
                RunningCommand torture = torture(server.port(), "--probe ping --patience 100ms")) {
            assertThat(torture.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(torture.err()).contains("not served even before an attack");
        }
    }

}
