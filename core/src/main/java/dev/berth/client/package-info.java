/** From an address to a connection: resolve, connect, and say clearly why it did not work. */
package dev.berth.client;
