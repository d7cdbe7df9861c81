/** Tests with real sockets: an extension that starts the server, connects clients and ends both. */
package dev.berth.testkit.junit;
