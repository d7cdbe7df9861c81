/** A Maven project to begin with: its name, its five files, and where Berth itself is. */
package dev.berth.cli.project;
