/**
 * What people type, read in one place: addresses, durations, sizes and words from a list. Every error says the value, what is
 * allowed and the next step.
 */
package dev.berth.cli.args;
