package dev.berth.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.berth.proof.Signal;

/** The one bounded output, over a channel that does what the test says. */
@Timeout(30)
class OutputTest {
    private static final long MILLI = 1_000_000;

    private final StagedChannel channel = new StagedChannel();
    private final Ending ending = new Ending(channel);
    private final Output output = new Output(channel, ending, OutputLimits.SERVER, _ -> {});

    @Test
    void bytesNobodyFlushedLeaveAMillisecondLaterAlsoRightAfterABusyTime() throws Exception {
        output.owner(Thread.currentThread());
        var begun = new Signal();
        var go = new Signal();
        channel.onWrite(() -> {
            begun.give();
            go.awaitStubbornly();
        });
        output.write(new byte[10], 0, 10);
        var writer = Thread.ofVirtual().start(this::flush);
        begun.await();
        long now = System.nanoTime();
        assertThat(output.sweep(now + MILLI)).isTrue();
        go.give();
        writer.join();

        var second = new Signal();
        channel.onWrite(second::give);
        output.write(new byte[10], 0, 10);
        // Of the 100 ms for which a busy output is left alone, hardly any have passed.
        output.sweep(System.nanoTime() + 2 * MILLI);

        assertThat(second.within(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void anErrorInsideAWriteEndsTheLinkInsteadOfLeavingItToSpin() throws Exception {
        channel.onWrite(() -> {
            throw new OutOfMemoryError("no direct memory");
        });
        output.owner(Thread.currentThread());
        output.write(new byte[10], 0, 10);

        assertThatThrownBy(output::flush).isInstanceOf(OutOfMemoryError.class);
        assertThatThrownBy(output::flush).isInstanceOf(ConnectionClosedException.class);
        assertThatThrownBy(() -> output.write(new byte[10], 0, 10)).isInstanceOf(ConnectionClosedException.class);
        assertThat(output.unsentWrites()).isEqualTo(1);
        assertThat(ending.reason()).isEqualTo(CloseReason.IO_ERROR);
    }

    private void flush() {
        try {
            output.flush();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
