/** Clients handed on to another server: each has its own connection there. */
package dev.berth.cli.forward;
