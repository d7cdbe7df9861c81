package dev.berth.acceptance.longrun;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;

import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries.CategorySeriesRenderStyle;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Draws what ordinary clients go through, by kind of the hostile ones: upwards the time to an answer, blue without them, red with them.
 * Where both are as high, nobody was harmed.
 *
 * @param title what is seen, in a line
 */
record SufferingPicture(String title) {
    private static final int WIDTH = 1_000;
    private static final int HEIGHT = 480;
    /** A hundredth of a pixel is all anybody sees. */
    private static final Pattern TOO_EXACT = Pattern.compile("(\\.\\d\\d)\\d+");

    private static final Color CALM = new Color(0x1f, 0x5f, 0xa8);
    private static final Color ATTACKED = new Color(0xc0, 0x3a, 0x2b);
    private static final List<String> PERCENTILES = List.of("median", "99 %", "99.9 %");

    /** The picture, as SVG. */
    String svg(List<Suffering> sufferings) throws IOException {
        var svg = new ByteArrayOutputStream();
        ChartEncoder.saveChart(chart(sufferings), svg, "svg");
        return TOO_EXACT.matcher(svg.toString(UTF_8)).replaceAll("$1");
    }

    private CategoryChart chart(List<Suffering> sufferings) {
        var chart = new CategoryChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle("what the hostile clients do, by its row in docs/faults.md")
                .yAxisTitle("ms from when a question is due to its answer")
                .build();
        var style = chart.getStyler();
        style.setDefaultSeriesRenderStyle(CategorySeriesRenderStyle.Line);
        style.setYAxisLogarithmic(true);
        style.setChartBackgroundColor(Color.WHITE);
        style.setPlotBorderVisible(false);
        style.setMarkerSize(7);
        style.setLegendPosition(LegendPosition.OutsideS);
        style.setLegendLayout(LegendLayout.Horizontal);
        var markers = List.of(SeriesMarkers.CIRCLE, SeriesMarkers.DIAMOND, SeriesMarkers.TRIANGLE_UP);
        for (int i = 0; i < PERCENTILES.size(); i++) {
            int percentile = i;
            add(chart, sufferings, PERCENTILES.get(i) + " without", of -> of.calmMillis()[percentile], markers.get(i), CALM);
            add(chart, sufferings, PERCENTILES.get(i) + " with", of -> of.attackedMillis()[percentile], markers.get(i), ATTACKED);
        }
        return chart;
    }

    private static void add(CategoryChart chart, List<Suffering> sufferings, String name, ToDoubleFunction<Suffering> value, Marker marker, Color color) {
        var series = chart.addSeries(
                name,
                sufferings.stream().map(Suffering::kind).toList(),
                sufferings.stream().map(value::applyAsDouble).toList());
        series.setLineStyle(SeriesLines.NONE);
        series.setMarker(marker);
        series.setMarkerColor(color);
    }
}
