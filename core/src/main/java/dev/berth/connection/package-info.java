/**
 * One live peer: receive, send, and why it ended.
 *
 * <p>A connection is a link with a framing and a codec; it is the same on the server's side and the client's.
 */
package dev.berth.connection;
