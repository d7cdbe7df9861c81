package dev.berth.acceptance.longrun;

/**
 * One figure.
 *
 * @param what is measured
 * @param promised the figure to reach
 * @param measured the figure reached
 * @param kept whether that is good enough
 */
record Row(String what, String promised, String measured, boolean kept) {

    /** A number that may be at most so large. */
    static Row atMost(String what, double most, double measured, String unit) {
        return new Row(what, "at most " + text(most) + unit(unit), text(measured) + unit(unit), measured <= most);
    }

    /** A number that must be exactly this. */
    static Row exactly(String what, long promised, long measured) {
        return new Row(what, String.valueOf(promised), String.valueOf(measured), promised == measured);
    }

    /** A number that must be at least so large. */
    static Row atLeast(String what, double least, double measured, String unit) {
        return new Row(what, "at least " + text(least) + unit(unit), text(measured) + unit(unit), measured >= least);
    }

    private static String unit(String unit) {
        return unit.isEmpty() ? "" : " " + unit;
    }

    private static String text(double number) {
        return number == Math.rint(number) ? String.valueOf((long) number) : "%.2f".formatted(number);
    }
}
