/** What is printed: lines for people and for programs, safe to look at whatever the bytes behind them are. */
package dev.berth.cli.output;
