package dev.berth.architecture.planted.framing;

import java.io.InputStream;
import java.util.zip.InflaterInputStream;

/** Inflates whatever comes. */
final class Inflates {
    private Inflates() {}

    static InputStream inflated(InputStream in) {
        return new InflaterInputStream(in);
    }
}
