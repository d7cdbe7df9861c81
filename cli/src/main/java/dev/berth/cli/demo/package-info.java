/**
 * The story, played with real sockets: three architectures, two clients that come at the same time, and what each of
 * them observes.
 */
package dev.berth.cli.demo;
