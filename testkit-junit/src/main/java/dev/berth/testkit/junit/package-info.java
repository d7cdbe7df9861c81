/**
 * Tests with real sockets: an extension that starts the server, connects clients and ends both, and one that fails a test which leaves
 * something behind.
 */
package dev.berth.testkit.junit;
