package dev.berth.cli;

import picocli.CommandLine.Command;

/** The command without a verb. */
@Command(
        name = "berth",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "VERB",
        description = "TCP for many clients: every client gets its own socket and its own thread.",
        footer = {"", "'berth VERB --help' tells more about one of them."})
final class Berth {}
