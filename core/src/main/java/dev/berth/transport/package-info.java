/**
 * Opens, reads, writes and waits on sockets: the one seam between Berth and the operating system.
 *
 * <p>Everything above it is the same code on every transport. A transport knows bytes; frames and messages are not
 * its business.
 */
package dev.berth.transport;
