package dev.berth.cli.bench;

import java.time.Duration;

import org.HdrHistogram.HistogramIterationValue;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A result for programs: one JSON object. */
public final class JsonReport {
    /** Percentiles come closer together towards 100, so many for each halving of what is left. */
    private static final int STEPS_PER_HALF = 5;

    private JsonReport() {}

    /** The report, with a line end. */
    public static String of(Result result) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("server", result.load().server().toString());
        settings(result.load(), json.putObject("settings"));
        json.put("endedEarly", result.endedEarly());
        json.put("measuredSeconds", seconds(result.measured()));
        json.put("messages", result.messages());
        json.put("messagesPerSecond", result.perSecond());
        json.put("bytesPerSecond", result.bytesPerSecond());
        errors(result, json.putObject("errors"));
        json.put("latencyBasis", result.basis());
        latencies(result, json.putObject("latencyNanos"));
        percentiles(result, json.putArray("percentiles"));
        return json.toPrettyString() + System.lineSeparator();
    }

    private static void settings(Load load, ObjectNode json) {
        Traffic traffic = load.traffic();
        json.put("connections", traffic.connections());
        json.put("depth", traffic.depth());
        json.put("messageBytes", load.messageBytes());
        json.put("frameIn", load.framings().in().notation());
        json.put("frameOut", load.framings().out().notation());
        json.putNull("rate");
        traffic.rate().ifPresent(rate -> json.put("rate", rate));
        json.put("warmUpSeconds", seconds(load.timing().warmUp()));
        json.put("durationSeconds", seconds(load.timing().duration()));
        json.put("timeoutSeconds", seconds(load.timing().timeout()));
    }

    private static void errors(Result result, ObjectNode json) {
        result.counted().forEach((kind, count) -> {
            ObjectNode one = json.putObject(kind.name());
            one.put("count", count);
            one.put("example", result.example(kind));
        });
    }

    private static void latencies(Result result, ObjectNode json) {
        json.put("min", result.latencies().getMinValue());
        json.put("mean", result.latencies().getMean());
        Percentile.REPORTED.forEach(percentile -> json.put(percentile.name(), percentile.of(result.latencies())));
    }

    /** Every percentile of the histogram: the value, and how many messages took no longer. */
    private static void percentiles(Result result, ArrayNode json) {
        for (HistogramIterationValue step : result.latencies().percentiles(STEPS_PER_HALF)) {
            ObjectNode one = json.addObject();
            one.put("percentile", step.getPercentileLevelIteratedTo());
            one.put("nanos", step.getValueIteratedTo());
            one.put("messages", step.getTotalCountToThisValue());
        }
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }
}
