import { shareValue } from '../config';

/** What stands for an image's name in texts that many images share: a character that nobody writes. */
const NAME = '\ue000';

/** How an image is built and run, as its README says. */
export interface ReadmeCommands {
  /** One for each architecture; U+E000 stands for the name of the image. */
  readonly build: readonly string[];
  /** Lines of the command, likewise. */
  readonly run: string;
}

/** Reads the commands from the README of an image; empty ones where a person took them out. */
export function readCommands(readme: string, name: string): ReadmeCommands {
  const build = [...section(readme, 'Build').matchAll(/^`([^`\n]+)`$/gm)].map(([, command]) => command!);
  const [, run = ''] = /^```sh\n([^]*?)\n```$/m.exec(section(readme, 'Run')) ?? [];
  // A part of a text keeps the whole text in memory: what is kept of an image is not to be its README.
  const parts = JSON.parse(JSON.stringify({ build: build.map(nameless), run: nameless(run) })) as ReadmeCommands;
  return shareValue(parts);

  function nameless(text: string): string {
    return text.replaceAll(NAME, '').replaceAll(name, NAME);
  }
}

function section(text: string, title: string): string {
  const [, after = ''] = text.split(`\n## ${title}\n`);
  return after.split('\n## ')[0]!;
}
