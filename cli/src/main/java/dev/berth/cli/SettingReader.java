package dev.berth.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.berth.cli.config.BadConfig;
import dev.berth.cli.config.Located;
import dev.berth.cli.config.Setting;

import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** Reads settings given as text with the options of a class: a value means the same wherever it was given. */
final class SettingReader {
    private SettingReader() {}

    /** Sets the options of an object. */
    static <O> O read(O options, Map<String, Setting> settings) throws BadConfig {
        try {
            commandLine(options).parseArgs(words(settings.values()));
            return options;
        } catch (ParameterException e) {
            throw new BadConfig(Located.message(OneLineErrors.wrong(e), settings));
        }
    }

    private static String[] words(Collection<Setting> settings) {
        List<String> words = new ArrayList<>();
        settings.forEach(setting -> setting.values().forEach(value -> words.add("--" + setting.name() + "=" + value)));
        return words.toArray(String[]::new);
    }

    /** The names of an object's options, without their dashes, in the order of its help. */
    static List<String> names(Object options) {
        return options(options).stream().map(SettingReader::name).toList();
    }

    /** An object's options. */
    static List<OptionSpec> options(Object options) {
        return commandLine(options).getCommandSpec().options();
    }

    /** An option's name as a setting. */
    static String name(OptionSpec option) {
        return option.longestName().substring(2);
    }

    /** What an option is when nobody says, as text; null where that is nothing. */
    static @Nullable String usual(OptionSpec option) {
        return option.defaultValue() == null && option.typeInfo().isBoolean() ? "false" : option.defaultValue();
    }

    private static CommandLine commandLine(Object options) {
        return Converters.register(new CommandLine(options)).setTrimQuotes(false);
    }
}
