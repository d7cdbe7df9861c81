/** Talking to a server from the command: one question, a pipe, or a person at a terminal. */
package dev.berth.cli.talking;
