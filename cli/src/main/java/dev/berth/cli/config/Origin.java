package dev.berth.cli.config;

/**
 * Where a setting was given.
 *
 * @param level how much it counts
 * @param text the place in words: {@code --port}, {@code BERTH_PORT}, {@code berth.yaml line 3}
 */
public record Origin(Level level, String text) {
    /** What counts more comes first. */
    public enum Level {
        /** An option of the command line. */
        OPTION,
        /** A variable of the environment. */
        ENVIRONMENT,
        /** A key of one listener in the file. */
        LISTENER,
        /** A key at the file's top, for all its listeners. */
        FILE,
        /** Nobody: what is meant without it, because of other settings. */
        IMPLIED
    }
}
