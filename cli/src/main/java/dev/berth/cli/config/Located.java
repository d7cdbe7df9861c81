package dev.berth.cli.config;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Complaints about a setting's value, with the place where it was given. */
public final class Located {
    private static final Pattern NAME_FIRST = Pattern.compile("^(?:--)?([a-z]+(?:-[a-z]+)*)\\b.*", Pattern.DOTALL);

    private Located() {}

    /** A message that may begin with a setting's name, as {@code --port} or {@code port}, with that setting's place. */
    public static String message(String message, Map<String, Setting> settings) {
        Matcher first = NAME_FIRST.matcher(message);
        Setting setting = first.matches() ? settings.get(first.group(1)) : null;
        return setting == null ? message : setting.inOwnWords(message);
    }
}
