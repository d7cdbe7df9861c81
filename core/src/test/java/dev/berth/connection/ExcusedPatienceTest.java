package dev.berth.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.berth.proof.Baseline;
import dev.berth.transport.CloseReason;
import dev.berth.transport.ConnectOptions;
import dev.berth.transport.KeepAlive;
import dev.berth.transport.Link;
import dev.berth.transport.OutputLimits;
import dev.berth.transport.Transport;

/** Nobody is cut for a pause of our own process. The timer's turn is the test's. FAULTS E13. */
@ExtendWith(Baseline.class)
class ExcusedPatienceTest {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofMinutes(10);

    private ServerSocket listener;
    private Socket peer;
    private Link link;
    private Patience patience;

    @BeforeEach
    void connect() throws IOException {
        listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        link = Transport.portable().connect((InetSocketAddress) listener.getLocalSocketAddress(),
                new ConnectOptions(Duration.ofSeconds(20), null, OutputLimits.CLIENT, KeepAlive.NONE));
        peer = listener.accept();
        patience = new Patience(link, new Deadlines(LIMIT, LIMIT, LIMIT, false));
    }

    @AfterEach
    void end() throws IOException {
        link.close();
        peer.close();
        listener.close();
    }

    private void judgeAfter(Duration waited) {
        patience.judge(System.nanoTime() + waited.toNanos());
    }

    @Test
    void aFrameHasItsTimeBesidesThePause() {
        patience.begin(true);
        patience.excuse(PAUSE.toNanos());

        judgeAfter(PAUSE.plus(LIMIT).minusSeconds(10));
        assertThat(link.isAborted()).isFalse();

        judgeAfter(PAUSE.plus(LIMIT));
        assertThat(link.reason()).isEqualTo(CloseReason.FRAME_TIMEOUT);
    }

    @Test
    void aPauseCountsForAllOfAFrame() {
        patience.begin(true);
        patience.excuse(PAUSE.toNanos());
        patience.end(true);
        patience.begin(true);

        judgeAfter(PAUSE.plus(LIMIT).minusSeconds(10));

        assertThat(link.isAborted()).isFalse();
    }

    @Test
    void aPauseBeforeTheWaitIsNoExcuse() {
        patience.begin(true);
        patience.excuse(PAUSE.toNanos());
        patience.end(true);
        patience.frameEnded();
        patience.begin(true);

        judgeAfter(LIMIT);

        assertThat(link.reason()).isEqualTo(CloseReason.FRAME_TIMEOUT);
    }
}
