package dev.berth.cli.config;

import java.util.List;

/**
 * A configuration file's keys and values, with their lines; nothing is known of their meaning but whether the keys exist.
 *
 * @param name as it was given
 * @param top the keys at its top, which are meant for all listeners
 * @param listeners one for each element of {@code listeners:}; empty where the file has no such key
 */
public record ConfigFile(String name, List<Setting> top, List<Listener> listeners) {
    /**
     * One listener of the file.
     *
     * @param line where it begins, from 1
     * @param settings its own keys
     */
    public record Listener(int line, List<Setting> settings) {}
}
