/** Seconds of a time of nginx (`10s`, `1m30s`, `500ms`); undefined for what is none. */
export function secondsOf(text: string): number | undefined {
  if (/^\d+$/.test(text)) {
    return Number(text);
  }
  const parts = /^(?:\d+(?:ms|[yMwdhms])\s*)+$/.test(text) ? [...text.matchAll(/(\d+)(ms|[yMwdhms])/g)] : [];
  return parts.length === 0
    ? undefined
    : parts.reduce((sum, [, number, unit]) => sum + Number(number) * UNITS[unit!]!, 0);
}

const UNITS: Readonly<Record<string, number>> = {
  ms: 0.001,
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
  M: 2_592_000,
  y: 31_536_000,
};

/** Bytes of a size of nginx or PHP (`8k`, `10M`); undefined for what is none. */
export function bytesOf(text: string): number | undefined {
  const [, digits, unit] = /^(\d+)([kmg]?)$/i.exec(text) ?? [];
  return digits === undefined ? undefined : Number(digits) * 1024 ** ['', 'k', 'm', 'g'].indexOf(unit!.toLowerCase());
}
