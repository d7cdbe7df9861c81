package dev.berth.acceptance.longrun;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What {@code acceptance/long-run} starts: runs one promise and writes its result. Exit code 1 if it was not kept. */
final class LongRun {
    private static final int NOT_KEPT = 1;
    private static final int WRONG_USAGE = 2;
    private static final long FIRST_SEED = 1;
    private static final String USAGE = "usage: acceptance/long-run NAME [--quick] [--seed N] [--record]";

    private LongRun() {}

    static void main(String[] args) throws Exception {
        var options = new ArrayList<>(List.of(args));
        boolean quick = options.remove("--quick");
        boolean record = options.remove("--record");
        int seedAt = options.indexOf("--seed");
        long seed = seedAt < 0 ? FIRST_SEED : Long.parseLong(options.remove(seedAt + 1));
        options.remove("--seed");
        if (options.size() != 1 || (quick && record)) {
            System.err.println(quick && record ? "a quick run is no figure to record" : USAGE + usageOf(Promises.all()));
            System.exit(WRONG_USAGE);
        }
        var promise = Promises.named(options.getFirst());
        if (!promise.lacking().isEmpty()) {
            System.err.println(promise.name() + " needs " + String.join(", ", promise.lacking()));
            System.exit(WRONG_USAGE);
        }
        var report = Report.of(promise, new Run(quick, seed), "acceptance/long-run " + String.join(" ", args));
        System.out.println(report.write(Path.of("target", "results")).toAbsolutePath());
        if (record) {
            System.out.println(report.write(Path.of("results")).toAbsolutePath());
        }
        report.rows().forEach(System.out::println);
        System.exit(report.isKept() ? 0 : NOT_KEPT);
    }

    private static String usageOf(List<Promise> promises) {
        return promises.stream().map(promise -> "\n  " + promise.name()).collect(Collectors.joining());
    }
}
