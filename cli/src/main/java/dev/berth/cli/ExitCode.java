package dev.berth.cli;

/** What the command's exit codes mean. */
final class ExitCode {
    static final int DONE = 0;
    /** The work failed: refused, timed out, port taken. */
    static final int FAILED = 1;
    /** What was typed can't be meant. */
    static final int WRONG_USAGE = 2;
    /** The server drained, but some clients did not end in time and were cut. */
    static final int SOME_CUT = 3;

    private ExitCode() {}
}
