package dev.berth.server;

import java.time.Duration;

import dev.berth.connection.Deadlines;

/** Deadlines that suit a kind of network; each can be set by itself too. */
public enum Profile {
    /**
     * Devices and people one knows: no first byte is asked for, a frame takes at most 30 s, silence 15 min, a write 30 s; a client that
     * only listens may stay as long as it takes what is sent to it.
     */
    LAN,
    /** Anybody: the first byte within 30 s, a frame within 30 s, silence 5 min whatever is sent, a write 10 s. */
    PUBLIC;

    /** How long a peer is waited for. */
    public Deadlines deadlines() {
        Duration frame = Duration.ofSeconds(30);
        boolean listenersStay = this == LAN;
        return switch (this) {
            case LAN -> new Deadlines(Deadlines.OFF, frame, Duration.ofMinutes(15), listenersStay);
            case PUBLIC -> new Deadlines(Duration.ofSeconds(30), frame, Duration.ofMinutes(5), listenersStay);
        };
    }

    /** How long a peer may take nothing of what is sent to it. */
    public Duration writeTimeout() {
        return switch (this) {
            case LAN -> Duration.ofSeconds(30);
            case PUBLIC -> Duration.ofSeconds(10);
        };
    }
}
