/** Where settings come from: the command line, the environment, a file; which of them counts. */
package dev.berth.cli.config;
