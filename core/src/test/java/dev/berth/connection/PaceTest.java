package dev.berth.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.berth.transport.CloseReason;
import dev.berth.transport.ConnectOptions;
import dev.berth.transport.KeepAlive;
import dev.berth.transport.Link;
import dev.berth.transport.OutputLimits;
import dev.berth.transport.Transport;

/** How long a peer that sends too fast is left unread: by a clock of the test's own, and by the real one. */
@Timeout(60)
class PaceTest {
    private static final int OFF = Integer.MAX_VALUE;
    private static final long SECOND = 1_000_000_000;
    // On the way it overflows, as System.nanoTime may.
    private static final long START = Long.MAX_VALUE - SECOND;

    private static long after(long nanos) {
        return START + nanos;
    }

    @Test
    void asMuchAsASecondHoldsComesAtOnce() {
        var pace = new Pace(10, OFF, START);

        assertThat(pace.debt(10, 0, START)).isZero();
        assertThat(pace.debt(11, 0, START)).isEqualTo(SECOND / 10);
    }

    @Test
    void theDebtIsPaidByTime() {
        var pace = new Pace(OFF, 1_000, START);

        assertThat(pace.debt(0, 3_000, START)).isEqualTo(2 * SECOND);
        assertThat(pace.debt(0, 3_000, after(SECOND))).isEqualTo(SECOND);
        assertThat(pace.debt(0, 3_000, after(2 * SECOND))).isZero();
        assertThat(pace.debt(0, 3_001, after(2 * SECOND))).isEqualTo(SECOND / 1_000);
    }

    @Test
    void silenceSavesUpASecondAndNoMore() {
        var pace = new Pace(10, OFF, START);

        assertThat(pace.debt(20, 0, after(60 * SECOND))).isEqualTo(SECOND);
    }

    @Test
    void howeverMuchComesAtOnceIsCounted() {
        var pace = new Pace(OFF, 1_000_000, START);

        assertThat(pace.debt(0, 10_000_000_000L, START)).isEqualTo(9_999 * SECOND);
        assertThat(pace.debt(0, Long.MAX_VALUE, START)).isGreaterThan(1_000_000_000 * SECOND);
        assertThat(pace.debt(0, Long.MAX_VALUE, after(SECOND))).isGreaterThan(1_000_000_000 * SECOND);
    }

    @Test
    void theStricterOfBothRatesCounts() {
        var pace = new Pace(10, 100, START);

        assertThat(pace.debt(20, 500, START)).isEqualTo(4 * SECOND);
    }

    @Test
    void withoutRatesThereIsNothingToWaitFor() {
        assertThat(Pace.of(OFF, OFF)).isSameAs(Pace.NONE);
        assertThat(new Pace(OFF, 1, START).debt(1_000_000_000, 0, START)).isZero();
    }

    @Nested
    class Waiting {
        private static final Duration DEBT = Duration.ofMillis(200);
        private static final int OWING_200_MILLIS = 12;
        private static final int OWING_A_MINUTE = 610;
        private static final Duration LIMIT = Duration.ofSeconds(30);
        private static final Duration AT_ONCE = Duration.ofSeconds(10);

        private final long start = System.nanoTime();
        /** Ten frames a second, and a second's worth saved up long ago: what is owed does not depend on when it is asked. */
        private final Pace pace = new Pace(10, OFF, start - 60 * SECOND);
        private ServerSocket listening;
        private Link link;

        @BeforeEach
        void connect() throws IOException {
            listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            link = Transport.portable().connect((InetSocketAddress) listening.getLocalSocketAddress(),
                    new ConnectOptions(LIMIT, null, OutputLimits.CLIENT, KeepAlive.NONE));
        }

        @AfterEach
        void close() throws IOException {
            link.close();
            listening.close();
        }

        private Duration since() {
            return Duration.ofNanos(System.nanoTime() - start);
        }

        @Test
        void lastsAsLongAsTheDebtWhereThereIsNoLimit() throws Exception {
            assertThat(pace.await(link, OWING_200_MILLIS, null)).isNull();

            assertThat(since()).isBetween(DEBT, DEBT.plus(AT_ONCE));
        }

        @Test
        void leavesTheRestOfTheLimit() throws Exception {
            long begun = System.nanoTime();
            var left = pace.await(link, OWING_200_MILLIS, LIMIT);

            assertThat(left).isBetween(LIMIT.minusNanos(System.nanoTime() - begun), LIMIT.minus(DEBT));
        }

        @Test
        void leavesNothingOfALimitThatIsTheDebtItself() throws Exception {
            assertThat(pace.await(link, OWING_200_MILLIS, DEBT)).isEqualTo(Duration.ZERO);
        }

        @Test
        void endsAtTheLimitWhereTheDebtIsLarger() {
            assertThatThrownBy(() -> pace.await(link, OWING_A_MINUTE, DEBT))
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessage("nothing received within PT0.2S");

            assertThat(since()).isBetween(DEBT, DEBT.plus(AT_ONCE));
        }

        @Test
        void isNoneForWhoOwesNothing() throws Exception {
            assertThat(pace.await(link, 10, LIMIT)).isBetween(LIMIT.minus(AT_ONCE), LIMIT);
            assertThat(Pace.NONE.await(link, OWING_A_MINUTE, DEBT)).isSameAs(DEBT);
            assertThat(since()).isLessThan(AT_ONCE);
        }

        @Test
        void countsTheBytesThatTheLinkHasRead() throws Exception {
            var byBytes = new Pace(OFF, 100, start - 60 * SECOND);
            try (var peer = listening.accept()) {
                peer.getOutputStream().write(new byte[120]);
                var read = ByteBuffer.allocate(120);
                while (read.hasRemaining()) {
                    link.read(read);
                }

                assertThat(byBytes.await(link, 0, DEBT)).isEqualTo(Duration.ZERO);
            }
        }

        @Test
        void costsNoProcessorTime() throws Exception {
            var threads = ManagementFactory.getThreadMXBean();
            long before = threads.getCurrentThreadCpuTime();
            pace.await(link, OWING_200_MILLIS, null);

            assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - before)).isLessThan(DEBT.dividedBy(2));
        }

        @Test
        void endsSoonWithALinkThatIsAborted() throws Exception {
            var waiting = waiting();
            link.abort(CloseReason.SERVER_CLOSED);

            assertThat(waiting.join(AT_ONCE)).isTrue();
        }

        @Test
        void endsSoonWithTheInput() throws Exception {
            var waiting = waiting();
            link.endInput();

            assertThat(waiting.join(AT_ONCE)).isTrue();
        }

        /** A thread that waits for a minute, unless somebody ends it. */
        private Thread waiting() throws InterruptedException {
            var thread = Thread.ofVirtual().start(() -> {
                try {
                    pace.await(link, OWING_A_MINUTE, null);
                } catch (SocketTimeoutException e) {
                    throw new AssertionError(e);
                }
            });
            assertThat(thread.join(DEBT)).as("ended by itself").isFalse();
            return thread;
        }

        @Test
        void endsWithAnInterruptThatTheNextReadSees() throws Exception {
            Thread.currentThread().interrupt();
            var left = pace.await(link, OWING_A_MINUTE, LIMIT);

            assertThat(Thread.interrupted()).isTrue();
            assertThat(left).isEqualTo(LIMIT);
            assertThat(since()).isLessThan(AT_ONCE);
        }
    }
}
