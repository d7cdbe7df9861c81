/** The user's own Java classes: found on a class path, checked, made, and put behind the command's server. */
package dev.berth.cli.code;
