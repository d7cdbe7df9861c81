package dev.berth.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
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

/** Nobody is cut for a silence that has ended while it was judged, nor for a pause of our own process. The timer's turn is the test's. FAULTS E13. */
@ExtendWith(Baseline.class)
class PatienceTest {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofMinutes(10);

    private ServerSocket listener;
    private Link link;
    private Socket peer;
    /** What the peer's thread does while the timer asks whether bytes are there. */
    private Runnable meanwhile = () -> {};
    private Patience patience;

    @BeforeEach
    void connect() throws IOException {
        listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        link = Transport.portable().connect(
                (InetSocketAddress) listener.getLocalSocketAddress(), new ConnectOptions(Duration.ofSeconds(20), null, OutputLimits.CLIENT, KeepAlive.NONE));
        peer = listener.accept();
        patience = new Patience(staged(), new Deadlines(LIMIT, LIMIT, LIMIT, true));
    }

    private Link staged() {
        return (Link) Proxy.newProxyInstance(Link.class.getClassLoader(), new Class<?>[] {Link.class}, (_, method, arguments) -> {
            if (method.getName().equals("available")) {
                meanwhile.run();
            }
            try {
                return method.invoke(link, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }

    @AfterEach
    void end() throws IOException {
        link.close();
        peer.close();
        listener.close();
    }

    private void judgeTooLate() {
        patience.judge(System.nanoTime() + LIMIT.toNanos());
    }

    private void judgeAfter(Duration waited) {
        patience.judge(System.nanoTime() + waited.toNanos());
    }

    private void say(int bytes) throws IOException {
        peer.getOutputStream().write(new byte[bytes]);
        await().atMost(LIMIT).until(() -> link.available() == bytes);
    }

    @Test
    void whoIsSilentIsCut() {
        patience.begin(false);
        judgeAfter(LIMIT.dividedBy(2));
        assertThat(link.isAborted()).isFalse();

        judgeTooLate();

        assertThat(link.reason()).isEqualTo(CloseReason.FIRST_BYTE_TIMEOUT);
    }

    @Test
    void whoseBytesAreTakenWhileItIsJudgedIsNot() {
        patience.begin(false);
        meanwhile = () -> patience.end(true);

        judgeTooLate();

        assertThat(link.isAborted()).isFalse();
    }

    @Test
    void whoIsWaitedForAnewMeanwhileHasAllItsTime() {
        patience.begin(false);
        long late = System.nanoTime() + LIMIT.toNanos();
        meanwhile = () -> {
            patience.end(true);
            patience.begin(false);
        };

        patience.judge(late);

        assertThat(link.isAborted()).isFalse();
    }

    /** The thread that reads it may not have run yet: after a pause of the process, or where there is no processor for it. */
    @Test
    void whoseWordsAreUnreadIsNotCutHoweverLateTheyAreRead() throws Exception {
        patience.begin(false);
        say(3);

        judgeAfter(Duration.ofHours(1));

        assertThat(link.isAborted()).isFalse();
    }

    @Test
    void onceTheyAreReadItsTimeBeginsAnew() throws Exception {
        patience.begin(false);
        say(3);
        link.read(ByteBuffer.allocate(3));
        patience.end(true);
        patience.begin(false);

        judgeAfter(LIMIT.dividedBy(2));
        assertThat(link.isAborted()).isFalse();
        judgeAfter(LIMIT);
        assertThat(link.reason()).isEqualTo(CloseReason.IDLE_TIMEOUT);
    }

    @Test
    void whoIsNotWaitedForIsNotCut() {
        patience.begin(false);
        patience.end(false);

        judgeAfter(Duration.ofHours(1));

        assertThat(link.isAborted()).isFalse();
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
