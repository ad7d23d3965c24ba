/** A mapping of YAML or JSON. */
export type Fields = Readonly<Record<string, unknown>>;

/** A mapping; an empty one where there is nothing. Throws for anything else: what cannot be read was not seen. */
export function asFields(value: unknown, what: string): Fields {
  if (value === undefined || value === null) {
    return {};
  }
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw new Error(`${what} is not a mapping`);
  }
  return value as Fields;
}

/** A list; an empty one where there is nothing. Throws for anything else. */
export function asList(value: unknown, what: string): readonly unknown[] {
  if (value === undefined || value === null) {
    return [];
  }
  if (!Array.isArray(value)) {
    throw new Error(`${what} is not a list`);
  }
  return value;
}

/** A value as a finding names it. */
export function show(value: unknown): string {
  return value === undefined ? 'absent' : JSON.stringify(value);
}

/** Whether a switch is off: not there, or false and nothing that only looks so. */
export function isUnset(value: unknown): boolean {
  return value === undefined || value === null || value === false;
}
