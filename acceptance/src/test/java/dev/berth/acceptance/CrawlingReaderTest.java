package dev.berth.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A peer that takes a little again and again, so that a server's writes never quite stop. Usually a system lets many kilobytes pass at
 * a time; in a network of its own, one that keeps next to nothing lets 128 bytes pass every two seconds. FAULTS A10.
 */
@Timeout(90)
class CrawlingReaderTest {
    private static final Duration WRITE_TIMEOUT = Duration.ofSeconds(5);
    /** For a busy machine, and for a second stretch where a system keeps more; without the guard it would be minutes. */
    private static final Duration PATIENCE = WRITE_TIMEOUT.multipliedBy(2).plusSeconds(10);
    /** Half of the least that a peer must take in a second. */
    private static final String TAKE_64_BYTES_A_SECOND = "while read -rN 13 -u 3; do sleep 0.2; done";

    @Test
    void isCutThoughSomethingIsTakenMoreThanOnceInEachTimeout() throws Exception {
        try (var network = Network.alone()) {
            network.run("sysctl -qw net.ipv4.tcp_rmem='256 256 256' net.ipv4.tcp_notsent_lowat=1");
            try (var server = ServerProcess.start(network.inside(), "writeTimeout=" + WRITE_TIMEOUT);
                    var peer = new LineProcess(network.inside("bash", "-c",
                            "exec 3<>/dev/tcp/127.0.0.1/" + server.port() + "; head -c 8000 /dev/zero | tr '\\0' x >&3; echo >&3; echo asked; "
                                    + TAKE_64_BYTES_A_SECOND))) {
                peer.hear("asked"::equals);
                long asked = System.nanoTime();

                await().atMost(PATIENCE).untilAsserted(() -> assertThat(server.say("reasons")).contains("WRITE_TIMEOUT=1"));
                System.out.printf("a reader that crawled was cut after %s; the write timeout was %s%n",
                        Duration.ofNanos(System.nanoTime() - asked), WRITE_TIMEOUT);
            }
        }
    }
}
