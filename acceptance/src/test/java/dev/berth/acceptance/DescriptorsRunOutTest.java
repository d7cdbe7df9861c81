package dev.berth.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server process with 64 descriptors meets more clients than that. */
@Timeout(60)
class DescriptorsRunOutTest {
    private static final int DESCRIPTORS = 64;
    private static final int SOME = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration REPORTED_EVERY = Duration.ofSeconds(10);
    private static final Duration EXHAUSTED = Duration.ofSeconds(3);
    /** The longest pause between two tries to accept is 1 s; the rest is for a busy machine. */
    private static final Duration BACK_WITHIN = Duration.ofSeconds(2);

    @Test
    void liveClientsGoOnAndAcceptsComeBack() throws Exception {
        var live = new ArrayList<EchoClient>();
        var waiting = new ArrayList<EchoClient>();
        try (var server = ServerProcess.start(DESCRIPTORS, 20, List.of("-Xmx64m"))) {
            for (int i = 0; i < DESCRIPTORS; i++) {
                waiting.add(new EchoClient(server.port(), PATIENCE));
            }
            long firstReport = Long.parseLong(server.await("acceptFailed"));
            long served = server.ask("live");
            live.addAll(waiting.subList(0, (int) served));
            waiting.removeAll(live);
            assertThat(live).hasSizeGreaterThan(2 * SOME);
            assertThat(waiting).hasSizeGreaterThan(2 * SOME);

            staysExhaustedAtLittleCost(server, waiting.getFirst());
            for (var client : live) {
                assertThat(client.ask("still there?")).isEqualTo(Reply.answer("still there?"));
            }

            acceptsComeBack(live.subList(0, SOME), waiting.subList(0, SOME));
            assertThat(live.getLast().ask("and now?")).isEqualTo(Reply.answer("and now?"));
            assertThat(server.reports("acceptFailed"))
                    .as("failed accepts are told at most once in 10 s, and were first at %s", firstReport)
                    .allMatch(time -> Long.parseLong(time) - firstReport >= REPORTED_EVERY.toMillis());
        } finally {
            for (var client : live) {
                client.close();
            }
            for (var client : waiting) {
                client.close();
            }
        }
    }

    /** A client that is not accepted is connected and silent meanwhile, and the acceptor does not spin. */
    private static void staysExhaustedAtLittleCost(ServerProcess server, EchoClient silent) throws Exception {
        long triesBefore = server.ask("errors");
        var cpuBefore = server.cpuTime();

        silent.patience(EXHAUSTED);
        assertThatThrownBy(() -> silent.ask("anybody?")).isInstanceOf(SocketTimeoutException.class);
        silent.patience(PATIENCE);

        var cpu = server.cpuTime().minus(cpuBefore);
        long tries = server.ask("errors") - triesBefore;
        System.out.printf("without descriptors for %s: %d tries to accept, %s of processor time%n", EXHAUSTED, tries, cpu);
        assertThat(cpu).isLessThan(EXHAUSTED.dividedBy(5));
        // 10 ms doubling to 1 s: 7 tries in the first second, then one each second.
        assertThat(tries).isBetween(1L, 7 + EXHAUSTED.toSeconds());
    }

    private static void acceptsComeBack(List<EchoClient> leaving, List<EchoClient> waiting) throws IOException {
        for (var client : leaving) {
            client.close();
        }
        long start = System.nanoTime();
        // The first of them has asked already, in vain.
        assertThat(waiting.getFirst().readLine()).isEqualTo(Reply.answer("anybody?"));
        for (var client : waiting.subList(1, waiting.size())) {
            assertThat(client.ask("my turn?")).isEqualTo(Reply.answer("my turn?"));
        }
        var took = Duration.ofNanos(System.nanoTime() - start);
        System.out.printf("%d clients that waited for descriptors were served after %s%n", waiting.size(), took);
        assertThat(took).isLessThan(BACK_WITHIN);
    }
}
