package dev.berth.json;

import java.time.Instant;
import java.util.List;

/** All that is said between devices and server. */
sealed interface Message {

    /** What a device has measured. */
    record Reading(int channel, List<Double> values, Instant at) implements Message {}

    /** Something a device asks of people. */
    record Alarm(String text, Level level) implements Message {}

    /** What the server answers; its own kinds are sealed too. */
    sealed interface Answer extends Message {}

    /** Taken. */
    record Taken(int channel) implements Answer {}

    /** Not taken. */
    record Refused(String why) implements Answer {}

    /** How much an alarm hurries. */
    enum Level {
        LOW,
        HIGH
    }
}
