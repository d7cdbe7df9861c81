package dev.berth.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import dev.berth.connection.Connection;
import dev.berth.connection.TruncatedException;
import dev.berth.transport.CloseReason;
import dev.berth.transport.ConnectionClosedException;

/** What a connection promises about its end, held on sockets and in memory alike. */
@ParameterizedClass
@EnumSource(Where.class)
@Timeout(60)
final class EndingParityTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final Ends ends;
    private final Connection<String> near;
    private final Connection<String> far;

    EndingParityTest(Where where) throws Exception {
        ends = where.open();
        near = ends.near();
        far = ends.far();
    }

    @AfterEach
    void end() {
        ends.close();
    }

    @Test
    void anEndInsideAFrameIsTruncatedAndDeliversNothingOfIt() throws Exception {
        ends.raw("whole\nhal");
        ends.farLink().shutdownOutput(LONG);

        assertThat(near.receive()).isEqualTo("whole");
        assertThatThrownBy(() -> near.receive()).isInstanceOfSatisfying(
                TruncatedException.class, e -> assertThat(e.leftOverBytes()).isEqualTo(3));
        assertThat(near.closeReason()).contains(CloseReason.TRUNCATED);
        assertThatThrownBy(() -> near.receive()).isInstanceOfSatisfying(
                ConnectionClosedException.class,
                e -> assertThat(e.reason()).isEqualTo(CloseReason.TRUNCATED));
    }

    @Test
    void aResetIsReportedAfterWhatCameBefore() throws Exception {
        ends.raw("before\n");
        assertThat(near.receive()).isEqualTo("before");
        ends.reset();

        assertThatThrownBy(() -> near.receive()).isInstanceOfSatisfying(
                ConnectionClosedException.class,
                e -> assertThat(e.reason()).isEqualTo(CloseReason.PEER_RESET));
        assertThat(near.closeReason()).contains(CloseReason.PEER_RESET);
    }

    @Test
    void aResetWakesWhoWaits() throws Exception {
        var waiting = Background.start(near::receive).awaitWaiting();
        ends.reset();

        assertThatThrownBy(waiting::result).isInstanceOf(ConnectionClosedException.class);
    }

    @Test
    void whoHasEndedItsOwnStreamStillHearsTheAnswer() throws Exception {
        ends.raw("question\n");
        ends.farLink().shutdownOutput(LONG);

        assertThat(near.receive()).isEqualTo("question");
        assertThat(near.receive()).isNull();
        near.send("answer");
        near.close();
        assertThat(far.receive()).isEqualTo("answer");
        assertThat(far.receive()).isNull();
    }

    @Test
    void closingTwiceIsHarmlessAndEverythingAfterItSaysWhy() {
        near.close();
        near.close();
        near.abort();

        assertThat(near.isOpen()).isFalse();
        assertThat(near.closeReason()).contains(CloseReason.COMPLETED);
        assertThatThrownBy(() -> near.send("too late")).isInstanceOfSatisfying(
                ConnectionClosedException.class,
                e -> assertThat(e.reason()).isEqualTo(CloseReason.COMPLETED));
        assertThatThrownBy(() -> near.receive()).isInstanceOf(ConnectionClosedException.class);
    }

    @Test
    void anAbortWakesWhoWaits() throws Exception {
        var waiting = Background.start(near::receive).awaitWaiting();
        near.abort();

        assertThatThrownBy(waiting::result).isInstanceOfSatisfying(
                ConnectionClosedException.class,
                e -> assertThat(e.reason()).isEqualTo(CloseReason.ABORTED));
    }

    @Test
    void anInputThatIsEndedBringsWhoWaitsToACleanEnd() throws Exception {
        var waiting = Background.start(far::receive).awaitWaiting();
        ends.farLink().endInput();

        assertThat(waiting.result()).isNull();
        assertThat(far.closeReason()).contains(CloseReason.DRAINED);
    }

    @Test
    void whoEndsBeforeItsFirstByteHasLeft() throws Exception {
        var left = new CountDownLatch(1);
        ends.farLink().readAhead(256, left::countDown);
        near.close();

        assertThat(left.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whatWasReadAheadIsTheFirstInput() throws Exception {
        ends.farLink().readAhead(256, () -> {});
        near.send("early");
        near.close();

        assertThat(far.receive()).isEqualTo("early");
        assertThat(far.receive()).isNull();
    }
}
