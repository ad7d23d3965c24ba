/** How an image is built and run, as its README says. */
export interface ReadmeCommands {
  /** One for each architecture. */
  readonly build: readonly string[];
  /** Lines of the command. */
  readonly run: string;
}

/** Reads the commands from the README of an image; empty ones where a person took them out. */
export function readCommands(readme: string): ReadmeCommands {
  const build = [...section(readme, 'Build').matchAll(/^`([^`\n]+)`$/gm)].map(([, command]) => command!);
  const [, run = ''] = /^```sh\n([^]*?)\n```$/m.exec(section(readme, 'Run')) ?? [];
  // A part of a text keeps the whole text in memory: what is kept of an image is not to be its README.
  return JSON.parse(JSON.stringify({ build, run })) as ReadmeCommands;
}

function section(text: string, title: string): string {
  const [, after = ''] = text.split(`\n## ${title}\n`);
  return after.split('\n## ')[0]!;
}
