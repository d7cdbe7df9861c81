package dev.berth.framing;

import java.time.Duration;
import java.util.Optional;

/**
 * {@code magic:HEX,FRAMING}: every frame of the other framing begins with the same bytes, which are part of it.
 *
 * <p>They are checked as they arrive, before anything behind them is believed.
 */
record MagicFraming(Delimiter magic, Framing inner) implements Framing {

    private static final String WORD = "magic:";

    MagicFraming {
        if (inner instanceof LengthPrefixedFraming prefixed && prefixed.field().offset() < magic.length()) {
            LengthField field = prefixed.field();
            throw new IllegalArgumentException("the length field of " + field.notation() + " stands where the magic's "
                    + magic.length() + " bytes do; did you mean " + field.keptAt(magic.length()).notation() + "?");
        }
        if (inner instanceof BetweenFraming || inner instanceof VarintFraming || inner instanceof SlipFraming
                || inner instanceof CobsFraming || inner instanceof RawFraming) {
            throw new IllegalArgumentException("frames of " + inner.notation() + " don't begin with bytes of the payload");
        }
    }

    /** A framing with magic; a checksum stays outermost, so that one framing has one notation. */
    static Framing of(Delimiter magic, Framing inner) {
        return inner instanceof CheckedFraming checked
                ? new CheckedFraming(of(magic, checked.inner()), checked.checksum())
                : new MagicFraming(magic, inner);
    }

    /** The framing {@code magic:HEX,FRAMING} names. */
    static Framing parse(String notation) {
        int comma = notation.indexOf(',');
        if (comma < 0) {
            throw new IllegalArgumentException(
                    "not of the form magic:HEX,FRAMING, the first bytes of every frame of a framing, like magic:7878,len1@2+2");
        }
        return of(Delimiter.parse("magic", notation.substring(WORD.length(), comma)),
                Notation.parse(notation.substring(comma + 1)));
    }

    @Override
    public String notation() {
        return WORD + magic.hex() + "," + inner.notation();
    }

    @Override
    public int maxFrameBytes() {
        return inner.maxFrameBytes();
    }

    @Override
    public Framing withMaxFrameBytes(int max) {
        return new MagicFraming(magic, inner.withMaxFrameBytes(max));
    }

    @Override
    public Optional<Duration> silence() {
        return inner.silence();
    }

    @Override
    public boolean next(FrameCursor cursor) throws FramingException {
        if (!magic.isBegunIn(cursor.bytes(), cursor.from(), cursor.to())) {
            throw missing(cursor, cursor.to());
        }
        if (!inner.next(cursor)) {
            return false;
        }
        if (cursor.end() - cursor.start() < magic.length()) {
            throw missing(cursor, cursor.end());
        }
        return true;
    }

    @Override
    public void seal(FrameWriter frame) {
        int end = frame.offset() + frame.length();
        if (frame.length() < magic.length() || !magic.isBegunIn(frame.array(), frame.offset(), end)) {
            throw new IllegalArgumentException("payload begins with "
                    + new FirstBytes(frame.array(), frame.offset(), end).quoted() + ", not with the magic " + magic.hex());
        }
        inner.seal(frame);
    }

    private FramingException missing(FrameCursor cursor, int to) {
        FirstBytes first = new FirstBytes(cursor.bytes(), cursor.from(), to);
        return FramingException.malformed("frame begins with " + first.quoted() + ", not with the magic " + magic.hex()
                + first.guess(notation()));
    }
}
