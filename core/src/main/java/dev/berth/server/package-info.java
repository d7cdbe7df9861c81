/**
 * From a bound port to a running handler: listen, accept, admit, serve, drain.
 *
 * <p>The main socket only listens; clients come one by one, wait in a queue for a place, and each is then handed to its
 * own thread with its own socket.
 */
package dev.berth.server;
