package dev.berth.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.berth.cli.args.Endpoint;
import dev.berth.cli.config.BadConfig;
import dev.berth.cli.config.ConfigFile;
import dev.berth.cli.config.ConfigReader;
import dev.berth.cli.config.Environment;
import dev.berth.cli.config.Layers;
import dev.berth.cli.config.Located;
import dev.berth.cli.config.Origin;
import dev.berth.cli.config.Setting;

/**
 * What {@code serve} is to do, from its options, the environment and a file.
 *
 * @param file the file's name; empty without one
 * @param common what all listeners have in common
 * @param commonSettings where that comes from, by name
 * @param listeners at least one
 * @param doubts what may be a mistake and is none that ends the command, one line each
 */
record Configuration(
        String file, CommonOptions common, Map<String, Setting> commonSettings, List<Listener> listeners, List<String> doubts) {
    /** What a client that is cut should hear the figure of. */
    private static final Set<String> TIMES =
            Set.of("auth-timeout", "first-byte-timeout", "frame-timeout", "idle-timeout", "write-timeout", "max-age");

    /** The one setting that can't be in a file. */
    private static final String FILE = "config";

    /**
     * One listener's settings.
     *
     * @param options as they count, with what they imply
     * @param settings where they come from, by name
     * @param place where the listener is in the file; empty for one that is in no file
     * @param command the words of a program
     */
    record Listener(ListenerOptions options, Map<String, Setting> settings, String place, List<String> command) {
        /** Where to listen. */
        Endpoint endpoint() throws BadConfig {
            try {
                return options.endpoint();
            } catch (WrongUsage e) {
                throw new BadConfig(located(String.valueOf(e.getMessage())));
            }
        }

        /** The limit in time that an option has here, {@code --idle-timeout}; empty where it is none. */
        String limit(String option) {
            Setting setting = option.startsWith("--") ? settings.get(option.substring(2)) : null;
            return setting != null && TIMES.contains(setting.name()) ? setting.values().getLast() : "";
        }

        /** A complaint with the place of the setting it begins with, or of this listener. */
        String located(String message) {
            String located = Located.message(message, settings);
            return located.equals(message) && !place.isEmpty() ? place + ": " + message : located;
        }
    }

    /** What a listener is called in the log: nothing where there is one, without a name. */
    String label(Listener listener) {
        String name = listener.options().name();
        return name != null ? name : listeners.size() == 1 ? "" : listener.options().port();
    }

    /** Puts together what was typed, with the words after {@code --}, and what the environment and the file say. */
    static Configuration of(Collection<Setting> typed, List<String> command, Map<String, String> variables) throws BadConfig, Failed {
        List<String> common = SettingReader.names(new CommonOptions());
        List<String> ofListeners = SettingReader.names(new ListenerOptions());
        List<String> names = new ArrayList<>(common);
        names.addAll(ofListeners);
        names.add(FILE);
        Environment environment = Environment.of(variables, names);
        List<Setting> outside = new ArrayList<>(typed);
        outside.addAll(environment.settings());
        Setting file = Layers.merge(outside).get(FILE);
        ConfigFile read = file == null
                ? new ConfigFile("", List.of(), List.of())
                : ConfigReader.read(Path.of(file.values().getLast()), common, ofListeners);
        Map<String, Setting> commonSettings = Layers.merge(both(outside, read.top()));
        commonSettings.keySet().retainAll(common);
        List<Listener> listeners = listeners(read, both(outside, read.top()), Set.copyOf(ofListeners), command);
        return new Configuration(
                read.name(), SettingReader.read(new CommonOptions(), commonSettings), commonSettings, listeners, environment.doubts());
    }

    private static List<Setting> both(List<Setting> one, List<Setting> other) {
        List<Setting> all = new ArrayList<>(one);
        all.addAll(other);
        return all;
    }

    private static List<Listener> listeners(ConfigFile file, List<Setting> forAll, Set<String> names, List<String> command)
            throws BadConfig, Failed {
        List<ConfigFile.Listener> planned = file.listeners().isEmpty() ? List.of(new ConfigFile.Listener(0, List.of())) : file.listeners();
        List<String> problems = new ArrayList<>();
        List<Listener> listeners = new ArrayList<>();
        for (ConfigFile.Listener listener : planned) {
            Map<String, Setting> settings = Layers.merge(both(forAll, listener.settings()));
            settings.keySet().retainAll(names);
            try {
                listeners.add(listener(settings, listener.line() == 0 ? "" : file.name() + " line " + listener.line(), command));
            } catch (BadConfig e) {
                problems.addAll(e.problems());
            }
        }
        if (problems.isEmpty()) {
            problems.addAll(conflicts(listeners));
        }
        if (!problems.isEmpty()) {
            throw new BadConfig(problems.stream().distinct().toList());
        }
        return listeners;
    }

    private static Listener listener(Map<String, Setting> settings, String place, List<String> command)
            throws BadConfig, Failed {
        Listener given = new Listener(SettingReader.read(new ListenerOptions(), settings), settings, place, command);
        try {
            given.options().check(command, settings.keySet());
            given.endpoint();
            Map<String, Setting> all = new HashMap<>(settings);
            given.options().implied().forEach(setting -> all.putIfAbsent(setting.name(), setting));
            ListenerOptions options = SettingReader.read(new ListenerOptions(), all);
            options.handler().found(given.options().handler());
            options.usual().forEach(setting -> all.putIfAbsent(setting.name(), setting));
            return new Listener(options, all, place, command);
        } catch (Failed e) {
            if (place.isEmpty()) {
                throw e;
            }
            throw new BadConfig(given.located(String.valueOf(e.getMessage())));
        } catch (WrongUsage e) {
            throw new BadConfig(given.located(String.valueOf(e.getMessage())));
        }
    }

    /** What one listener may have and several can't. */
    private static List<String> conflicts(List<Listener> listeners) throws BadConfig {
        List<String> problems = listeners.size() > 1 ? meantForOne(listeners) : List.of();
        return problems.isEmpty() ? clashes(listeners) : problems;
    }

    /** What was given for all of them, outside the file, and only one can have. */
    private static List<String> meantForOne(List<Listener> listeners) {
        List<String> problems = new ArrayList<>();
        for (String name : List.of("port", "name")) {
            // An option or a variable counts for every listener, so the first has it too.
            Setting setting = listeners.getFirst().settings().get(name);
            if (setting != null && setting.origin().level().compareTo(Origin.Level.ENVIRONMENT) <= 0) {
                problems.add(setting.origin().text() + " " + setting.values().getLast() + " can't be meant for "
                        + listeners.size() + " listeners; give each its own in the file");
            }
        }
        return problems;
    }

    private static List<String> clashes(List<Listener> listeners) throws BadConfig {
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < listeners.size(); i++) {
            for (Listener before : listeners.subList(0, i)) {
                List<String> found = clashes(before, listeners.get(i));
                problems.addAll(found);
                if (!found.isEmpty()) {
                    break;
                }
            }
        }
        return problems;
    }

    private static List<String> clashes(Listener before, Listener one) throws BadConfig {
        List<String> problems = new ArrayList<>();
        String name = one.options().name();
        if (name != null && name.equals(before.options().name())) {
            problems.add(one.located("name '" + name + "' is taken by another listener (" + before.place() + ")"));
        }
        Endpoint endpoint = one.endpoint();
        if (endpoint.port() != 0 && endpoint.equals(before.endpoint())) {
            problems.add(one.located("port " + endpoint.port() + " on " + endpoint.host() + " is taken by another listener ("
                    + before.place() + ")"));
        }
        return problems;
    }
}
