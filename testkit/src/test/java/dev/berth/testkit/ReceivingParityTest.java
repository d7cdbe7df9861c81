package dev.berth.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import dev.berth.connection.Connection;
import dev.berth.framing.FramingException;
import dev.berth.transport.CloseReason;
import dev.berth.transport.ConnectionClosedException;

/** What a connection promises to who receives, held on sockets and in memory alike. */
@ParameterizedClass
@EnumSource(Where.class)
@Timeout(60)
final class ReceivingParityTest {
    private static final Duration SHORT = Duration.ofMillis(30);
    private static final Duration LONG = Duration.ofSeconds(20);

    private final Ends ends;
    private final Connection<String> near;
    private final Connection<String> far;

    ReceivingParityTest(Where where) throws Exception {
        ends = where.open();
        near = ends.near();
        far = ends.far();
    }

    @AfterEach
    void end() {
        ends.close();
    }

    @Test
    void aRequestIsAnswered() throws Exception {
        var server = Background.start(() -> {
            far.forEach(line -> far.send("got " + line));
            return "over";
        });

        assertThat(near.request("a")).isEqualTo("got a");
        assertThat(near.request("b", LONG)).isEqualTo("got b");
        near.close();
        assertThat(server.result()).isEqualTo("over");
    }

    @Test
    void aCleanEndIsNullAndStaysSo() throws Exception {
        far.send("last");
        far.close();

        assertThat(near.receive()).isEqualTo("last");
        assertThat(near.receive()).isNull();
        assertThat(near.receive(SHORT)).isNull();
        assertThat(near.closeReason()).contains(CloseReason.PEER_CLOSED);
    }

    @Test
    void whoExpectsAMessageIsToldOfTheEnd() {
        far.close();

        assertThatThrownBy(() -> near.expect()).isExactlyInstanceOf(EOFException.class);
        assertThatThrownBy(() -> near.request("anyone?")).isInstanceOf(IOException.class);
    }

    @Test
    void afterAFramingErrorAnAnswerCanBeSentAndNothingMoreIsDelivered() throws Exception {
        ends.farLink().write(new byte[] {'o', 'k', '\n', (byte) 0xFF, '\n', 'x', '\n'}, 0, 7);

        assertThat(near.receive()).isEqualTo("ok");
        assertThatThrownBy(() -> near.receive()).isInstanceOf(FramingException.class);
        near.send("ERR not UTF-8");
        assertThatThrownBy(() -> near.receive()).isInstanceOfSatisfying(
                ConnectionClosedException.class,
                e -> assertThat(e.reason()).isEqualTo(CloseReason.BAD_FRAME));
        near.close();
        assertThat(far.receive()).isEqualTo("ERR not UTF-8");
        assertThat(far.receive()).isNull();
    }

    @Test
    void aFrameOverTheMaximumIsRefused() throws Exception {
        ends.raw("x".repeat(70_000));

        assertThatThrownBy(() -> near.receive()).isInstanceOf(FramingException.class);
        assertThat(near.closeReason()).contains(CloseReason.FRAME_TOO_LARGE);
    }

    @Test
    void aTimeoutLeavesTheConnectionUsableAndLosesNothing() throws Exception {
        ends.raw("first ");
        assertThatThrownBy(() -> near.receive(SHORT)).isInstanceOf(SocketTimeoutException.class);
        assertThatThrownBy(() -> near.request("anyone?", SHORT)).isInstanceOf(SocketTimeoutException.class);
        ends.raw("second\n");

        assertThat(near.receive(LONG)).isEqualTo("first second");
        assertThat(far.receive()).isEqualTo("anyone?");
        assertThat(near.isOpen()).isTrue();
        assertThat(near.closeReason()).isEmpty();
    }

    @Test
    void aTimeoutOfNoTimeTakesWhatHasComeAndOneOfAgesIsNone() throws Exception {
        ends.raw("first\nsecond\n");
        assertThat(near.receive()).isEqualTo("first");

        assertThat(near.receive(Duration.ZERO)).isEqualTo("second");
        assertThatThrownBy(() -> near.receive(Duration.ZERO)).isInstanceOf(SocketTimeoutException.class);
        ends.raw("third\n");
        assertThat(near.receive(Duration.ofDays(365_000))).isEqualTo("third");
    }

    @Test
    void aSecondReceiveIsAnIllegalStateAndHarmsNotTheFirst() throws Exception {
        var first = Background.start(near::receive).awaitWaiting();

        assertThatThrownBy(() -> near.receive())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("another thread is receiving");
        ends.raw("for the first\n");
        assertThat(first.result()).isEqualTo("for the first");
    }

    @Test
    void anInterruptWhileReceivingEndsTheConnection() throws Exception {
        var waiting = Background.start(near::receive).awaitWaiting();
        waiting.interrupt();

        assertThatThrownBy(waiting::result).isInstanceOfSatisfying(
                ConnectionClosedException.class,
                e -> assertThat(e.reason()).isEqualTo(CloseReason.INTERRUPTED));
        assertThat(near.isOpen()).isFalse();
        assertThat(near.closeReason()).contains(CloseReason.INTERRUPTED);
        near.close();
        assertThat(far.receive()).isNull();
    }

    @Test
    void anInterruptBeforeReceivingEndsTheConnectionWhateverHasCome() throws Exception {
        ends.raw("here already\n");
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> near.receive()).isInstanceOf(ConnectionClosedException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(near.closeReason()).contains(CloseReason.INTERRUPTED);
    }
}
