/** The command: one file per verb, what they share in {@code args} and {@code output}, what they do in the rooms below. */
package dev.berth.cli;
