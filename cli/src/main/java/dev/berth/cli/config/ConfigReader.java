package dev.berth.cli.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

import dev.berth.cli.args.Suggestion;

/** Reads a YAML file of settings. Collects what is wrong in it, so that one run shows all of it. */
public final class ConfigReader {
    private static final String LISTENERS = "listeners";

    private final String name;
    private final Collection<String> common;
    private final Collection<String> ofListeners;
    private final List<String> problems = new ArrayList<>();

    private ConfigReader(String name, Collection<String> common, Collection<String> ofListeners) {
        this.name = name;
        this.common = common;
        this.ofListeners = ofListeners;
    }

    /**
     * Reads a file.
     *
     * @param common the keys that are allowed at its top only
     * @param ofListeners the keys that a listener may have; at the top they are meant for all listeners
     */
    public static ConfigFile read(Path file, Collection<String> common, Collection<String> ofListeners) throws BadConfig {
        return new ConfigReader(file.toString(), common, ofListeners).read(text(file));
    }

    private static String text(Path file) throws BadConfig {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new BadConfig("there is no file " + file + " (--config)");
        } catch (CharacterCodingException e) {
            throw new BadConfig(file + " is not text in UTF-8");
        } catch (IOException e) {
            throw new BadConfig("cannot read " + file + ": " + (Files.isDirectory(file) ? "it is a folder" : e.getMessage()));
        }
    }

    private ConfigFile read(String yaml) throws BadConfig {
        List<Setting> top = new ArrayList<>();
        List<ConfigFile.Listener> listeners = new ArrayList<>();
        root(yaml).ifPresent(root -> {
            if (!(root instanceof MappingNode keys)) {
                problem(root, "a file of settings has lines like max-connections: 200");
                return;
            }
            List<String> known = new ArrayList<>(common);
            known.addAll(ofListeners);
            known.add(LISTENERS);
            entries(keys, known).forEach((key, node) -> {
                if (key.equals(LISTENERS)) {
                    listeners.addAll(listeners(node));
                } else {
                    top.addAll(setting(key, node, Origin.Level.FILE));
                }
            });
        });
        if (!problems.isEmpty()) {
            throw new BadConfig(problems);
        }
        return new ConfigFile(name, top, listeners);
    }

    private Optional<Node> root(String yaml) throws BadConfig {
        try {
            LoadSettings settings = LoadSettings.builder().setLabel(name).build();
            return new Composer(settings, new ParserImpl(settings, new StreamReader(settings, yaml))).getSingleNode();
        } catch (MarkedYamlEngineException e) {
            Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
            throw new BadConfig(name + mark.map(at -> " line " + (at.getLine() + 1)).orElse("") + ": " + e.getProblem());
        } catch (YamlEngineException e) {
            throw new BadConfig(name + ": " + e.getMessage());
        }
    }

    private List<ConfigFile.Listener> listeners(Node node) {
        if (!(node instanceof SequenceNode list) || list.getValue().isEmpty()) {
            problem(node, "listeners: takes a list, each element begins with '- ' and has settings below it");
            return List.of();
        }
        List<ConfigFile.Listener> listeners = new ArrayList<>();
        for (Node element : list.getValue()) {
            if (element instanceof MappingNode keys) {
                List<Setting> settings = new ArrayList<>();
                entries(keys, ofListeners).forEach((key, value) -> settings.addAll(setting(key, value, Origin.Level.LISTENER)));
                listeners.add(new ConfigFile.Listener(line(element), settings));
            } else {
                problem(element, "a listener has settings like port: 8080");
            }
        }
        return listeners;
    }

    /** The keys in their order; what is unknown or given twice is noted and left out. */
    private Map<String, Node> entries(MappingNode keys, Collection<String> known) {
        Map<String, Node> entries = new LinkedHashMap<>();
        Map<String, Integer> lines = new HashMap<>();
        for (NodeTuple tuple : keys.getValue()) {
            String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
            Integer before = lines.putIfAbsent(key, line(tuple.getKeyNode()));
            if (before != null) {
                problem(tuple.getKeyNode(), key + " is given before, in line " + before);
            } else if (known.contains(key)) {
                entries.put(key, tuple.getValueNode());
            } else {
                problem(tuple.getKeyNode(), unknown(key, known));
            }
        }
        return entries;
    }

    private String unknown(String key, Collection<String> known) {
        if (common.contains(key)) {
            return key + " is the whole command's, not a listener's: it goes to the top of the file";
        }
        String asOption = dashed(key);
        String advice = known.contains(asOption) ? "; did you mean " + asOption + "?" : Suggestion.question(asOption, known);
        return "unknown key '" + key + "'" + (advice.isEmpty() ? "; --print-config shows all" : advice);
    }

    /** Keys are written as options are, but nobody should have to guess it: {@code maxConnections} is near enough. */
    private static String dashed(String key) {
        return key.replaceAll("([a-z])([A-Z])", "$1-$2").replace('_', '-').toLowerCase(Locale.ROOT);
    }

    private List<Setting> setting(String key, Node node, Origin.Level level) {
        List<String> values = new ArrayList<>();
        List<Node> nodes = node instanceof SequenceNode list ? list.getValue() : List.of(node);
        for (Node value : nodes) {
            if (value instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)) {
                values.add(scalar.getValue());
            } else {
                problem(value, value instanceof ScalarNode ? key + " has no value; leave it out, or write '' for an empty text"
                        : key + " takes a value, not a group of settings");
                return List.of();
            }
        }
        return List.of(new Setting(key, values, new Origin(level, name + " line " + line(node))));
    }

    private void problem(Node where, String what) {
        problems.add(name + " line " + line(where) + ": " + what);
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }
}
