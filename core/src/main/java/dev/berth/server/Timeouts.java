package dev.berth.server;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.berth.connection.Deadlines;

/**
 * How long a client is waited for, as it was said: one by one, and by the profile for the rest. Immutable. The builder documents each.
 *
 * @param profile what holds where the others are null
 */
record Timeouts(
        Profile profile,
        @Nullable Duration firstByte,
        @Nullable Duration frame,
        @Nullable Duration idle,
        @Nullable Duration write) {

    /** The usual profile, and nothing by itself. */
    static final Timeouts DEFAULT = new Timeouts(Profile.LAN, null, null, null, null);

    Timeouts profile(Profile profile) {
        return new Timeouts(profile, firstByte, frame, idle, write);
    }

    Timeouts firstByte(Duration timeout) {
        return new Timeouts(profile, timeout, frame, idle, write);
    }

    Timeouts frame(Duration timeout) {
        return new Timeouts(profile, firstByte, timeout, idle, write);
    }

    Timeouts idle(Duration timeout) {
        return new Timeouts(profile, firstByte, frame, timeout, write);
    }

    Timeouts write(Duration timeout) {
        return new Timeouts(profile, firstByte, frame, idle, timeout);
    }

    /** What holds for the input; fails with the first that is not allowed. */
    Deadlines deadlines() {
        Deadlines usual = profile.deadlines();
        return new Deadlines(
                orProfile("firstByteTimeout", firstByte, usual.firstByte()),
                orProfile("frameTimeout", frame, usual.frame()),
                orProfile("idleTimeout", idle, usual.idle()),
                usual.listenersStay());
    }

    /** What holds for the output; fails if it is not allowed. */
    Duration writeTimeout() {
        return orProfile("writeTimeout", write, profile.writeTimeout());
    }

    private static Duration orProfile(String setting, @Nullable Duration given, Duration usual) {
        Duration value = given == null ? usual : given;
        Checks.withinOrOff(setting, value);
        return value;
    }
}
