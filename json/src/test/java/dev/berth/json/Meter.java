package dev.berth.json;

/** What an electricity meter says. */
record Meter(String id, double kwh) {}
