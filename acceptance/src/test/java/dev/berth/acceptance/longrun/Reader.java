package dev.berth.acceptance.longrun;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * One who reads numbered lines and must get each of them once, in order.
 *
 * <p>Runs on a thread of its own; the other methods are for the one who speaks.
 */
final class Reader implements Runnable {
    private static final int NUMBER_BYTES = 12;

    private final Socket socket;
    private final int lineBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // Guarded by lock.
    private long heard;
    private @Nullable String fault;

    /** Reads lines of so many bytes, their ends included. */
    Reader(Socket socket, int lineBytes) {
        this.socket = socket;
        this.lineBytes = lineBytes;
    }

    /** The line with this number, from 0. */
    static byte[] line(long number, int lineBytes) {
        var line = new byte[lineBytes];
        Arrays.fill(line, (byte) '.');
        var digits = String.format(Locale.ROOT, "%0" + NUMBER_BYTES + "d", number).getBytes(US_ASCII);
        System.arraycopy(digits, 0, line, 0, digits.length);
        line[lineBytes - 1] = '\n';
        return line;
    }

    private static long number(byte[] line) {
        return Long.parseLong(new String(line, 0, NUMBER_BYTES, US_ASCII));
    }

    @Override
    public void run() {
        try (var in = new DataInputStream(new BufferedInputStream(socket.getInputStream()))) {
            var line = new byte[lineBytes];
            for (long number = 0; ; number++) {
                in.readFully(line);
                note(line[lineBytes - 1] == '\n' && number == number(line) ? null : "another line than number " + number);
            }
        } catch (SocketException ended) {
            // By us, when all was heard; or by the server, which the speaker will miss lines for.
        } catch (IOException e) {
            note(e.toString());
        }
    }

    private void note(@Nullable String trouble) {
        lock.lock();
        try {
            if (trouble == null) {
                heard++;
            } else if (fault == null) {
                fault = trouble;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until it has heard so many, or something else; then says whether it is all right. */
    boolean await(long lines, long deadlineNanos) throws InterruptedException {
        lock.lock();
        try {
            while (heard < lines && fault == null) {
                long left = deadlineNanos - System.nanoTime();
                if (left <= 0) {
                    fault = "only " + heard + " lines, not " + lines;
                }
                changed.await(left, TimeUnit.NANOSECONDS);
            }
            return fault == null;
        } finally {
            lock.unlock();
        }
    }

    /** Lines heard, all of them the right ones. */
    long heard() {
        lock.lock();
        try {
            return heard;
        } finally {
            lock.unlock();
        }
    }

    /** What went wrong first. */
    @Nullable String fault() {
        lock.lock();
        try {
            return fault;
        } finally {
            lock.unlock();
        }
    }
}
