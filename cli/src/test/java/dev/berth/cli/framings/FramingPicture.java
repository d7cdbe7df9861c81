package dev.berth.cli.framings;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import dev.berth.framing.Framing;

/** A framing's examples as a picture: a box for each byte on the wire, a line where a message ends, and what is delivered. */
final class FramingPicture {
    private static final int CELL = 30;
    private static final int CELL_HEIGHT = 26;
    private static final int MARGIN = 14;
    private static final int CUT = 16;
    private static final int SILENCE = 74;
    private static final int EXAMPLE_HEIGHT = 104;
    /** Of the letters in a label; a little too wide is well. */
    private static final int LETTER = 8;

    private static final String FRAMING = "#d4d4d4";
    private static final String MESSAGE = "#cfe4ff";
    private static final String REWRITTEN = "#ffe2b8";
    private static final String END = "#c62828";

    private final List<String> shapes = new ArrayList<>();
    private int width;

    private FramingPicture() {}

    /** The picture as an SVG file. */
    static String of(Explained row) {
        FramingPicture picture = new FramingPicture();
        int top = 0;
        for (Example example : row.examples()) {
            picture.draw(example, top);
            top += EXAMPLE_HEIGHT;
        }
        return picture.file(row, top + MARGIN / 2);
    }

    private String file(Explained row, int height) {
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$d\" height=\"%2$d\" viewBox=\"0 0 %1$d %2$d\""
                .formatted(width + MARGIN, height)
                + " font-family=\"monospace\" font-size=\"13\" fill=\"#1c1c1c\">\n"
                + "<title>" + escaped(row.form()) + "</title>\n"
                + "<rect width=\"100%\" height=\"100%\" rx=\"6\" fill=\"#ffffff\"/>\n"
                + String.join("\n", shapes) + "\n</svg>\n";
    }

    private void draw(Example example, int top) {
        text(MARGIN, top + 24, example.notation(), "font-weight=\"bold\"");
        boolean silent = Framing.parse(example.notation()).silence().isPresent();
        int left = MARGIN;
        for (Piece piece : example.cut()) {
            int right = left + piece.wire().length * CELL;
            boxes(piece, left, top + 36);
            int labelled = delivered(piece, left, top + 36 + CELL_HEIGHT);
            if (silent) {
                shapes.add("<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%2$d\" stroke=\"#777777\" stroke-dasharray=\"3 4\"/>"
                        .formatted(right + 4, top + 36 + CELL_HEIGHT / 2, right + SILENCE - CUT / 2));
                text(right + 10, top + 32, "silence", "fill=\"#777777\"");
                right += SILENCE - CUT / 2;
            }
            end(right + CUT / 2 - 4, top + 30);
            left = Math.max(right, labelled) + CUT;
            width = Math.max(width, left - CUT / 2);
        }
    }

    private void boxes(Piece piece, int left, int top) {
        for (int i = 0; i < piece.wire().length; i++) {
            boolean framing = i < piece.before() || i >= piece.wire().length - piece.after();
            String colour = piece.isRewritten() ? REWRITTEN : framing ? FRAMING : MESSAGE;
            int x = left + i * CELL;
            shapes.add("<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\" stroke=\"#ffffff\"/>"
                    .formatted(x, top, CELL, CELL_HEIGHT, colour));
            text(x + CELL / 2, top + 18, HexFormat.of().toHexDigits(piece.wire()[i]), "text-anchor=\"middle\"");
        }
    }

    /** The bracket under what is delivered, and what that is; returns where its label ends. */
    private int delivered(Piece piece, int left, int top) {
        boolean whole = piece.isRewritten();
        int from = left + (whole ? 0 : piece.before() * CELL) + 2;
        int to = left + (piece.wire().length - (whole ? 0 : piece.after())) * CELL - 2;
        shapes.add("<path d=\"M%1$d %3$d v5 H%2$d v-5\" fill=\"none\" stroke=\"#1c1c1c\"/>".formatted(from, to, top + 3));
        text(from, top + 24, piece.label(), "");
        return from + piece.label().length() * LETTER;
    }

    private void end(int x, int top) {
        shapes.add("<line x1=\"%1$d\" y1=\"%2$d\" x2=\"%1$d\" y2=\"%3$d\" stroke=\"%4$s\" stroke-width=\"3\"/>"
                .formatted(x, top, top + CELL_HEIGHT + 12, END));
    }

    private void text(int x, int y, String text, String attributes) {
        shapes.add("<text x=\"%d\" y=\"%d\"%s>%s</text>".formatted(x, y, attributes.isEmpty() ? "" : " " + attributes, escaped(text)));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
