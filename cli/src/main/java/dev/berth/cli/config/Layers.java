package dev.berth.cli.config;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which of the settings given in several places counts: option before environment before file. */
public final class Layers {
    /** Settings that say what serves a client: who gives one of the first two anew means none of the old. */
    private static final Set<String> HANDLER = Set.of("handler", "exec", "exec-at-once", "exec-linger", "to", "classpath");

    private Layers() {}

    /** The settings that count, by name. */
    public static Map<String, Setting> merge(Collection<Setting> given) {
        Map<String, Setting> merged = new HashMap<>();
        for (Origin.Level level : Origin.Level.values()) {
            Set<String> higher = new HashSet<>(merged.keySet());
            given.stream()
                    .filter(setting -> setting.origin().level() == level && !isDisplaced(setting.name(), higher))
                    .forEach(setting -> merged.putIfAbsent(setting.name(), setting));
        }
        return merged;
    }

    /** Whether it says what settings that count more say in other words. */
    private static boolean isDisplaced(String name, Set<String> higher) {
        return switch (name) {
            case "single" -> higher.contains("max-connections") || higher.contains("when-full");
            case "max-connections", "when-full" -> higher.contains("single");
            case "frame" -> higher.containsAll(List.of("frame-in", "frame-out"));
            case "frame-in", "frame-out" -> higher.contains("frame");
            default -> HANDLER.contains(name) && (higher.contains("handler") || higher.contains("exec"));
        };
    }
}
