package dev.berth.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A peer whose cable is pulled: no end, no reset, nothing. FAULTS A5. */
@Timeout(90)
class VanishedPeerTest {
    private static final Duration DEAD_AFTER = Duration.ofSeconds(8);
    /** For a busy machine; without questions to the peer it would be never. */
    private static final Duration PATIENCE = DEAD_AFTER.plusSeconds(12);

    @Test
    void isFoundByTheKernelsQuestionsThoughNothingIsSentToIt() throws Exception {
        try (var here = Network.alone();
                var there = here.cabled();
                var server = ServerProcess.start(here.inside(), "host=0.0.0.0", "deadAfter=" + DEAD_AFTER);
                var peer = new LineProcess(there.inside("bash", "-c",
                        "exec 3<>/dev/tcp/10.0.0.1/" + server.port() + "; cat <&3 & exec cat >&3"))) {
            peer.say("hello");
            assertThat(peer.hear()).isEqualTo(Reply.answer("hello"));
            assertThat(server.ask("live")).isEqualTo(1);

            there.run("ip link set far down");

            long pulled = System.nanoTime();
            await().atMost(PATIENCE).until(() -> server.ask("live") == 0);
            assertThat(server.say("reasons")).contains("IO_ERROR=1");
            System.out.printf("a peer that vanished was found after %s; deadAfter was %s; ended: %s%n",
                    Duration.ofNanos(System.nanoTime() - pulled), DEAD_AFTER, server.say("reasons"));
        }
    }
}
