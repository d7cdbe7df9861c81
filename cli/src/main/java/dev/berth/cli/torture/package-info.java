/**
 * Attacks on a server that is anybody's, each bounded in time and number, with a victim beside them: an ordinary client who wants
 * nothing but to be served as before.
 */
package dev.berth.cli.torture;
