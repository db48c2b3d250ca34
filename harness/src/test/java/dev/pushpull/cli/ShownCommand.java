package dev.pushpull.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command line of this program in a fenced block of a document.
 *
 * @param line what a reader types, pipes included, on one line
 * @param arguments the program's own arguments in it
 * @param output the lines that the document shows below it; three dots alone stand for lines that are left out
 */
record ShownCommand(String line, List<String> arguments, List<String> output) {
    private static final Pattern CALL = Pattern.compile("(?:^|[|(] ?)(?:scripts/)?pushpull (\\S.*)$");
    private static final Pattern NOT_ARGUMENTS = Pattern.compile("\\s+(?:#|\\||>).*|\\)$");
    private static final String PROMPT = "$ ";

    /** All that are found in a text. In a block with prompts, only lines with a prompt are commands. */
    static List<ShownCommand> in(String markdown) {
        List<ShownCommand> commands = new ArrayList<>();
        List<String> block = new ArrayList<>();
        boolean inside = false;
        for (String line : markdown.replaceAll("\\\\\\n\\s*", "").lines().toList()) {
            if (line.startsWith("```")) {
                if (inside) {
                    commands.addAll(ofBlock(block));
                }
                block.clear();
                inside = !inside;
            } else if (inside) {
                block.add(line);
            }
        }
        return commands;
    }

    private static List<ShownCommand> ofBlock(List<String> block) {
        boolean prompts = block.stream().anyMatch(line -> line.startsWith(PROMPT));
        List<ShownCommand> commands = new ArrayList<>();
        List<String> output = new ArrayList<>();
        for (String line : block) {
            if (prompts && !line.startsWith(PROMPT)) {
                output.add(line);
                continue;
            }
            output = new ArrayList<>();
            String typed = prompts ? line.substring(PROMPT.length()) : line;
            Matcher call = CALL.matcher(typed);
            if (!typed.startsWith("#") && call.find()) {
                String arguments = NOT_ARGUMENTS.matcher(call.group(1)).replaceFirst("");
                commands.add(new ShownCommand(typed, HelpTest.words(arguments), output));
            }
        }
        return commands;
    }

    String command() {
        return arguments.get(0);
    }

    @Override
    public String toString() {
        return line;
    }
}
