package dev.berth.json.unopened;

/** A message in a package that its module does not open to Jackson. */
public record Parcel(String content) {}
