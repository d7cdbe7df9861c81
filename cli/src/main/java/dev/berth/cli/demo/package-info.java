/** The story of the two architectures, played with real sockets: {@code berth demo}. */
package dev.berth.cli.demo;
