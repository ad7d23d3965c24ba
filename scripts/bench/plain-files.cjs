// The files below argv[2], read one by one, and written below argv[3] where it is given. Prints the milliseconds of each by the clock.
const { mkdirSync, readdirSync, readFileSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');

const [, , from, to] = process.argv;
const paths = readdirSync(from, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(from.length + 1))
  .sort();

let reading = 0;
let writing = 0;
const made = new Set();
for (let at = 0; at < paths.length; at += 1000) {
  const batch = paths.slice(at, at + 1000);
  const begin = performance.now();
  const contents = batch.map((path) => readFileSync(join(from, path)));
  reading += performance.now() - begin;
  if (to !== undefined) {
    const texts = contents.map((content) => content.toString());
    const start = performance.now();
    batch.forEach((path, index) => {
      const directory = dirname(join(to, path));
      if (!made.has(directory)) {
        mkdirSync(directory, { recursive: true });
        made.add(directory);
      }
      writeFileSync(join(to, path), texts[index]);
    });
    writing += performance.now() - start;
  }
}
console.log(JSON.stringify({ files: paths.length, reading, writing }));
