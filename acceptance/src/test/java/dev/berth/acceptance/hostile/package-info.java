/**
 * Clients that mean harm, at a known rate: a mob of them costs one thread, so that what they do to a server is the server's doing and
 * not the lack of a processor.
 */
@NullMarked
package dev.berth.acceptance.hostile;

import org.jspecify.annotations.NullMarked;
