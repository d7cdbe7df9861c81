package dev.berth.cli;

import java.util.Locale;
import java.util.regex.Pattern;

/** Names of settings as options: {@code maxConnections} is {@code --max-connections}. */
final class OptionNames {
    private static final Pattern SETTING = Pattern.compile("^[a-z]+([A-Z][a-z]+)+");
    private static final Pattern CAPITAL = Pattern.compile("[A-Z]");

    private OptionNames() {}

    /** A builder's complaint, with the setting that it begins with named as people typed it. */
    static String inMessage(IllegalArgumentException complaint) {
        String message = String.valueOf(complaint.getMessage());
        return SETTING.matcher(message).replaceFirst(setting -> "--"
                + CAPITAL.matcher(setting.group()).replaceAll(letter -> "-" + letter.group().toLowerCase(Locale.ROOT)));
    }
}
