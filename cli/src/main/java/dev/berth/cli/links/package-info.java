/** The link under a connection, for handlers that move bytes as they come: no frames, and each direction ends alone. */
package dev.berth.cli.links;
