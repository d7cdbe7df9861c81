package dev.berth.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;

import dev.berth.cli.config.Origin;
import dev.berth.cli.config.Setting;

import picocli.CommandLine.Model.OptionSpec;

/** Every setting, its value and where that comes from, as a configuration file that says the same. */
final class ConfigText {
    private static final int COMMENT_COLUMN = 44;

    private final Dump yaml = new Dump(DumpSettings.builder().setSplitLines(false).build());
    private final StringBuilder text = new StringBuilder();

    private ConfigText() {}

    /** The file's text. */
    static String of(Configuration configuration) {
        ConfigText file = new ConfigText();
        file.lines("", SettingReader.options(new CommonOptions()), configuration.commonSettings());
        file.text.append("listeners:\n");
        for (Configuration.Listener listener : configuration.listeners()) {
            List<OptionSpec> options = SettingReader.options(new ListenerOptions());
            file.lines("  - ", options.subList(0, 1), listener.settings());
            file.lines("    ", options.subList(1, options.size()), listener.settings());
        }
        return file.text.toString();
    }

    private void lines(String indent, List<OptionSpec> options, Map<String, Setting> settings) {
        for (OptionSpec option : options) {
            String name = SettingReader.name(option);
            Setting setting = settings.get(name);
            String value = value(option, setting);
            // What follows from other settings may not be said beside them.
            boolean said = value != null && (setting == null || setting.origin().level() != Origin.Level.IMPLIED);
            String line = indent + (said ? "" : "# ") + name + ":" + (value == null ? "" : " " + value);
            text.append(line).append(" ".repeat(Math.max(2, COMMENT_COLUMN - line.length())))
                    .append("# ").append(setting != null ? setting.origin().text() : said ? Setting.DEFAULT : "not set").append('\n');
        }
    }

    private @Nullable String value(OptionSpec option, @Nullable Setting setting) {
        String usual = SettingReader.usual(option);
        List<String> given = setting != null ? setting.values() : usual != null ? List.of(usual) : List.of();
        if (given.isEmpty()) {
            return null;
        }
        return option.isMultiValue() ? list(given, option.splitRegex()) : scalar(given.getLast());
    }

    private String list(List<String> given, String separator) {
        List<String> values = new ArrayList<>();
        for (String value : given) {
            for (String each : separator.isEmpty() ? new String[] {value} : value.split(separator, -1)) {
                values.add(scalar(each));
            }
        }
        return "[" + String.join(", ", values) + "]";
    }

    private String scalar(String value) {
        // Numbers and words that YAML takes for something else are texts here: they are quoted only where they would not be read back.
        return value.matches("[A-Za-z0-9][A-Za-z0-9._/@+-]*") ? value : yaml.dumpToString(value).strip();
    }
}
