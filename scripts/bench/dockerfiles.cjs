/**
 * Renders a tree and writes its Dockerfiles, and nothing else: no rule is asked, and no other file is written. That is
 * what a script that fills templates does.
 *
 * Arguments: the package as it is installed, a module that makes a tree, a directory for the Dockerfiles.
 */
const { mkdirSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');

const [, , own, tree, outdir] = process.argv;
const { ImageApp } = require(own);
const { prepareTree } = require(join(own, 'lib/synth/prepare-tree'));
const { renderImage } = require(join(own, 'lib/synth/render-image'));

const app = new ImageApp();
require(tree).default(app);
let count = 0;
for (const image of prepareTree(app).images) {
  for (const { path, content } of renderImage(image, 'output').files) {
    if (path.endsWith('/Dockerfile')) {
      const place = join(outdir, path);
      mkdirSync(dirname(place), { recursive: true });
      writeFileSync(place, content);
      count++;
    }
  }
}
process.stdout.write(`${count}\n`);
