/** The framings explained: what each is for, and examples that the framing itself has sealed and cut. */
package dev.berth.cli.framings;
