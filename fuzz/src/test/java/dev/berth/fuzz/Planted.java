package dev.berth.fuzz;

import dev.berth.framing.FrameCursor;
import dev.berth.framing.FrameWriter;
import dev.berth.framing.Framing;
import dev.berth.framing.FramingException;

/** Framings with one bug each, off by one: a fuzzer that does not find them would find nothing. */
enum Planted implements Framing {

    /** {@code varint} that takes a frame of one byte more than the maximum. */
    GENEROUS_MAXIMUM(Framing.varint(), "frame of 41 bytes") {
        @Override
        public boolean next(FrameCursor cursor) throws FramingException {
            int length = cursor.bytes()[cursor.from()] & 0xFF;
            if (length > maxFrameBytes() + 1) {
                throw FramingException.tooLarge("length " + length, length, maxFrameBytes());
            }
            return foundAt(cursor, 1, length, 0);
        }
    },

    /** {@code crlf} that remembers one byte too many as looked at: an end whose halves arrive apart is lost. */
    FORGETFUL_END(Framing.crlf(), "byte by byte") {
        @Override
        public boolean next(FrameCursor cursor) {
            for (int at = cursor.scanned(); at + 1 < cursor.available(); at++) {
                if (byteAt(cursor, at) == '\r' && byteAt(cursor, at + 1) == '\n') {
                    return foundAt(cursor, 0, at, 2);
                }
            }
            cursor.scanned(cursor.available());
            return false;
        }
    },

    /** {@code crlf} that looks behind a CR without asking whether anything is there. */
    LOOK_BEYOND(Framing.crlf(), "out of bounds") {
        @Override
        public boolean next(FrameCursor cursor) {
            for (int at = cursor.scanned(); at < cursor.available(); at++) {
                if (byteAt(cursor, at) == '\r' && byteAt(cursor, at + 1) == '\n') {
                    return foundAt(cursor, 0, at, 2);
                }
            }
            cursor.scanned(Math.max(0, cursor.available() - 1));
            return false;
        }
    };

    private static final int MAX = 40;

    @SuppressWarnings("ImmutableEnumChecker") // every framing is, as its contract says
    private final Framing copied;
    private final String symptom;

    Planted(Framing copied, String symptom) {
        this.copied = copied.withMaxFrameBytes(MAX);
        this.symptom = symptom;
    }

    /** What is said of it when the bug is found. */
    String symptom() {
        return symptom;
    }

    @Override
    public String notation() {
        return name();
    }

    @Override
    public int maxFrameBytes() {
        return copied.maxFrameBytes();
    }

    @Override
    public Framing withMaxFrameBytes(int max) {
        return this;
    }

    /** As it should be: the bugs are in receiving. */
    @Override
    public void seal(FrameWriter frame) {
        copied.seal(frame);
    }

    private static byte byteAt(FrameCursor cursor, int position) {
        return cursor.bytes()[cursor.from() + position];
    }

    private static boolean foundAt(FrameCursor cursor, int header, int length, int trailer) {
        if (cursor.available() < header + length + trailer) {
            return false;
        }
        int start = cursor.from() + header;
        cursor.found(start, start + length, start + length + trailer);
        return true;
    }
}
