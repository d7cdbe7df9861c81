package dev.berth.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.berth.proof.Signal;

/** The one bounded output, over a channel that does what the test says. */
@Timeout(30)
class OutputTest {
    private static final long MILLI = 1_000_000;

    private final StagedChannel channel = new StagedChannel();
    private final Ending ending = new Ending(channel);
    private final Output output = output(OutputLimits.SERVER);

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

    @Test
    void whatTheOwnerSendsLeavesInOneWriteWhenItFlushesOrHasCollectedABatch() throws Exception {
        var writes = new AtomicInteger();
        channel.onWrite(writes::incrementAndGet);
        output.owner(Thread.currentThread());
        for (int i = 0; i < 1_000; i++) {
            output.write(new byte[30], 0, 30);
        }
        assertThat(writes).hasValue(0);
        output.flush();
        assertThat(writes).hasValue(1);

        output.write(new byte[Link.BATCH_BYTES - 1], 0, Link.BATCH_BYTES - 1);
        assertThat(writes).hasValue(1);
        output.write(new byte[1], 0, 1);
        assertThat(writes).hasValue(2);
        assertThat(output.unsentBytes()).isZero();
    }

    @Test
    void whatAnotherThreadThanTheOwnersSendsLeavesAtOnce() throws Exception {
        var written = new Signal();
        channel.onWrite(written::give);
        output.write(new byte[10], 0, 10);

        written.await();
    }

    /** Else an owner that wants to read could be held up by what another thread sends to a peer that wants to be read first. */
    @Test
    void theOwnerLeavesToAWriterWhatThatIsAboutToWrite() throws Exception {
        var writers = new ArrayList<Runnable>();
        var shared = new Output(channel, ending, OutputLimits.SERVER, _ -> {}, writers::add);
        shared.owner(Thread.currentThread());
        CompletableFuture.runAsync(() -> write(shared), Thread::startVirtualThread).get(20, TimeUnit.SECONDS);

        shared.push();

        assertThat(shared.bytesOut()).isZero();
        writers.getFirst().run();
        assertThat(shared.bytesOut()).isEqualTo(10);
    }

    private static void write(Output output) {
        try {
            output.write(new byte[10], 0, 10);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** An empty message where none has a header or an end, or a stream's write of nothing. */
    @Test
    void nothingIsNotWritten() throws Exception {
        var writers = new ArrayList<Runnable>();
        var shared = new Output(channel, ending, OutputLimits.SERVER, _ -> {}, writers::add);
        shared.write(new byte[0], 0, 0);
        shared.owner(Thread.currentThread());
        shared.write(new byte[0], 0, 0);
        shared.flush();

        assertThat(writers).isEmpty();
        assertThat(shared.unsentWrites()).isZero();
        ending.abort(CloseReason.ABORTED);
        assertThatThrownBy(() -> shared.write(new byte[0], 0, 0)).isInstanceOf(ConnectionClosedException.class);
    }

    @Test
    void theHardLimitMayBeReachedByOthersAndNotExceeded() throws Exception {
        var writing = new Signal();
        var go = new Signal();
        channel.onWrite(() -> {
            writing.give();
            go.awaitStubbornly();
        });
        var limited = output(new OutputLimits(100, 100, Duration.ofHours(1), Duration.ofHours(1), Overflow.CUT));
        limited.write(new byte[60], 0, 60);
        writing.await();
        limited.write(new byte[40], 0, 40);
        assertThat(limited.unsentBytes()).isEqualTo(100);
        assertThat(ending.isAborted()).isFalse();

        assertThatThrownBy(() -> limited.write(new byte[1], 0, 1)).isInstanceOf(ConnectionClosedException.class);
        assertThat(ending.reason()).isEqualTo(CloseReason.SLOW_READER);
        assertThat(limited.unsentBytes()).isEqualTo(100);
        assertThat(limited.unsentWrites()).isEqualTo(2);
        go.give();
    }

    @Test
    void theSoftLimitCutsOnlyWhoStaysAboveItForTheWholeTime() throws Exception {
        var go = new Signal();
        channel.onWrite(go::awaitStubbornly);
        var limits = new OutputLimits(1_000, 100, Duration.ofSeconds(10), Duration.ofSeconds(30), Overflow.CUT);
        var limited = output(limits);
        limited.owner(Thread.currentThread());
        limited.write(new byte[101], 0, 101);
        long above = System.nanoTime();

        limited.sweep(above + Duration.ofSeconds(9).toNanos());
        assertThat(ending.isAborted()).isFalse();
        limited.sweep(above + Duration.ofSeconds(11).toNanos());
        assertThat(ending.reason()).isEqualTo(CloseReason.SLOW_READER);
        go.give();
    }

    /** After a pause of the whole process: FAULTS E13. */
    @ParameterizedTest
    @EnumSource(names = {"SLOW_READER", "WRITE_TIMEOUT"})
    void timeThatIsExcusedDoesNotCount(CloseReason reason) throws Exception {
        boolean slow = reason == CloseReason.SLOW_READER;
        var go = new Signal();
        channel.onWrite(go::awaitStubbornly);
        var limits = new OutputLimits(1_000, slow ? 100 : 1_000, Duration.ofSeconds(10), Duration.ofSeconds(slow ? 100 : 10), Overflow.CUT);
        var limited = output(limits);
        limited.owner(Thread.currentThread());
        limited.write(new byte[101], 0, 101);
        long begun = System.nanoTime();

        limited.excuse(Duration.ofSeconds(5).toNanos());
        limited.sweep(begun + Duration.ofSeconds(14).toNanos());
        assertThat(ending.isAborted()).isFalse();
        limited.sweep(begun + Duration.ofSeconds(16).toNanos());
        assertThat(ending.reason()).isEqualTo(reason);
        go.give();
    }

    @Test
    void aPeerThatDoesNotTakeTheLastBytesInTimeIsCutWhenTheSweeperLooks() throws Exception {
        var go = new Signal();
        channel.onWrite(go::awaitStubbornly);
        output.write(new byte[10], 0, 10);
        var end = Thread.ofVirtual().start(() -> end(Duration.ofMillis(50)));
        while (!end.join(Duration.ofMillis(100))) {
            assertThat(output.sweep(System.nanoTime())).isTrue();
        }

        assertThat(ending.reason()).isEqualTo(CloseReason.SLOW_READER);
        go.give();
    }

    @Test
    void whatIsSentAfterTheEndOfTheOutputIsRefusedAndTheLinkIsNotSaidToBeCut() throws Exception {
        output.end(Duration.ofSeconds(10));

        assertThatThrownBy(() -> output.write(new byte[1], 0, 1)).hasMessage("connection ended: completed");
        assertThat(ending.reason()).isNull();
    }

    private void end(Duration limit) {
        try {
            output.end(limit);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Output output(OutputLimits limits) {
        return new Output(channel, ending, limits, _ -> {}, Thread::startVirtualThread);
    }

    private void flush() {
        try {
            output.flush();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
