/**
 * A load on an echo server, and what it measures: one thread for each connection, or two where sending must not wait for answers; a
 * histogram for each, merged at the end.
 */
package dev.berth.cli.bench;
