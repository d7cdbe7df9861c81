package dev.berth.cli;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;

import dev.berth.cli.project.NewProject;
import dev.berth.cli.project.NextSteps;
import dev.berth.cli.project.ProjectName;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code berth new}: writes a Maven project to begin with. */
@Command(
        name = "new",
        mixinStandardHelpOptions = true,
        description = "Write a Maven project with a handler, a server and a test.",
        footer = {"", "Five files in a folder of that name; what is there already is never touched."})
final class New implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "NAME", description = "The project's name, and its folder's: letters, digits, - and _.")
    private String name = "";

    New(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Failed, WrongUsage {
        ProjectName project = projectName();
        try {
            Map<String, String> versions = Version.written();
            new NewProject(project, versions).write(Path.of(""));
            console.out().println("Made the folder " + project.text() + ". Next, word for word:");
            steps().lines(project, String.valueOf(versions.get("version"))).forEach(console.out()::println);
            return ExitCode.DONE;
        } catch (FileAlreadyExistsException e) {
            throw new Failed("'" + project.text() + "' exists already, and nothing was written; choose another name");
        } catch (IOException e) {
            throw new Failed("can't write the project: " + FileTrouble.reason(e));
        }
    }

    private ProjectName projectName() throws WrongUsage {
        try {
            return new ProjectName(name);
        } catch (IllegalArgumentException e) {
            throw new WrongUsage(e);
        }
    }

    private static NextSteps steps() {
        try {
            Path repository = Path.of(System.getProperty("user.home"), ".m2", "repository");
            return new NextSteps(repository, Path.of(New.class.getProtectionDomain().getCodeSource().getLocation().toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
