package dev.berth.framing;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code gap:20ms}: silence ends a frame, as on a serial line; see {@link Framing#silence()} for who watches the clock. */
record GapFraming(Duration gap, int maxFrameBytes) implements Framing {

    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final Pattern NOTATION = Pattern.compile("gap:([0-9]{1,9})(ms|s)");

    GapFraming {
        FrameSize.requireMax(maxFrameBytes, 1);
        boolean isInRange = gap.compareTo(SHORTEST) >= 0 && gap.compareTo(LONGEST) <= 0;
        if (!isInRange || !gap.equals(Duration.ofMillis(gap.toMillis()))) {
            // PT0.5S in the words of the notation: 0.5s.
            String said = gap.toString().substring(2).toLowerCase(Locale.ROOT);
            throw new IllegalArgumentException("gap " + said + " is out of range: whole milliseconds from 1ms to 60s");
        }
    }

    /** The framing {@code gap:...} names. */
    static Framing parse(String notation) {
        Matcher parts = NOTATION.matcher(notation);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not of the form gap:TIME with a time from 1ms to 60s, like gap:20ms");
        }
        long number = Long.parseLong(parts.group(1));
        return new GapFraming(
                parts.group(2).equals("s") ? Duration.ofSeconds(number) : Duration.ofMillis(number), FrameSize.DELIMITED);
    }

    @Override
    public String notation() {
        return "gap:" + (gap.toMillisPart() == 0 ? gap.toSeconds() + "s" : gap.toMillis() + "ms");
    }

    @Override
    public Framing withMaxFrameBytes(int max) {
        return new GapFraming(gap, max);
    }

    @Override
    public Optional<Duration> silence() {
        return Optional.of(gap);
    }

    @Override
    public boolean next(FrameCursor cursor) throws FramingException {
        if (cursor.available() > maxFrameBytes) {
            throw FrameSize.endless(cursor, this);
        }
        if (!cursor.isSilent() || cursor.available() == 0) {
            return false;
        }
        cursor.found(cursor.from(), cursor.to(), cursor.to());
        return true;
    }

    /** Nothing to add: who sends keeps silent after each frame. */
    @Override
    public void seal(FrameWriter frame) {
        FrameSize.requireFits(frame, maxFrameBytes);
        if (frame.length() == 0) {
            throw new IllegalArgumentException("payload of 0 bytes in " + notation() + ": the other side would not notice it");
        }
    }
}
