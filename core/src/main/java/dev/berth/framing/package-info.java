/**
 * Where one message ends and the next begins, and how a message becomes bytes and comes back.
 *
 * <p>Bytes in, frames out: nothing here knows a socket or a clock.
 */
package dev.berth.framing;
