package dev.berth.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

import dev.berth.cli.config.BadConfig;
import dev.berth.cli.config.Setting;
import dev.berth.server.Limits;

import picocli.CommandLine.Model.OptionSpec;

/**
 * Reads the settings, and the files of tokens, again while the listeners run: changes the limits and tokens, and names what needs a
 * restart. With one mistake in them everything stays as it was.
 *
 * <p>Used by one thread at a time.
 */
final class Reload implements Runnable {
    /** The settings that a running listener can change: those of {@link Limits}. */
    static final Set<String> CHANGEABLE = Set.of("deny", "allow", "max-per-ip", "max-per-subnet", "subnet-bits", "max-connect-rate",
            "max-connections", "max-queued", "max-frames-per-second", "max-bytes-per-second");

    /** What is read, in messages, where it is no file. */
    private static final String SETTINGS = "settings";

    /** Reads and checks them, from where they were read at the start. */
    interface Reading {
        /** All settings, as they are at this moment. */
        Configuration read() throws BadConfig, Failed;
    }

    /** A running listener, the options it was started with, and the values that hold for it, by name. */
    private record Held(Listening listening, ListenerOptions options, Map<String, String> values) {}

    private final Reading reading;
    /** What is read, in messages. */
    private final String source;
    private final Logger log;
    private final Map<String, String> common;
    private final Map<String, Held> listeners = new HashMap<>();

    /** For listeners that were started with this configuration, in its order. */
    Reload(Configuration configuration, List<Listening> listening, Reading reading, Logger log) {
        this.reading = reading;
        this.log = log;
        source = configuration.file().isEmpty() ? SETTINGS : configuration.file();
        common = values(new CommonOptions(), configuration.commonSettings());
        List<String> keys = keys(configuration);
        for (int i = 0; i < keys.size(); i++) {
            Configuration.Listener listener = configuration.listeners().get(i);
            listeners.put(keys.get(i), new Held(listening.get(i), listener.options(), values(new ListenerOptions(), listener.settings())));
        }
    }

    @Override
    public void run() {
        try {
            apply(reading.read());
        } catch (BadConfig e) {
            refuse(e.problems());
        } catch (Failed | RuntimeException e) {
            refuse(List.of(String.valueOf(e.getMessage())));
        }
    }

    private void refuse(List<String> problems) {
        problems.forEach(log::warn);
        log.warn("{} {} not reloaded: all settings stay as they are", source, source.equals(SETTINGS) ? "are" : "is");
    }

    private void apply(Configuration next) {
        List<String> changed = new ArrayList<>();
        List<String> fixed = new ArrayList<>(differing(common, values(new CommonOptions(), next.commonSettings())));
        List<String> keys = keys(next);
        if (!listeners.keySet().equals(Set.copyOf(keys))) {
            fixed.add("the list of listeners");
        }
        for (int i = 0; i < keys.size(); i++) {
            Held held = listeners.get(keys.get(i));
            if (held != null) {
                apply(held, next.listeners().get(i), changed, fixed);
            }
        }
        log.info("reloaded {}: {}", source, changed.isEmpty() ? "no limit has changed" : String.join(", ", changed));
        if (!fixed.isEmpty()) {
            log.warn("{} {} a restart", String.join(", ", fixed), fixed.size() == 1 ? "needs" : "need");
        }
    }

    private void apply(Held held, Configuration.Listener next, List<String> changed, List<String> fixed) {
        Map<String, String> values = values(new ListenerOptions(), next.settings());
        String prefix = held.listening().name().isEmpty() ? "" : held.listening().name() + " ";
        try {
            held.listening().server().limits(next.options().limits());
        } catch (IllegalArgumentException e) {
            // Good beside a setting that needs a restart, but not beside the one that holds.
            log.warn("{}{}; its limits stay as they are", prefix, OptionNames.inMessage(e));
            return;
        } catch (WrongUsage e) {
            throw new IllegalStateException("was checked before", e);
        }
        List<String> differing = differing(held.values(), values);
        if (!differing.contains("auth-tokens")) {
            reloadTokens(held, prefix, changed);
        }
        for (String name : differing) {
            if (CHANGEABLE.contains(name)) {
                String value = values.getOrDefault(name, "");
                changed.add(prefix + name + " is " + said(value) + " (was " + said(held.values().put(name, value)) + ")");
            } else {
                fixed.add(prefix + name);
            }
        }
    }

    private void reloadTokens(Held held, String prefix, List<String> changed) {
        try {
            held.options().reloadTokens().ifPresent(tokens -> changed.add(prefix + "auth-tokens was read again (" + tokens + ")"));
        } catch (WrongUsage e) {
            // Was good a moment ago.
            log.warn("{}{}; its tokens stay as they are", prefix, e.getMessage());
        }
    }

    private static String said(@Nullable String value) {
        return value == null || value.isEmpty() ? "not set" : value;
    }

    private static List<String> differing(Map<String, String> before, Map<String, String> after) {
        return before.keySet().stream().filter(name -> !Objects.equals(before.get(name), after.get(name))).sorted().toList();
    }

    /** What each setting is, as text; empty where it is not set. */
    private static Map<String, String> values(Object options, Map<String, Setting> settings) {
        Map<String, String> values = new HashMap<>();
        for (OptionSpec option : SettingReader.options(options)) {
            String name = SettingReader.name(option);
            Setting setting = settings.get(name);
            String usual = SettingReader.usual(option);
            values.put(name, setting != null ? String.join(",", setting.values()) : usual == null ? "" : usual);
        }
        return values;
    }

    /** A listener is known by its name; one without by its number among those without. */
    private static List<String> keys(Configuration configuration) {
        List<String> keys = new ArrayList<>();
        int nameless = 0;
        for (Configuration.Listener listener : configuration.listeners()) {
            String name = listener.options().name();
            keys.add(name == null ? "/" + nameless++ : name);
        }
        return keys;
    }
}
