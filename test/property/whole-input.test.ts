import { writeSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { attempt, instructionsOf, isClear, nginxDirectives } from './judge';
import { readBack } from './read-back';
import { appOf, backwards, trees, type TreeInput } from './trees';
import { DockerfileGeneratorError, RuleSubject, type TestSynthesis } from '../../src';
import { assess, violationsOf } from '../../src/rules';

/** Random trees in each run; the nightly one asks for 100,000. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 2000);

/** FUZZ_SEED is what an earlier run printed. */
const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);

/** Of so many valid trees one is judged and synthesized again, told in another order; each one in a nightly run. */
const AGAIN = RUNS > 2000 ? 1 : 4;

/** What is wrong with what a valid tree was written as. */
function complaints(tree: TreeInput, result: TestSynthesis): string[] {
  return Object.entries(tree).flatMap(([name, input]) => [
    ...readBack(result, name, input)
      .filter(([, told, read]) => !isDeepStrictEqual(told, read))
      .map(
        ([what, told, read]) => `${name} ${what}: ${JSON.stringify(told)} was told, ${JSON.stringify(read)} is read`,
      ),
    ...Object.values(result.manifest.images[name]!.architectures).flatMap(({ context }) =>
      grammar((path) => result.file(`${context}/${path}`)),
    ),
  ]);
}

function grammar(file: (path: string) => string): string[] {
  const dockerfile = instructionsOf(file('Dockerfile'));
  ['nginx.conf', 'config/security-headers.conf'].forEach((path) => nginxDirectives(file(path)));
  return [
    ...(dockerfile.filter((keyword) => keyword === 'USER').length === 1 ? [] : ['not one USER']),
    ...(dockerfile.at(-1) === 'ENTRYPOINT' ? [] : ['ENTRYPOINT is not the last']),
  ];
}

/** Rules that do not hold for the bytes as they would be written. */
function broken({ manifest, paths, file }: TestSynthesis): string[] {
  return Object.entries(manifest.images).flatMap(([name, facts]) => {
    const below = paths.filter((path) => path.startsWith(`${name}/`));
    const files = below.map((path) => ({
      path: path.slice(name.length + 1),
      content: file(path),
      executable: manifest.files[path]!.executable ?? false,
    }));
    return violationsOf(assess(new RuleSubject(name, facts, files))).map(({ what }) => what);
  });
}

/** At once: jest keeps what a test writes until it lets go of the processor, which takes an hour at night. */
function say(line: string): void {
  writeSync(process.stdout.fd, `${line}\n`);
}

test('any tree gives files that say what was told, the same each time, or an error of ours that says where', () => {
  let [runs, valid] = [0, 0];
  say(`${RUNS} random trees, FUZZ_SEED=${SEED}`);
  fc.assert(
    fc.property(trees, (tree) => {
      runs++;
      if (runs % 1000 === 0) {
        say(`${runs} trees, ${Math.round((100 * valid) / runs)} % valid`);
      }
      // WHEN
      const result = attempt(appOf(tree));
      // THEN
      if (result instanceof DockerfileGeneratorError) {
        // What options can say never gets as far as the rules: they would judge files that nobody can mend.
        return isClear(result, ...Object.keys(tree)) && ['VALIDATION_ERROR', 'TEMPLATE_ERROR'].includes(result.type);
      }
      valid++;
      expect(complaints(tree, result)).toEqual([]);
      if (valid % AGAIN === 0) {
        expect(broken(result)).toEqual([]);
        const again = attempt(appOf(backwards(tree)));
        expect(again instanceof DockerfileGeneratorError ? again.message : again.manifest).toEqual(result.manifest);
      }
      return true;
    }),
    { numRuns: RUNS, seed: SEED },
  );
  say(`${runs} random trees, ${Math.round((100 * valid) / runs)} % of them valid`);
  expect(valid / runs).toBeGreaterThan(0.4);
}, 86_400_000);
