package dev.berth.acceptance.hostile;

/**
 * Where a mob goes: a server on this machine that echoes lines on one port, but sends 60 KB to who says {@code much} and without end to who
 * says {@code flood}, and echoes frames with a length of four bytes in front on the other.
 *
 * @param lines the one
 * @param lengths the other
 * @param maxFrame the largest frame that it allows
 */
public record TwoPorts(int lines, int lengths, int maxFrame) {}
