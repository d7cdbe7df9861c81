package dev.berth.cli.bench;

import java.util.Locale;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * A result as a picture: latency by percentile, in SVG. Both axes are logarithmic: to the right each nine takes the same room, and
 * upwards each power of ten.
 */
public final class Plot {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 480;
    private static final int LEFT = 90;
    private static final int RIGHT = WIDTH - 30;
    private static final int TOP = 60;
    private static final int BOTTOM = HEIGHT - 60;
    private static final int STEPS_PER_HALF = 10;
    private static final int MIN_NINES = 2;
    private static final int MAX_NINES = 7;

    private final StringBuilder svg = new StringBuilder();
    private final Histogram latencies;
    private final int nines;
    private final int lowest;
    private final int highest;

    private Plot(Histogram latencies) {
        this.latencies = latencies;
        // As many nines as there are messages to tell them apart.
        nines = Math.clamp((int) Math.ceil(power(latencies.getTotalCount())), MIN_NINES, MAX_NINES);
        lowest = (int) Math.floor(power(latencies.getMinValue()));
        highest = Math.max(lowest + 1, (int) Math.ceil(power(latencies.getMaxValue())));
    }

    /** The picture of a result. */
    public static String of(Result result) {
        return new Plot(result.latencies()).drawn(result);
    }

    private String drawn(Result result) {
        Load load = result.load();
        svg.append(String.format(Locale.ROOT, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\""
                + " font-family=\"sans-serif\" font-size=\"13\">%n", WIDTH, HEIGHT, WIDTH, HEIGHT));
        svg.append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
        text(LEFT, TOP - 32, "start", String.format(Locale.ROOT, "%s: %,d connections, %,d in flight each, %,d bytes, %,.0f messages/s",
                load.server(), load.traffic().connections(), load.traffic().depth(), load.messageBytes(), result.perSecond()));
        text(LEFT, TOP - 14, "start", "latency by percentile; " + result.basis());
        grid();
        line();
        return svg.append("</svg>\n").toString();
    }

    private void grid() {
        for (int nine = 0; nine <= nines; nine++) {
            double x = x(1 - Math.pow(10, -nine));
            rule(x, TOP, x, BOTTOM);
            text(x, BOTTOM + 20, "middle", nine == 0 ? "0%" : nine == 1 ? "90%" : nine == 2 ? "99%" : "99." + "9".repeat(nine - 2) + "%");
        }
        for (int power = lowest; power <= highest; power++) {
            double y = y(power);
            rule(LEFT, y, RIGHT, y);
            text(LEFT - 8, y + 4, "end", label(power));
        }
    }

    private void line() {
        StringBuilder points = new StringBuilder();
        for (HistogramIterationValue step : latencies.percentiles(STEPS_PER_HALF)) {
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ",
                    x(step.getPercentileLevelIteratedTo() / 100), y(power(step.getValueIteratedTo()))));
        }
        svg.append(String.format("<polyline points=\"%s\" fill=\"none\" stroke=\"#1f5fa8\" stroke-width=\"2\"/>%n",
                points.toString().strip()));
    }

    private void rule(double x1, double y1, double x2, double y2) {
        svg.append(String.format(Locale.ROOT, "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>%n", x1, y1, x2, y2));
    }

    private void text(double x, double y, String anchor, String text) {
        String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        svg.append(String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n", x, y, anchor, escaped));
    }

    private double x(double share) {
        double depth = Math.min(nines, -Math.log10(Math.max(1e-12, 1 - share)));
        return LEFT + depth / nines * (RIGHT - LEFT);
    }

    private double y(double power) {
        return BOTTOM - (Math.clamp(power, lowest, highest) - lowest) / (highest - lowest) * (BOTTOM - TOP);
    }

    private static double power(long number) {
        return Math.log10((double) Math.max(1, number));
    }

    /** A power of ten of nanoseconds, for people. */
    private static String label(int power) {
        String[] units = {"ns", "\u00b5s", "ms", "s"};
        int unit = Math.min(power / 3, units.length - 1);
        return "1" + "0".repeat(power - 3 * unit) + " " + units[unit];
    }
}
