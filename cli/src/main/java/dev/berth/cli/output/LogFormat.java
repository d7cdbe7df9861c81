package dev.berth.cli.output;

/** How lines of the log look. */
public enum LogFormat {
    /** For people. */
    TEXT,
    /** For programs: one JSON object a line. */
    JSON
}
