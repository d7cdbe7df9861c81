package dev.berth.cli.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import dev.berth.cli.args.Suggestion;

/**
 * The settings among a process's environment variables: {@code BERTH_MAX_CONNECTIONS} is {@code --max-connections}.
 *
 * @param settings what is set; an empty variable is not
 * @param doubts variables that look as if they were meant for us, one line each; others with our prefix are no mistake, since
 *     Kubernetes makes some for a service that is named berth
 */
public record Environment(List<Setting> settings, List<String> doubts) {
    private static final String PREFIX = "BERTH_";

    /** Finds the settings of these names. */
    public static Environment of(Map<String, String> variables, Collection<String> names) {
        List<Setting> settings = new ArrayList<>();
        List<String> doubts = new ArrayList<>();
        List<String> known = names.stream().map(Environment::variable).toList();
        new TreeMap<>(variables).forEach((variable, value) -> {
            if (known.contains(variable) && value.startsWith("tcp://")) {
                doubts.add("the environment's " + variable + " is no setting: Kubernetes makes it for a service named berth"
                        + " (enableServiceLinks: false in the pod ends that)");
            } else if (known.contains(variable) && !value.isEmpty()) {
                settings.add(new Setting(name(variable), List.of(value), new Origin(Origin.Level.ENVIRONMENT, variable)));
            } else if (variable.startsWith(PREFIX) && !known.contains(variable)) {
                Suggestion.nearest(name(variable), names).ifPresent(meant ->
                        doubts.add("the environment's " + variable + " is no setting; did you mean " + variable(meant) + "?"));
            }
        });
        return new Environment(settings, doubts);
    }

    /** The variable for a setting. */
    public static String variable(String name) {
        return PREFIX + name.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private static String name(String variable) {
        return variable.substring(PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
