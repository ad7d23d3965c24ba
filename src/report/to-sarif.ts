import { listTexts } from '../model/json-texts';

/** Text of a SARIF 2.1.0 file with one run. */
export function toSarif(run: object): string {
  const sarif = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] };
  return `${JSON.stringify(sarif, null, 2)}\n`;
}

/** The same in pieces, with many results. */
export function* sarifTexts(run: object, results: Iterable<object>): Generator<string> {
  const frame = toSarif({ ...run, results: [] });
  const place = frame.lastIndexOf('[]');
  yield frame.slice(0, place);
  yield* listTexts(results);
  yield frame.slice(place + 2);
}
