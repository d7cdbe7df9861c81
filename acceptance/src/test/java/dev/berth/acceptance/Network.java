package dev.berth.acceptance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A network of its own on this machine: a Linux network namespace, in which one may be root without being it outside.
 *
 * <p>Closing it ends it; what runs in it must have been closed before.
 */
final class Network implements AutoCloseable {
    /** Keeps the namespace until its stdin ends, so that nothing of it stays if the test dies. */
    private static final List<String> KEEP = List.of("bash", "-c", "ip link set lo up && echo up && exec cat");

    private final LineProcess keeper;

    private Network(List<String> command) throws IOException, InterruptedException {
        keeper = new LineProcess(command);
        keeper.hear("up"::equals);
    }

    /** A network that is connected with nothing. */
    static Network alone() throws IOException, InterruptedException {
        Tools.require("unshare, nsenter and ip", "unshare", "--map-root-user", "--net", "bash", "-c",
                "command -v nsenter && ip link set lo up");
        return new Network(with(List.of("unshare", "--map-root-user", "--net"), KEEP));
    }

    /** Another network, joined with this one by a cable: this end is 10.0.0.1 on {@code near}, that end 10.0.0.2 on {@code far}. */
    Network cabled() throws IOException, InterruptedException {
        var other = new Network(with(inside("unshare", "--net"), KEEP));
        run("ip link add near type veth peer name far netns " + other.keeper.pid());
        run("ip addr add 10.0.0.1/24 dev near && ip link set near up");
        other.run("ip addr add 10.0.0.2/24 dev far && ip link set far up");
        return other;
    }

    /** A command that runs that command in this network. */
    List<String> inside(String... command) {
        return with(List.of("nsenter", "-t", String.valueOf(keeper.pid()), "-U", "--preserve-credentials", "-n"), List.of(command));
    }

    /** Runs a shell command in this network; returns what it said. */
    String run(String command) {
        return Tools.succeed(inside("bash", "-c", command));
    }

    private static List<String> with(List<String> around, List<String> command) {
        var both = new ArrayList<>(around);
        both.addAll(command);
        return both;
    }

    @Override
    public void close() {
        keeper.close();
    }
}
