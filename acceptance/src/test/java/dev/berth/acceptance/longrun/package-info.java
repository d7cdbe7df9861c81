/**
 * What Berth promises in figures, one file for each promise: each runs in full by {@code acceptance/long-run}, in seconds in every
 * build.
 *
 * <p>Only loopback, only ports the system chooses. Where heap, threads or descriptors are measured, the server is a process of its own.
 */
@NullMarked
package dev.berth.acceptance.longrun;

import org.jspecify.annotations.NullMarked;
