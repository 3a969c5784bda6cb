package io.github.jvbwhip.benchmarks.performance;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lines over a logarithmic axis of numbers. Text alone: a drawing library would need fonts. */
final class SvgPlot {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 360;
  private static final int LEFT = 60;
  private static final int RIGHT = 170;
  private static final int TOP = 40;
  private static final int BOTTOM = 50;
  private static final int TICKS = 5;
  private static final List<String> COLOURS =
      List.of("#1b6ca8", "#c0392b", "#2e8b57", "#8e44ad", "#b7791f", "#444444");

  private record Line(String name, List<double[]> points) {}

  private final String title;
  private final String axis;
  private final List<Line> lines = new ArrayList<>();

  SvgPlot(String title, String axis) {
    this.title = title;
    this.axis = axis;
  }

  /** Adds a line through points of positive x. */
  void add(String name, List<double[]> points) {
    lines.add(new Line(name, List.copyOf(points)));
  }

  String svg() {
    List<double[]> all = lines.stream().flatMap(line -> line.points().stream()).toList();
    double lowest = all.stream().mapToDouble(p -> p[0]).min().orElse(1);
    double highest = Math.max(lowest * 2, all.stream().mapToDouble(p -> p[0]).max().orElse(1));
    double top = all.stream().mapToDouble(p -> p[1]).max().orElse(1) * 1.05;
    StringBuilder text = new StringBuilder();
    put(
        text,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
            + " font-size=\"12\"><rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>",
        WIDTH,
        HEIGHT);
    put(text, "<text x=\"%d\" y=\"22\" font-size=\"14\">%s</text>", LEFT, escape(title));
    for (int i = 0; i <= TICKS; i++) {
      double value = top * i / TICKS;
      double y = y(value, top);
      put(
          text,
          "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"#dddddd\"/>",
          LEFT,
          y,
          WIDTH - RIGHT,
          y);
      put(
          text,
          "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>",
          LEFT - 6,
          y + 4,
          value < 20
              ? String.format(Locale.ROOT, "%.1f", value)
              : String.format(Locale.ROOT, "%.0f", value));
    }
    for (double x : all.stream().mapToDouble(p -> p[0]).distinct().sorted().toArray()) {
      put(
          text,
          "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%.0f</text>",
          x(x, lowest, highest),
          HEIGHT - BOTTOM + 18,
          x);
    }
    put(
        text,
        "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>",
        (LEFT + WIDTH - RIGHT) / 2,
        HEIGHT - 12,
        escape(axis));
    for (int i = 0; i < lines.size(); i++) {
      line(text, i, lowest, highest, top);
    }
    return text.append("</svg>\n").toString();
  }

  private void line(StringBuilder text, int i, double lowest, double highest, double top) {
    Line line = lines.get(i);
    String colour = COLOURS.get(i % COLOURS.size());
    StringBuilder points = new StringBuilder();
    for (double[] point : line.points()) {
      double x = x(point[0], lowest, highest);
      double y = y(point[1], top);
      points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
      put(text, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>", x, y, colour);
    }
    put(
        text,
        "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>",
        points.toString().trim(),
        colour);
    put(
        text,
        "<text x=\"%d\" y=\"%d\" fill=\"%s\">%s</text>",
        WIDTH - RIGHT + 12,
        TOP + 20 + 18 * i,
        colour,
        escape(line.name()));
  }

  private static double x(double value, double lowest, double highest) {
    double part = Math.log(value / lowest) / Math.log(highest / lowest);
    return LEFT + part * (WIDTH - RIGHT - LEFT);
  }

  private static double y(double value, double top) {
    return HEIGHT - BOTTOM - value / top * (HEIGHT - BOTTOM - TOP);
  }

  private static void put(StringBuilder text, String format, Object... arguments) {
    text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }
}
