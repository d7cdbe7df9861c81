package dev.berth.cli.session;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import dev.berth.cli.args.Framings;
import dev.berth.cli.args.HexText;
import dev.berth.framing.Codec;
import dev.berth.framing.FrameView;
import dev.berth.framing.FrameWriter;
import dev.berth.framing.Framing;

/**
 * Writes what goes through a codec into a session's file, each message as soon as it is there.
 *
 * <p>Thread-safe: one thread sends, one receives. Closing twice is harmless.
 */
public final class SessionRecorder implements AutoCloseable {
    private final Framings framings;
    private final LongSupplier nanoTime;
    private final long began;
    private final PrintStream lines;
    /** Makes time and order agree; held while a line is printed. */
    private final ReentrantLock order = new ReentrantLock();
    /** Guarded by the lock. */
    private boolean begun;

    /** Begins the file with the first message, in place of what was there. */
    public SessionRecorder(Path file, Framings framings, LongSupplier nanoTime) {
        this.framings = framings;
        this.nanoTime = nanoTime;
        began = nanoTime.getAsLong();
        boolean flushing = true;
        lines = new PrintStream(new FromFirstByte(file), flushing, StandardCharsets.UTF_8);
    }

    /** Messages in these framings, recorded as they come and go. */
    public Codec<byte[]> codec() {
        return Codec.of(framings.both(), this::received, this::sent);
    }

    /** Ends the file; fails if not all of it could be written. */
    @Override
    public void close() throws IOException {
        boolean failed = lines.checkError();
        lines.close();
        if (failed) {
            throw new IOException("not all of it could be written; is the disk full?");
        }
    }

    private byte[] received(FrameView frame) {
        byte[] message = frame.toByteArray();
        record('<', message);
        return message;
    }

    private void sent(byte[] message, FrameWriter out) {
        // What can't be framed is not sent, and so it is not recorded.
        framings.out().seal(new FrameWriter().put(message));
        out.put(message);
        // Before it leaves: its answer must not come first.
        record('>', message);
    }

    private void record(char direction, byte[] message) {
        order.lock();
        try {
            if (!begun) {
                begun = true;
                lines.print(header());
            }
            long millis = TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong() - began);
            lines.print(String.format(Locale.ROOT, "%8d %c %s%n", millis, direction, HexText.shown(message)));
            lines.flush();
        } finally {
            order.unlock();
        }
    }

    private String header() {
        String in = framings.in().notation();
        String out = framings.out().notation();
        String frames = in.equals(out)
                ? SessionParser.FRAME + " " + in + "\n"
                : SessionParser.FRAME_IN + " " + in + "\n" + SessionParser.FRAME_OUT + " " + out + "\n";
        return "# A session with a server; 'berth replay FILE HOST:PORT' plays it again.\n"
                + "# Each line: milliseconds, > sent or < received, the message's bytes (48 69, \"text\", \\r\\n), # remark.\n"
                + frames + maximum(framings.in()) + (in.equals(out) || !maximum(framings.in()).isEmpty() ? "" : maximum(framings.out()));
    }

    private static String maximum(Framing framing) {
        int usual = Framing.parse(framing.notation()).maxFrameBytes();
        return framing.maxFrameBytes() == usual ? "" : SessionParser.MAX_FRAME + " " + framing.maxFrameBytes() + "\n";
    }

    /** A file that is opened when there is something to write: a server that is not there costs nobody an older recording. */
    private static final class FromFirstByte extends OutputStream {
        private final Path file;
        private @Nullable OutputStream out;

        FromFirstByte(Path file) {
            this.file = file;
        }

        @Override
        public void write(int next) throws IOException {
            write(new byte[] {(byte) next}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (out == null) {
                out = Files.newOutputStream(file);
            }
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            if (out != null) {
                out.close();
            }
        }
    }
}
