package dev.berth.cli;

import java.util.List;
import java.util.Map;

import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;

/** The list of verbs in {@code berth --help}, in groups. A verb that is in no group is listed last. */
final class VerbGroups implements IHelpSectionRenderer {
    private record Group(String title, List<String> verbs) {}

    private static final List<Group> GROUPS = List.of(
            new Group("Run", List.of("serve", "run", "new")),
            new Group("Talk", List.of("connect", "send", "replay")),
            new Group("Measure", List.of("bench")),
            new Group("Check", List.of("torture")),
            new Group("Learn", List.of("demo", "frames")));

    @Override
    public String render(Help help) {
        Map<String, Help> verbs = help.subcommands();
        StringBuilder list = new StringBuilder();
        for (Group group : GROUPS) {
            append(list, group.title(), verbs, group.verbs().stream().filter(verbs::containsKey).toList());
        }
        List<String> grouped = GROUPS.stream().flatMap(group -> group.verbs().stream()).toList();
        append(list, "More", verbs, verbs.keySet().stream().filter(verb -> !grouped.contains(verb)).toList());
        return list.toString();
    }

    private static void append(StringBuilder list, String title, Map<String, Help> verbs, List<String> shown) {
        if (shown.isEmpty()) {
            return;
        }
        list.append(String.format("%n%s%n", title));
        verbs.forEach((verb, help) -> {
            if (shown.contains(verb)) {
                list.append(String.format("  %-9s %s%n", verb, help.commandSpec().usageMessage().description()[0]));
            }
        });
    }
}
