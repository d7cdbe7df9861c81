/** The same line echo server with several libraries: docs/compare.md shows them, {@code CompareTest} runs them. */
package dev.berth.examples.echo;
