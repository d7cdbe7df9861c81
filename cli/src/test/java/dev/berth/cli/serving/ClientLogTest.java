package dev.berth.cli.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.berth.cli.output.LogFormat;
import dev.berth.cli.output.Logs;
import dev.berth.server.Closed;
import dev.berth.server.RefuseReason;
import dev.berth.transport.CloseReason;

/** Which lines a flood makes, by a clock of the test's own. */
final class ClientLogTest {
    private static final InetSocketAddress PEER = new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000);
    private static final int MANY = 12;
    /** What a client brings about alone, by saying what it should not or nothing at all. */
    private static final Set<CloseReason> TEN_IN_FULL = Set.of(CloseReason.HANDLER_ERROR, CloseReason.TRUNCATED, CloseReason.FRAME_TOO_LARGE,
            CloseReason.BAD_FRAME, CloseReason.SLOW_READER, CloseReason.WRITE_TIMEOUT, CloseReason.FIRST_BYTE_TIMEOUT,
            CloseReason.FRAME_TIMEOUT, CloseReason.IDLE_TIMEOUT);
    private static final Set<CloseReason> ONE_IN_FULL = Set.of(CloseReason.AUTH_FAILED, CloseReason.AUTH_TIMEOUT);

    private final AtomicLong now = new AtomicLong(1_000);
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
    private final Logs logs = new Logs(lines, StandardCharsets.UTF_8, LogFormat.TEXT);
    private final ClientLog log = new ClientLog(new ClientLog.Place(logs.clients(), "", _ -> ""), ClientLog.Unit.FRAMES, now::get);

    private static Closed ended(long id, CloseReason reason) {
        long bytesIn = 1;
        return new Closed(id, PEER, reason, null, Duration.ofSeconds(2), bytesIn, 0, 0, 0, 0);
    }

    /** What is written by now. Nothing can be logged after it. */
    private List<String> written() {
        logs.close();
        return lines.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @ParameterizedTest
    @EnumSource
    void ofAFloodOfOneEndAreSoManyLinesThatNobodyFillsTheLog(CloseReason reason) {
        for (int id = 1; id <= MANY; id++) {
            log.closed(ended(id, reason));
        }
        log.finish();

        int inFull = ONE_IN_FULL.contains(reason) ? 1 : TEN_IN_FULL.contains(reason) ? 10 : MANY;
        List<String> written = written();
        assertThat(written).filteredOn(line -> line.contains(" closed: ")).hasSize(inFull);
        int counted = MANY - inFull;
        assertThat(written).filteredOn(line -> line.contains(" since the last line: " + counted + ": " + counted + " " + reason.text()))
                .hasSize(counted == 0 ? 0 : 1);
    }

    @Test
    void whatWasCountedIsToldOnceTenSecondsAreOver() {
        for (int id = 1; id <= MANY; id++) {
            log.closed(ended(id, CloseReason.BAD_FRAME));
            log.refused(id, PEER, RefuseReason.FULL);
            log.waiting(id, PEER, id);
        }
        now.addAndGet(Duration.ofSeconds(10).toNanos() - 1);
        log.sweep();
        log.warn("ten seconds are over");
        now.addAndGet(1);
        log.sweep();

        List<String> written = written();
        assertThat(written.subList(written.size() - 4, written.size())).extracting(line -> line.substring(line.indexOf(' ') + 1))
                .containsExactly(
                        "ten seconds are over",
                        "clients that had to wait since the last line: 11: 11 in the queue",
                        "clients refused since the last line: 11: 11 every place is taken (--max-connections)",
                        "clients closed since the last line: 2: 2 bad frame");
    }
}
