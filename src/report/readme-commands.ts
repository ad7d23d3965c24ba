import { shareText } from '../config';

/** What stands for an image's name in texts that many images share: a character that nobody writes. */
const NAME = '\ue000';

/** How an image is built and run, as its README says. */
export interface ReadmeCommands {
  /** One for each architecture; U+E000 stands for the name of the image. */
  readonly build: readonly string[];
  /** Lines of the command, likewise. */
  readonly run: readonly string[];
}

/** Reads the commands from the README of an image; empty ones where a person took them out. */
export function readCommands(readme: string, name: string): ReadmeCommands {
  const build = [...section(readme, 'Build').matchAll(/^`([^`\n]+)`$/gm)].map(([, command]) => command!);
  const [, run = ''] = /^```sh\n([^]*?)\n```$/m.exec(section(readme, 'Run')) ?? [];
  return { build: build.map(share), run: run.split('\n').map(share) };

  function share(line: string): string {
    return shareText(line.replaceAll(NAME, '').replaceAll(name, NAME));
  }
}

function section(text: string, title: string): string {
  const [, after = ''] = text.split(`\n## ${title}\n`);
  return after.split('\n## ')[0]!;
}
