package dev.berth.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Draws who received whose replies: one dot per reply, in order to the right, the receiving client upwards, the colour that
 * of the sender. Where every row has one colour, every client got its own.
 *
 * @param clients how many clients there are
 * @param title what is seen, in a line
 */
record ScatterPicture(int clients, String title) {
    /** As many dots as fit into an SVG of 300 KB. */
    private static final int MAX_DOTS = 1_900;

    /** A hundredth of a pixel is all anybody sees; the digits after it would be half of the file. */
    private static final Pattern TOO_EXACT = Pattern.compile("(\\.\\d\\d)\\d+");

    private static final int WIDTH = 900;
    private static final int HEIGHT = 460;
    private static final int COLORS = 50;
    private static final int COLOR_STEP = 7;
    private static final float HUES_USED = 0.85f;

    /** Draws the replies as {@code name.svg} in the folder for pictures, which a system property names. */
    Path draw(String name, List<List<Reply>> replies) throws IOException {
        var folder = Files.createDirectories(Path.of(System.getProperty("berth.pictures", "target/pictures")));
        var file = folder.resolve(name + ".svg");
        var svg = new ByteArrayOutputStream();
        ChartEncoder.saveChart(chart(replies), svg, "svg");
        return Files.writeString(file, TOO_EXACT.matcher(svg.toString(UTF_8)).replaceAll("$1"));
    }

    private XYChart chart(List<List<Reply>> replies) {
        var all = replies.stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparingLong(Reply::at))
                .toList();
        int every = Math.ceilDiv(all.size(), MAX_DOTS);
        var chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle("replies in order" + (every == 1 ? "" : ", one in " + every + " drawn")
                        + ": each client comes and is answered, then all ask at once")
                .yAxisTitle("who receives (colour: who asked)")
                .build();
        style(chart);
        var byColor = IntStream.range(0, all.size())
                .filter(n -> n % every == 0)
                .boxed()
                .collect(Collectors.groupingBy(n -> color(all.get(n))));
        for (int i = 0; i < COLORS; i++) {
            // Not in the order of the rainbow: its end would cover what lies closest.
            int color = i * COLOR_STEP % COLORS;
            var drawn = byColor.getOrDefault(color, List.of());
            if (drawn.isEmpty()) {
                continue;
            }
            var series = chart.addSeries(
                    "senders " + color,
                    values(drawn, n -> n),
                    values(drawn, n -> all.get(n).receiver()));
            series.setMarker(SeriesMarkers.SQUARE);
            series.setMarkerColor(Color.getHSBColor(HUES_USED * color / COLORS, 0.85f, 0.8f));
        }
        return chart;
    }

    private void style(XYChart chart) {
        var style = chart.getStyler();
        style.setDefaultSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
        style.setLegendVisible(false);
        style.setMarkerSize(4);
        style.setPlotGridLinesVisible(false);
        style.setChartBackgroundColor(Color.WHITE);
        style.setPlotBorderVisible(false);
        style.setDecimalPattern("#,###");
        style.setYAxisMin(0.0);
        style.setYAxisMax((double) clients);
    }

    private int color(Reply reply) {
        return reply.sender() * COLORS / clients;
    }

    private static double[] values(List<Integer> drawn, ToDoubleFunction<Integer> value) {
        return drawn.stream().mapToDouble(value).toArray();
    }
}
