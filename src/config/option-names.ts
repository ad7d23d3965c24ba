import type { z } from 'zod';
import { nearest } from '../errors';
import { imageConfigSchema } from './image-config';

/** What to do about a name that is no option. */
export function meantOption(path: readonly PropertyKey[], name: string, beside: readonly string[]): string {
  const below = path.map(String);
  const siblings = [...optionsOf(below), ...(below.length === 0 ? beside : [])];
  const place = (option: string): string => [...below, option].join('.');
  const near = meant(name, siblings);
  if (near) {
    return `write ${place(near)}`;
  }
  // What one of a list has, such as a job, it has of its own.
  const elsewhere = path.some((key) => typeof key === 'number') ? [] : optionsNamedLike(name);
  if (elsewhere.length > 0) {
    return `write ${elsewhere.join(' or ')}`;
  }
  return siblings.length > 0 ? `take it out, or write one of: ${siblings.map(place).join(', ')}` : 'take it out';
}

/** Dotted paths of options anywhere that were meant by a name. */
function optionsNamedLike(name: string): string[] {
  const all = allOptions();
  const near = meant(name, all.map(lastOf));
  return all.filter((option) => lastOf(option) === near);
}

/** The option that was meant: of the same letters (`memory_limit`), or near; undefined where there is none. */
function meant(name: string, known: readonly string[]): string | undefined {
  const letters = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '');
  return known.find((option) => letters(option) === letters(name)) ?? nearest(name, known);
}

/** Names of the options below a path, in the order in which they are documented. */
function optionsOf(path: readonly string[]): string[] {
  const schema = path.reduce<Schema | undefined>(
    (above, key) => elementOf(above) ?? shapeOf(above)[key],
    imageConfigSchema,
  );
  return Object.keys(shapeOf(schema));
}

/** Dotted paths of all options. */
function allOptions(shape: Shape = imageConfigSchema.shape, prefix = ''): string[] {
  return Object.entries(shape).flatMap(([key, schema]) => [
    `${prefix}${key}`,
    ...allOptions(shapeOf(schema), `${prefix}${key}.`),
  ]);
}

type Schema = z.core.$ZodType;
type Shape = Readonly<Record<string, Schema>>;

/** Of what a schema is made. */
interface Definition {
  readonly innerType?: Schema;
  readonly shape?: Shape;
  readonly element?: Schema;
}

/** Options of an object, be it one that may be null; none for any other value. */
function shapeOf(schema: Schema | undefined): Shape {
  const { innerType, shape } = definitionOf(schema);
  return shape ?? (innerType ? shapeOf(innerType) : {});
}

/** What a list has; undefined for any other value. */
function elementOf(schema: Schema | undefined): Schema | undefined {
  return definitionOf(schema).element;
}

function definitionOf(schema: Schema | undefined): Definition {
  return { ...(schema?._zod.def as Definition | undefined) };
}

function lastOf(path: string): string {
  return path.split('.').at(-1)!;
}
