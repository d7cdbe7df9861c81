package dev.berth.cli.session;

import java.time.Duration;

/**
 * One message of a session.
 *
 * @param line where it stands in the file, from 1
 * @param at when it was sent or received, since the session began
 * @param sent whether the client sent it; otherwise it was received
 */
// Never compared as a whole: the message is, by Arrays.equals.
@SuppressWarnings("ArrayRecordComponent")
public record Step(int line, Duration at, boolean sent, byte[] message) {}
