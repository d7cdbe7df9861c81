package dev.berth.cli.torture;

import java.time.Duration;
import java.util.Locale;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A result for programs: one JSON object. */
public final class JsonReport {
    private JsonReport() {}

    /** The report, with a line end. */
    public static String of(Result result) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("server", result.target().typed().toString());
        json.put("connections", result.limits().connections());
        json.put("durationSeconds", seconds(result.limits().duration()));
        json.put("patienceSeconds", seconds(result.limits().patience()));
        json.put("probed", result.speech().question() != null);
        json.put("endedEarly", result.endedEarly());
        json.put("harmful", result.harmful());
        victim(result.calm(), json.putObject("calm"));
        var attacks = json.putArray("attacks");
        result.outcomes().forEach(outcome -> attack(outcome, attacks.addObject()));
        return json.toPrettyString() + System.lineSeparator();
    }

    private static void attack(Outcome outcome, ObjectNode json) {
        json.put("attack", outcome.attack().id());
        json.put("done", outcome.attack().text());
        ObjectNode server = json.putObject("connections");
        for (Fate.Kind kind : Fate.Kind.values()) {
            ObjectNode ending = server.putObject(kind.name().toLowerCase(Locale.ROOT));
            ending.put("count", outcome.count(kind));
            outcome.fates().stream().filter(fate -> fate.kind() == kind).map(Fate::after).max(Duration::compareTo)
                    .ifPresent(last -> ending.put("lastAfterSeconds", seconds(last)));
        }
        victim(outcome.victim(), json.putObject("victim"));
        json.put("servedAfterwards", outcome.recovered());
        json.put("harmful", outcome.isHarmful());
    }

    private static void victim(Suffering victim, ObjectNode json) {
        json.put("visits", victim.probes().size());
        json.put("failed", victim.failed());
        json.put("slowestSeconds", seconds(victim.slowest()));
        json.putNull("firstTrouble");
        victim.firstTrouble().ifPresent(trouble -> json.put("firstTrouble", trouble));
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }
}
