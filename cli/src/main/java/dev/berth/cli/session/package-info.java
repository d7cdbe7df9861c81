/** A recorded conversation: how its file is written and read. */
package dev.berth.cli.session;
