import { z } from 'zod';
import type { Fetch } from './refresh-downloads';
import { byCodePoint } from '../catalog/order';
import { DockerfileGeneratorError } from '../errors/dockerfile-generator-error';
import type { InputLock } from '../synth/input-lock-schema';

/** Where dates come from where nobody names another place. */
export const END_OF_LIFE_SOURCE = 'https://endoflife.date/api/v1';

const date = z.iso.date().nullish();

/** What is read of an answer to `/products/NAME`, in version 1 of the API of endoflife.date. */
const productSchema = z.object({
  result: z.object({
    releases: z.array(
      z.object({ name: z.string(), codename: z.string().nullish(), eoasFrom: date, eolFrom: date, eoesFrom: date }),
    ),
  }),
});

type Release = z.output<typeof productSchema>['result']['releases'][number];

/**
 * A lock with the dates on which support ends: of each base, and of each PHP.
 *
 * @param names `debian trixie`, `php 8.4`
 * @param source address of the API
 * @throws DockerfileGeneratorError REGISTRY_ERROR with every name that is not there
 */
export async function refreshEndOfLife(
  lock: InputLock,
  names: readonly string[],
  source: string,
  fetch: Fetch,
): Promise<InputLock> {
  const products = [...new Set(names.map((name) => name.split(' ')[0]!))];
  const releases = new Map<string, readonly Release[]>();
  for (const product of products) {
    releases.set(product, await ask(`${source.replace(/\/+$/, '')}/products/${product}`, fetch));
  }
  const found = names.map((name) => [name, datesOf(name, releases)] as const);
  const missing = found.filter(([, dates]) => dates === undefined);
  if (missing.length > 0) {
    throw new DockerfileGeneratorError(
      'REGISTRY_ERROR',
      missing.map(([name]) => ({
        where: source,
        what: `it has no end of life of ${name}`,
        next: 'leave --end-of-life out, or name another source',
      })),
    );
  }
  const sorted = found.sort(([a], [b]) => byCodePoint(a, b)) as Array<[string, Dates]>;
  return { ...lock, endOfLife: Object.fromEntries(sorted) };
}

type Dates = NonNullable<InputLock['endOfLife']>[string];

async function ask(address: string, fetch: Fetch): Promise<readonly Release[]> {
  try {
    return productSchema.parse(JSON.parse(await fetch(address))).result.releases;
  } catch (error) {
    if (error instanceof DockerfileGeneratorError) {
      throw error;
    }
    throw new DockerfileGeneratorError('REGISTRY_ERROR', [
      { where: address, what: 'it does not answer as endoflife.date does', next: 'name another source' },
    ]);
  }
}

function datesOf(name: string, releases: ReadonlyMap<string, readonly Release[]>): Dates | undefined {
  const [product = '', wanted = ''] = name.split(' ');
  const release = releases
    .get(product)
    ?.find((one) => one.name === wanted || one.codename?.toLowerCase().split(' ')[0] === wanted);
  if (!release?.eolFrom) {
    return undefined;
  }
  const { eoasFrom, eolFrom, eoesFrom } = release;
  return {
    date: eolFrom,
    ...(product === 'php' && eoasFrom ? { active: eoasFrom } : {}),
    ...(eoesFrom && eoesFrom > eolFrom ? { extended: eoesFrom } : {}),
  };
}
