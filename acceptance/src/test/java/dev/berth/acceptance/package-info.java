/**
 * What Berth promises, proved on real sockets and in real processes.
 *
 * <p>Only loopback, only ports the system chooses, no sleeping: every wait is for an event, with a generous limit.
 */
@NullMarked
package dev.berth.acceptance;

import org.jspecify.annotations.NullMarked;
